"""Text that was broken before it came: each kind is named, none is repaired, and good text is not accused."""

import pytest
from reading_inputs import TEXTS

from generator.readers import ReadingOptions, Source, read

KRUTI_DEV = "mUgksaus dgk fd ;g iqy xk¡o ds yksxksa ds fy, gSA ea=h us dgk fd dke nks lky esa iwjk gqvk vkSj ml ij iSls igys ls Fks"
BIJOY = "gš¿x e‡jb †h GB †mZzi KvR †kl n‡Z `yB eQi jv‡M Ges Gi UvKv Av‡M †_‡K †`Iqv nq| wZwb e‡jb †h GKwU bZzb c_ nq bv wKš‘ nq"
ALI_K = "وةزير وتى كة ئةم ثردة بؤ خةلَكى طوندةكانة و لة سالَى ثيَشوو دةستى ثيَ كرد. ئةو وتى كة هةموو ريَطايةك لةسةر ئةم ثردة نيية"
NASTALIQ = "ÃzÛ ä¹ Zzg ÂÃ áÅ ‰7ŠÁ gzŠ»x ™âƒÏX Zk Æ‚B öZL`Z ÎzZ §Z»wî BgzŠy ¿Š Æ£´h ‚Ý» p~ Å§s Ð 0* ¹ä ÔZy Ð ÑzŠ ¸z Zzg ä™ zg ¢"
ZAWGYI = "ေန႔ ေရ ေက်ာင္း ေမာင္ ေျပာ ေသာ ေၾကာင့္ ေတာ့ ေလ ေပး ေခၚ ေဆး"
LEGACY = str.maketrans("یکہ", "يكه")


def as_read(data: bytes, encoding: str) -> str:
    """The text that a program makes of bytes: those the encoding has not become control characters."""
    return "".join(_sign(bytes([byte]), encoding) for byte in data)


def _sign(byte: bytes, encoding: str) -> str:
    try:
        return byte.decode(encoding)
    except UnicodeDecodeError:
        return chr(byte[0])


def problems(text: str) -> list[tuple[str, str]]:
    reading = read(text.encode(), Source("x.txt"), ReadingOptions())
    broken = {"letters-lost", "inpage", "encoded-twice", "encoding-misread", "font-codes", "visual-order", "presentation-forms"}
    return [(problem.code, problem.message) for problem in reading.problems if problem.code in broken]


@pytest.mark.parametrize("encoding", ["windows-1252", "latin-1", "windows-1256", "mac-roman", "cp437", "windows-1251"])
@pytest.mark.parametrize("code", ["ur", "ar", "fa", "ps", "sd", "ckb", "ug", "he", "ru", "uk", "sr-Cyrl", "am"])
def test_utf8_that_was_read_as_something_else_is_named(code: str, encoding: str) -> None:
    text = as_read(TEXTS[code].encode(), encoding)
    named = problems(text)
    assert [found for found, _ in named] == ["encoded-twice"]
    assert (encoding if encoding != "latin-1" else "windows-1252") in named[0][1]


@pytest.mark.parametrize("code", ["fr", "es", "de", "tr", "az", "sr-Latn", "vi"])
def test_so_it_is_where_most_letters_are_ascii(code: str) -> None:
    assert [found for found, _ in problems(as_read(TEXTS[code].encode(), "windows-1252"))] == ["encoded-twice"]


@pytest.mark.parametrize(
    ("code", "was", "read_as"),
    [
        ("ar", "windows-1256", "windows-1252"),
        ("ur", "windows-1256", "latin-1"),
        ("fa", "windows-1256", "windows-1252"),
        ("ar", "iso-8859-6", "windows-1256"),
        ("ar", "windows-1256", "iso-8859-6"),
        ("ar", "windows-1256", "mac-arabic"),
        ("ar", "windows-1256", "mac-roman"),
        ("ar", "cp720", "windows-1252"),
        ("he", "windows-1255", "windows-1252"),
        ("he", "windows-1255", "windows-1256"),
        ("he", "cp862", "windows-1252"),
        ("he", "cp862", "cp437"),
        ("ru", "koi8-r", "windows-1251"),
        ("ru", "windows-1251", "koi8-r"),
        ("ru", "cp866", "windows-1251"),
        ("ru", "windows-1251", "windows-1252"),
        ("tr", "windows-1254", "windows-1252"),
        ("ja", "shift_jis", "windows-1252"),
        ("zh-Hant", "big5", "windows-1252"),
    ],
)
def test_a_legacy_encoding_that_was_read_as_another_is_named(code: str, was: str, read_as: str) -> None:
    text = as_read(TEXTS[code].translate(LEGACY).encode(was, "ignore"), read_as)
    [(found, message)] = problems(text)
    assert found == "encoding-misread"
    assert f"is {was} ({code})" in message
    assert message.endswith(f"read as {'windows-1252' if read_as == 'latin-1' else read_as} and saved again")


def test_lines_that_stand_backwards_are_named() -> None:
    for code in ("he", "ar"):
        assert [found for found, _ in problems(TEXTS[code][::-1])] == ["visual-order"]
    [(found, message)] = problems(as_read(TEXTS["he"][::-1].encode("windows-1255"), "windows-1252"))
    assert found == "encoding-misread"
    assert "backwards" in message


@pytest.mark.parametrize(
    ("text", "font"),
    [(KRUTI_DEV, "Kruti Dev"), (BIJOY, "Bijoy"), (ALI_K, "Ali-K"), (NASTALIQ, "Noori Nastaliq"), (ZAWGYI, "Zawgyi")],
)
def test_text_in_the_codes_of_a_font_is_named(text: str, font: str) -> None:
    [(found, message)] = problems(text)
    assert found == "font-codes"
    assert font in message


def test_what_inpage_and_its_converters_leave_is_named() -> None:
    codes = bytes(n for k in range(90) for n in (4, 0x81 + k * 7 % 0x26, *([0x20] if k % 5 == 0 else [])))
    assert [found for found, _ in problems(as_read(codes, "windows-1252"))] == ["inpage"]
    assert [found for found, _ in problems(as_read(codes.replace(b"\x04", b""), "windows-1252"))] == ["inpage"]
    private = TEXTS["ur"].replace("ا", "\uf0a1").replace("ر", "\uf0a9")
    assert [found for found, _ in problems(private)] == ["font-codes"]
    assert [found for found, _ in problems("锟斤拷" * 3 + TEXTS["zh-Hans"])] == ["letters-lost"]


def test_nothing_is_repaired() -> None:
    text = as_read(TEXTS["ar"].encode(), "windows-1256")
    article = read(text.encode(), Source("x.txt"), ReadingOptions()).article
    assert article is not None
    assert article.headline in text


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_good_text_is_not_accused(code: str) -> None:
    assert problems(TEXTS[code]) == []
    assert problems(TEXTS[code][:90]) == []
    assert problems("\n\n".join(TEXTS.values())) == []


def test_tables_names_and_icons_are_not_accused() -> None:
    assert problems("Ægir Þórðarson – Grétar Ísfeld\n\n" * 12) == []
    assert problems("1. Güneş – 12,5 | Çelik – 13,7\n\n" * 12) == []
    assert problems("\uf0b7 " + TEXTS["ur"]) == []
    assert problems("5×€3 à\xa0Paris « bon »: 3 €\n\n" * 9) == []

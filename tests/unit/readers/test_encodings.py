"""Encodings: what files say, what is decided for a collection, and broken text that is named."""

import pytest
from reading_inputs import TEXTS

from generator.readers import READERS, ReadingOptions, Source, read
from generator.readers.encodings import decide_encoding

OPTIONS = ReadingOptions()


def codes(data: bytes, options: ReadingOptions = OPTIONS) -> list[str]:
    return [problem.code for problem in read(data, Source("x.txt"), options).problems if problem.severity != "doubt"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_in_every_form(encoding: str) -> None:
    for code in ("ur", "he", "en"):
        article = read(("سرخی\n\n" * (code == "ur") + TEXTS[code]).encode(encoding), Source("x.txt"), OPTIONS).article
        assert article is not None
        assert article.language == code


@pytest.mark.parametrize(
    ("code", "encoding"),
    [
        ("ar", "windows-1256"),
        ("ar", "iso-8859-6"),
        ("ur", "windows-1256"),
        ("fa", "windows-1256"),
        ("he", "windows-1255"),
        ("ru", "windows-1251"),
        ("ru", "koi8-r"),
        ("tr", "windows-1254"),
        ("fr", "windows-1252"),
        ("de", "windows-1252"),
        ("ja", "shift_jis"),
        ("ko", "euc-kr"),
        ("zh-Hant", "big5"),
    ],
)
def test_a_legacy_encoding_is_decided_from_a_few_texts(code: str, encoding: str) -> None:
    data = TEXTS[code].translate(str.maketrans("یکہ", "يكه")).encode(encoding, "ignore")
    assert read(data, Source("x.txt"), OPTIONS).legacy
    samples = [data, data[: len(data) // 2 * 2]]
    decision = decide_encoding(samples)
    assert decision.encoding == encoding
    assert decision == decide_encoding(samples[::-1])
    reading = read(data, Source("x.txt"), ReadingOptions(legacy_encoding=encoding))
    assert reading.legacy
    assert reading.article is not None
    assert reading.article.encoding == encoding
    assert reading.article.language == code


def test_hebrew_of_both_old_encodings_reads_as_windows_1255() -> None:
    """Their letters stand at the same places; windows-1255 has more signs besides."""
    assert decide_encoding([TEXTS["he"].encode("iso-8859-8")]).encoding == "windows-1255"


def test_the_encoding_of_the_site_is_pinned() -> None:
    data = TEXTS["ar"].encode("windows-1256")
    article = read(data, Source("x.txt"), ReadingOptions(encoding="windows-1256")).article
    assert article is not None
    assert article.encoding == "windows-1256"
    assert "encoding-unknown" in codes(data, ReadingOptions(encoding="klingon-8"))


def test_a_file_cut_within_a_letter_is_read_and_told() -> None:
    assert codes((TEXTS["ur"] * 2).encode()[:-1]) == ["encoding-bytes"]


def test_broken_text_is_named_and_never_repaired() -> None:
    twice = TEXTS["ar"].encode().decode("windows-1252", "ignore")
    assert "encoded-twice" in codes(twice.encode())
    misread = TEXTS["ar"].encode("windows-1256").decode("windows-1252", "ignore")
    assert "encoding-misread" in codes(misread.encode())
    assert "letters-lost" in codes(("\ufffd" + TEXTS["ar"]).encode())
    assert "letters-lost" in codes(b"??? ???? ?????? ???\n\n" * 20)
    assert "inpage" in codes(b"\x04\x81\x04\x9f" * 100)
    forms = "".join(chr(0xFE8D + n % 60) for n in range(300))
    assert "presentation-forms" in codes(forms.encode())
    article = read(twice.encode(), Source("x.txt"), OPTIONS).article
    assert article is not None
    assert article.body == () or "Ø" in article.headline


def test_good_text_of_latin_scripts_is_not_taken_for_broken() -> None:
    for code in ("fr", "pt", "de", "tr", "vi", "az"):
        assert codes(TEXTS[code].encode()) == []


def test_an_empty_file_says_so() -> None:
    for data in (b"", b"\n \n", "\u200b\n\ufeff".encode()):
        assert codes(data) == ["empty"]


def test_every_module_with_suffixes_is_listed() -> None:
    import importlib
    import pkgutil

    import generator.readers

    found = {module.name for module in pkgutil.iter_modules(generator.readers.__path__)}
    formats = {name for name in found if hasattr(importlib.import_module(f"generator.readers.{name}"), "SUFFIXES")}
    assert formats == {reader.__name__.rsplit(".", 1)[1] for reader in READERS}

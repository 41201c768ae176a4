"""Words as topic matching sees them: cutting text into words, the match fold, and what may be glued to a name.

What lives here: the same few facts for every language (`RULES`), and functions of one text or one word. What does not:
which names are sought (`packs`, `vocabulary`) and how they are found (`matcher`).

The match fold is not the search fold. Search folds `ے` to `ی` and drops hamza, so that a query finds more; matching
must not, or the Urdu word `بارے` (about) becomes the city of Bari. Folded are: compatibility forms, case, vowel signs,
tatweel, joiners, marks of Latin letters, and letters that keyboards exchange (yeh, kaf, heh, alef). Prefixes and endings
are taken off only where a listed name is left, so a rule that is wrong for a word of the language does no harm.

No stemmer: Snowball's Arabic turns `السوري` into `سور` (a wall), and none of the kept ones knows Urdu or Pashto.
"""

# ruff: noqa: E501 — the table of rules has a line a language

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from generator.language import script_of

# Signs that belong to the letter before them, which `\w` does not match: Latin, Hebrew, Arabic, Indic and other marks.
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983\u09bc-\u09cd\u09d7\u0a00-\u0a03\u0a3c-\u0a4d"
    "\u0a70\u0a71\u0a80-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56"
    "\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d82\u0d83\u0dca-\u0ddf\u200d-\u200f\u2060\ufeff"
)
_BREAK = r"[.,;:!?،؛؟۔॥।()\[\]{}«»“”„\"\n|…•*]"
_WORD = rf"[\w{_MARKS}]+"
_HEBREW_WORD = rf"[\w{_MARKS}]+(?:(?<=[א-ת])[\"״׳'’](?=[א-ת])[\w{_MARKS}]+)*"
# A capital letter with a full stop after each is one word: U.S., U.K.
_LATIN_WORD = rf"(?:[A-Z]\.){{2,4}}|{_WORD}"

_SIGNS = (
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u0653\u0656-\u065f\u0670\u06d6-\u06ed"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_sign = re.compile(_SIGNS)
# What is dropped from a word: vowel signs, accents, and what the eye does not see.
_FOLDS: dict[int, str | None] = {code: None for code in (*range(0x300, 0x3000), 0xAD, 0xFEFF) if _sign.match(chr(code))}
_FOLDS |= str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ك": "ک", "ڪ": "ک", "ګ": "گ", "ه": "ه", "ہ": "ه", "ە": "ه", "ۀ": "ه", "ۂ": "ه", "ة": "ه",
        "ۃ": "ه", "أ": "ا", "إ": "ا", "ٱ": "ا", "آ": "ا", "ـ": None, "\u093c": None, "ё": "е", "ı": "i",
        '"': None, "״": None, "׳": None, "'": None, "’": None, ".": None,
    }
)  # fmt: skip
for _from, _to in zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789", strict=True):
    _FOLDS[ord(_from)] = _to
_FOLDS_HEH: dict[int, str | None] = {**_FOLDS, ord("ھ"): "ه"}
_LATIN = re.compile("[\u00c0-\u024f\u1e00-\u1eff]+")


class Rules(Struct, frozen=True):
    """What a language glues to a name. `prefixes` and `suffixes` are folded; `least` is how many letters must be left.
    `titles` stand before names (`President`, `صدر`), and are never taken for a surname."""

    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    least: int = 3
    titles: frozenset[str] = frozenset()
    heh: bool = False


def _rules(prefixes: str = "", suffixes: str = "", titles: str = "", least: int = 3, heh: bool = False) -> Rules:
    def longest(text: str) -> tuple[str, ...]:
        return tuple(sorted(text.split(), key=lambda part: (-len(part), part)))

    folded = frozenset(title.translate(_FOLDS).casefold() for title in titles.split())
    return Rules(longest(prefixes), longest(suffixes), least, folded, heh)


_ENGLISH_TITLES = (
    "president premier minister chancellor king queen prince princess mr mrs ms senator secretary general sheikh sultan "
    "emir pope ayatollah imam candidate leader crown sir dr colonel marshal chairman governor"
)
RULES: dict[str, Rules] = {
    "ar": _rules(
        "و ف ب ل ك لل ال وال فال بال كال ولل فلل وب ول وك فب فل فك وبال".replace("ك", "ک"),
        "ه ین ون ات ان تین یین یون یه ا",
        "الرئيس رئيس الوزير وزير الملك الأمير أمير السلطان الشيخ السيد المرشد البابا الجنرال المشير العقيد الزعيم المستشار المستشارة السيناتور آية الدكتور والرئيس للرئيس بالرئيس الرئيسة",
    ),
    "ur": _rules(
        "", "یوں وں یں ی و",
        "صدر وزیراعظم اعظم جنرل چانسلر شاہ شہزادہ ملکہ سینیٹر وزیر بادشاہ مسٹر سیکرٹری عہد پوپ رہنما کرنل مارشل علامہ مولانا شیخ آیت اللہ بیگم ڈاکٹر خارجہ سربراہ امیر ملا",
        4,
    ),
    "fa": _rules(
        "", "ها های هایی ی ان یان یی یها یهای",
        "رئیس‌جمهور رئیس جمهور جمهوری رییس آقای خانم نخست وزیر پرزیدنت ژنرال شاه ملکه پادشاه آیت الله سناتور صدراعظم سردار دکتر امام رهبر مارشال پاپ ملا امیر شیخ خارجه",
        4,
    ),
    "ps": _rules("", "ه ي ی ان انو یان یانو", "ولسمشر جمهوررئیس صدراعظم ښاغلي ښاغلی جنرال پاچا ملکه سناتور مشر ملا وزیر", 4),
    "sd": _rules("", "ن ی ين ين".replace("ي", "ی"), "صدر وزيراعظم وزير جنرل شاهه سينيٽر اڳواڻ", 4, True),
    "ckb": _rules("", "دا ه ی کان ان هکان یه".replace("ي", "ی"), "سەرۆک سهرۆک وەزیران شا شازادە ژەنەڕاڵ", 4, True),
    "ug": _rules("", "نىڭ غا گه ده دا دىن تىن لىق لىك نى قا که".replace("ى", "ی"), "", 4, True),
    "he": _rules("ו ה ב ל מ ש כ וה וב ול ומ וש שה שב של מה בה לה כש כשה ושה", "", "הנשיא נשיא הממשלה ראש המלך המלכה הנסיך שר הגנרל הסנטור הקנצלרית הקנצלר האפיפיור מר גברת"),
    "en": _rules("", "", _ENGLISH_TITLES),
    "fr": _rules("", "", "président présidente chancelière chancelier roi reine prince pape général ministre m mme sénateur".replace("é", "e").replace("è", "e")),
    "es": _rules("", "", "presidente presidenta canciller rey reina papa general ministro senador"),
    "pt": _rules("", "", "presidente rei rainha papa general ministro senador chanceler"),
    "de": _rules("", "s", "präsident präsidentin kanzler kanzlerin könig königin papst general minister senator".replace("ä", "a").replace("ö", "o")),
    "tr": _rules("", "", "başkan başkanı cumhurbaşkanı başbakan kral general bakan senatör".replace("ş", "s").replace("ö", "o")),
    "ru": _rules("", "а я у ю ом ем ой ей е и ы ого ому ым ых ыми ий ая ое ые ию ия ии", "президент президента премьер министр канцлер король королева папа генерал", 4),
    "uk": _rules("", "а я у ю ом ем ой ей е и і ї ого ому им их ими ий єю ію", "президент президента", 4),
    "sr": _rules("", "а е и у о ом ј ју", "председник", 4),
    "ky": _rules("", "дын нын тын дон га го ка ко де да те та дан ден тан нан нун дун ду ны ди ни дин нин тин га ге ке гө лык дык тык", "президент", 4),
    "kk": _rules("", "дың ның тың га ге ға қа ке да де та те дан ден тан тен ды ны ді ні ты ті лық дық тық", "президент", 4),
    "ko": _rules("", "은 는 이 가 을 를 의 에 에서 와 과 로 으로 도 에게 서 엔 에는 에서는 인 인들 계 만 측 군 당국", "대통령 총리", 2),
    "te": _rules("", "లో కు ను కి తో నుంచి నుండి లోని లోనే ని", "", 3),
    "ta": _rules("", "வின் ில் ின் ிலும் க்கு", "", 3),
    "kn": _rules("", "ದ ದಲ್ಲಿ ಕ್ಕೆ ನ", "", 3),
    "ml": _rules("", "യിൽ യുടെ ലെ ിൽ ിന്റെ", "", 3),
    "mr": _rules("", "ात च्या ने ला ची चा चे मध्ये नं", "", 3),
    "gu": _rules("", "ના ની નો માં ને થી એ", "", 3),
    "bn": _rules("", "ের র এর তে কে য় এ", "", 3),
    "am": _rules("የ በ ለ ከ", "ን", "", 3),
    "ti": _rules("ናይ ን ብ", "", "", 3),
    "so": _rules("", "a da ka ta ga ya", "madaxweyne madaxweynaha", 5),
    "om": _rules("", "tti n an tii f", "", 5),
    "sw": _rules("", "", "rais"),
    "id": _rules("", "", "presiden"),
    "az": _rules("", "ın in un da də dan dən a ə nın nin ı i", "prezident", 5),
    "uz": _rules("", "ning da dan ga ni lik", "prezident", 5),
}  # fmt: skip
_NONE = Rules()
_LIKE = {"prs": "fa", "pa-Arab": "ur", "ks": "ur", "skr": "ur", "pnb": "ur", "ku": "ckb"}


def rules_of(language: str) -> Rules:
    code = _LIKE.get(language, language)
    return RULES.get(code) or RULES.get(code.split("-")[0]) or _NONE


def family(language: str) -> tuple[str, ...]:
    """The languages whose names serve for `language`, nearest first: `prs` reads with the names of Persian."""
    base = language.split("-")[0]
    return tuple(dict.fromkeys(code for code in (language, _LIKE.get(language, ""), base) if code))


@lru_cache(maxsize=64)
def unspaced(language: str) -> bool:
    """Whether the language is written without spaces between words, so that names are sought in running text."""
    return script_of(language) in ("Thai", "Laoo", "Mymr", "Khmr", "Jpan", "Hans", "Hant", "Hira", "Kana", "Tibt")


@lru_cache(maxsize=64)
def cutter(language: str) -> re.Pattern[str]:
    """What finds words and the signs that no name reaches across."""
    script = script_of(language)
    word = _HEBREW_WORD if script == "Hebr" else _LATIN_WORD if script in ("Latn", "Cyrl", "Grek") else _WORD
    return re.compile(f"{word}|{_BREAK}")


@lru_cache(maxsize=64)
def cased(language: str) -> bool:
    """Whether names begin with a capital letter."""
    return script_of(language) in ("Latn", "Cyrl", "Grek", "Armn")


def fold_word(word: str, rules: Rules) -> str:
    """The key by which a word is compared. Empty for a sign between words."""
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word)
        if _LATIN.search(word):
            word = _LATIN.sub(lambda found: unicodedata.normalize("NFD", found[0].casefold()), word)
        word = word.translate(_FOLDS_HEH if rules.heh else _FOLDS).casefold()
        return word if len(word) > 1 or word.isalnum() else ""
    if len(word) == 1 and not word.isalnum():
        return ""
    return word.replace(".", "").casefold()


def fold_text(text: str, language: str) -> tuple[str, ...]:
    """A name as the tuple of its words' keys."""
    # Words are joined for the fold: one call for a name of three words.
    whole = fold_word("\n".join(cutter(language).findall(text)), rules_of(language))
    return tuple(key for key in whole.split("\n") if key and (len(key) > 1 or key.isalnum()))


def spellings(name: str) -> Iterable[str]:
    """The forms in which a name with a zero-width joint is written: joined and apart."""
    if "\u200c" in name:
        return (name.replace("\u200c", " "), name.replace("\u200c", ""))
    return (name,)


def fold_running(text: str) -> str:
    """The fold of a text without spaces between words; it keeps every letter's place, so that what was found can be
    shown as it stood."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text

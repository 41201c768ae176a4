"""Language tags: the script and the direction of any language, with or without strings of ours.

What lives here: BCP 47 tags put in order, CLDR's likely scripts for the languages of news, and other codes for the
languages that have a file. What does not: the files (`language`). A table and not Babel, because the direction of every
article is asked and Babel takes 30 ms to import; it is asked only for languages that the table does not know.
"""

from functools import lru_cache
from re import split

from generator.model import Direction

# Scripts written from right to left (Bidi_Class R and AL in Unicode 16).
_RTL_SCRIPTS = (
    "Adlm Arab Aran Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb Nbat Nkoo "
    "Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc Thaa Yezi"
)
RTL = frozenset(_RTL_SCRIPTS.split())
# The script a language is written in when its tag does not say: CLDR's likely subtags for the languages of news that
# are not Latin. Others are asked of Babel, which carries the whole table.
_USUAL_SCRIPT = {
    code: script
    for script, languages in {
        "Arab": "ar arb ary arz bal bgn brh ckb fa glk hno khw ks lrc mzn pbt pbu pes pnb prs ps pst sd sdh skr ug ur",
        "Hebr": "he iw ji jrb lad ydd yi",
        "Thaa": "dv",
        "Syrc": "syr",
        "Nkoo": "nqo",
        "Cyrl": "ab ba be bg ce cv kk ky mk mn os ru sah sr tg tt uk",
        "Deva": "awa bho doi hi hne kok mai mr ne new raj sa",
        "Beng": "as bn mni",
        "Hans": "cmn zh", "Hant": "yue", "Olck": "sat",
        "Grek": "el", "Armn": "hy", "Geor": "ka", "Ethi": "am ti", "Jpan": "ja", "Kore": "ko", "Thai": "th",
        "Laoo": "lo", "Mymr": "my", "Khmr": "km", "Sinh": "si", "Taml": "ta", "Telu": "te", "Knda": "kn",
        "Mlym": "ml", "Gujr": "gu", "Guru": "pa", "Orya": "or", "Tibt": "bo dz",
        "Latn": "af az bs ca cs cy da de en es et eu fi fil fr ga gl ha hr hu id in is it ku lt lv ms nb nl no om pl "
                "pt ro sk sl so sq sv sw tr uz vi",
    }.items()
    for code in languages.split()
}  # fmt: skip
# Where the region decides, again after CLDR.
_REGIONAL_SCRIPT = {
    ("az", "IR"): "Arab", ("az", "IQ"): "Arab", ("az", "RU"): "Cyrl", ("ha", "CM"): "Arab", ("ha", "SD"): "Arab",
    ("kk", "MN"): "Arab", ("yue", "CN"): "Hans", ("kk", "CN"): "Arab", ("kk", "AF"): "Arab",
    ("kk", "IR"): "Arab", ("ku", "IQ"): "Arab", ("ku", "IR"): "Arab", ("ku", "LB"): "Arab", ("ky", "CN"): "Arab",
    ("ky", "TR"): "Latn", ("mn", "CN"): "Mong", ("ms", "CC"): "Arab", ("pa", "PK"): "Arab", ("sd", "IN"): "Deva",
    ("sr", "ME"): "Latn", ("sr", "RO"): "Latn", ("sr", "TR"): "Latn", ("tg", "PK"): "Arab", ("ug", "KZ"): "Cyrl",
    ("ug", "MN"): "Cyrl", ("uz", "AF"): "Arab", ("uz", "CN"): "Cyrl", ("zh", "TW"): "Hant", ("zh", "HK"): "Hant",
    ("zh", "MO"): "Hant",
}  # fmt: skip
# Other codes in use for languages that have a file: ISO 639-2 and 639-3, retired codes, individual codes of Persian,
# Pashto and Punjabi, and Dari, which CLDR calls the Persian of Afghanistan and newsrooms call `prs`.
ALIASES = {
    "fa-AF": "prs", "iw": "he", "ji": "yi", "ydd": "yi", "in": "id", "pnb": "pa-Arab", "pes": "fa",
    "pbt": "ps", "pbu": "ps", "pst": "ps", "arb": "ar", "cmn": "zh", "ku-Arab": "ckb", "ara": "ar", "ben": "bn",
    "deu": "de", "eng": "en", "fas": "fa", "fra": "fr", "heb": "he", "hin": "hi", "ind": "id", "kas": "ks",
    "per": "fa", "pus": "ps", "rus": "ru", "snd": "sd", "spa": "es", "swa": "sw", "swh": "sw", "tur": "tr",
    "uig": "ug", "urd": "ur", "yid": "yi", "zho": "zh",
}  # fmt: skip


@lru_cache(maxsize=1024)
def tidy(code: str) -> str:
    """A BCP 47 tag in its usual case, with its language, script and region alone: `pa_arab_pk` is `pa-Arab-PK`."""
    base, *rest = split("[-_]", code.strip())
    tag = base.lower()
    for part in rest:
        if len(part) == 1:
            break  # an extension (`-u-nu-latn`) or private use: says nothing of script
        if len(part) == 4 and part.isalpha():
            tag += f"-{part.title()}"
        elif (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit()):
            tag += f"-{part.upper()}"
    return tag


def direction_of(code: str) -> Direction:
    """The direction of a language, with or without a file, from its script: it is never a setting."""
    return "rtl" if script_of(code) in RTL else "ltr"


@lru_cache(maxsize=1024)
def script_of(code: str) -> str:
    """The ISO 15924 code of the script of a BCP 47 tag: the one it names, else the usual one of its language and
    region. `Latn` when nobody knows the language."""
    base, *rest = tidy(code).split("-")
    for part in rest:
        if len(part) == 4:
            return part
    if rest and (base, rest[-1]) in _REGIONAL_SCRIPT:
        return _REGIONAL_SCRIPT[base, rest[-1]]
    if base in _USUAL_SCRIPT:
        return _USUAL_SCRIPT[base]
    base = ALIASES.get(base, base)
    return _USUAL_SCRIPT.get(base.split("-")[0]) or _likely_script(base)


def _likely_script(base: str) -> str:
    from babel.core import get_global  # 30 ms, and almost no archive needs it

    likely = get_global("likely_subtags").get(base, "")
    return next((part for part in likely.split("_") if len(part) == 4), "Latn")

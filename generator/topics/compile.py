"""Compiles `lists/` and CLDR into `packs/`: `python -m generator.topics.compile`. For development; no build runs it.

`lists/` are written by hand, in a form a person can correct; CLDR (through Babel) gives the names of all countries in
some seventy languages, and of the cities that name a time zone. The result is in the repository, so that what a build
finds does not depend on the version of Babel.

A name that two topics of one language claim goes to the first of: country, person, organisation, event, place; the
other loses it, and that is printed.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from babel import Locale, UnknownLocaleError

from generator.language import script_of
from generator.topics.packs import SHOWS, STRONG, SUPPORT, TRIGGER, WEAK, Alias, Fact
from generator.topics.words import cased, fold_running, fold_text, fold_word, rules_of, unspaced
from generator.urls import slug


def _words(text: str) -> list[str]:
    return text.split()


HERE = Path(__file__).parent
LISTS, PACKS = HERE / "lists", HERE / "packs"
COLUMNS = ("en", "ur", "ar", "fa", "he")
LANGUAGES = _words(
    "am ar az bn ckb de en es fa fr gd gu ha he hi id ig ja kk km kn ko ks ky lo ml mr my ne om pa pcm ps pt "
    "ru rw sd si so sq sr sw ta te th ti tr ug uk ur uz vi yi yo zh ms it nl pl ro el hy ka tg tk mn"
)
_LOCALE = {"ti": "ti", "yi": "yi", "pcm": "pcm"}
# Parts and dependencies of countries; and what is no country at all.
NOT_COUNTRIES = _words(
    "AC AI AQ AS AW AX BL BM BQ BV CC CK CP CQ CW CX DG EA EU EZ FK FO GF GG GI GP GS GU HM IC IM IO JE KY MF "
    "MO MP MQ MS NC NF NU PF PM PN PR QO RE SH SJ SX TC TF TK UM UN VG VI WF XA XB YT ZZ GL TA"
)
FORMER = {"SU": "Soviet Union", "YU": "Yugoslavia", "CS": "Czechoslovakia"}
_QIDS = _words(
    "US=Q30 RU=Q159 SY=Q858 GB=Q145 DE=Q183 FR=Q142 IT=Q38 ES=Q29 PT=Q45 CN=Q148 JP=Q17 KR=Q884 KP=Q423 "
    "VN=Q881 IN=Q668 PK=Q843 AF=Q889 IR=Q794 IQ=Q796 SA=Q851 AE=Q878 QA=Q846 KW=Q817 BH=Q398 OM=Q842 YE=Q805 "
    "JO=Q810 LB=Q822 IL=Q801 EG=Q79 LY=Q1016 TN=Q948 DZ=Q262 MA=Q1028 SD=Q1049 SO=Q1045 ET=Q115 KE=Q114 "
    "NG=Q1033 ZA=Q258 TR=Q43 GR=Q41 UA=Q212 PL=Q36 HU=Q28 RO=Q218 BG=Q219 SE=Q34 NO=Q20 DK=Q35 FI=Q33 NL=Q55 "
    "BE=Q31 CH=Q39 AT=Q40 IE=Q27 CA=Q16 MX=Q96 BR=Q155 AR=Q414 CU=Q241 CO=Q739 VE=Q717 CL=Q298 AU=Q408 NZ=Q664 "
    "ID=Q252 MY=Q833 TH=Q869 PH=Q928 MM=Q836 BD=Q902 LK=Q854 NP=Q837 TW=Q865 SU=Q15180"
)
QIDS = dict(pair.split("=") for pair in _QIDS)
# One word that is a name in English but may be anything elsewhere: it serves English alone.
ENGLISH_ONLY = _words(
    "Apple Shell Amazon Labour Conservatives Democrats Republicans Uber Tory Tories Fed Congress Commonwealth "
    "Amnesty IS EC GM SEC BP IRA ETA FARC Nobel Oscar Emirates America American Holland Sharon Peres May Iqbal "
    "Modi Tito Davos Cannes Intel Telegram Chelsea Arsenal Liverpool Mao Begin Lapid Musk Nasser Saddam Sadat "
    "Partition Olympic Pele Madonna AU PPP Wagner ANP ISI ANC Hindu Gulen Castro Maduro Lula Jinnah Trump Bush "
    "Hassan Swat Sind Punjab Assam FATA Darwin"
)
_SPLIT = re.compile(r"\s*[,،、]\s*")
_KINDS = ("country", "person", "organisation", "event", "place", "subject")


class Compiler:
    """Gathers names by language, then writes them."""

    def __init__(self) -> None:
        self.facts: dict[str, Fact] = {}
        self.labels: dict[str, dict[str, str]] = {}
        self.names: dict[str, list[Alias]] = {}
        self.ambiguous = dict(_ambiguous())
        self.countries: dict[str, str] = {}
        self.clashes: list[str] = []

    def fact(self, id_: str, fact: Fact) -> str:
        if id_ in self.facts:
            raise SystemExit(f"two topics have the id {id_}")
        self.facts[id_] = fact
        return id_

    def name(self, language: str, text: str, id_: str, mark: int = STRONG, *, label: bool = False) -> None:
        """Enter one spelling; `label` also makes it what the topic is called, unless it is called something already."""
        if text.startswith("~"):
            text, mark = text[1:], WEAK
        if not text or text == "-":
            return
        rule = self.ambiguous.get((language, fold_text(text, language))) if mark <= WEAK else None
        before, after = rule or ((), ())
        self.names.setdefault(language, []).append(Alias(text, id_, WEAK if rule else mark, before, after))
        if label:
            self.labels.setdefault(language, {}).setdefault(id_, text)

    def country_names(self) -> None:
        listed: dict[str, dict[str, list[str]]] = {}
        for language, line in _sections(LISTS / "countries.txt"):
            code, several = line.split(" ", 1)
            listed.setdefault(language, {})[code] = _SPLIT.split(several)
        english = Locale.parse("en").territories
        known = [str(c) for c in english]
        codes = [c for c in known if len(c) == 2 and c.isalpha() and c not in NOT_COUNTRIES] + list(FORMER)
        for code in codes:
            label = str(listed["en"].get(code, [""])[0].lstrip("~") or english.get(code) or FORMER[code])
            same = (f"wikidata:{QIDS[code]}",) if code in QIDS else ()
            self.countries[code] = self.fact(slug(label), Fact("country", (), same))
        for language in LANGUAGES:
            territories = _territories(language)
            for code in codes:
                names = listed.get(language, {}).get(code, [])
                for number, name in enumerate(names):
                    self.name(language, name, self.countries[code], label=number == 0)
                given = territories.get(code)
                # CLDR leaves untranslated names in Latin letters.
                if given and not (given.isascii() and not cased(language) and script_of(language) != "Latn"):
                    pieces = re.split(r"\s*[,(،（]\s*|[)）]", given) if " - " not in given else []
                    for part in pieces[:1] if code == "HK" else pieces:
                        if len(part) > 2 or not part.isascii():
                            self.name(language, part, self.countries[code], label=True)

    def people_and_others(self) -> None:
        for file, kind in (
            ("people", "person"),
            ("organisations", "organisation"),
            ("places", "place"),
            ("events", "event"),
        ):
            for line in _lines(LISTS / f"{file}.txt"):
                self._record(line, kind)

    def _record(self, line: str, kind: str) -> None:
        line, _, broader = line.partition(" < ")
        qid = re.search(r"\s(Q\d+)\s*$", f"{line} {broader}")
        line, broader = re.sub(r"\s+Q\d+\s*$", "", line), re.sub(r"\s*Q\d+\s*$", "", broader)
        zone = re.search(r"\s=(\w+/\w+)\s*$", line)
        line = line[: zone.start()] if zone else line
        about: list[str] = [broader.strip()] if broader.strip() else []
        if found := re.search(r"\s*@([A-Z,]+)\s*$", line):
            about += [self.countries[code] for code in found[1].split(",")]
            line = line[: found.start()]
        columns = [column.strip() for column in line.split("|")]
        english = _SPLIT.split(columns[0])
        first = english[0] if english[0] != "-" else columns[-1].split("=")[1].split(",")[0].strip()
        id_ = self.fact(slug(first), Fact(kind, tuple(about), (f"wikidata:{qid[1]}",) if qid else ()))
        for language, column in zip(COLUMNS, columns, strict=False):
            if "=" in column[:4]:
                continue
            names = [] if column == "-" else _SPLIT.split(column)
            for number, name in enumerate(names):
                self.name(language, name, id_, label=number == 0)
        for column in columns:
            if match := re.match(r"([a-z]{2,3})=(.*)", column):
                for number, name in enumerate(_SPLIT.split(match[2].strip())):
                    self.name(match[1], name, id_, label=number == 0)
        for language, city in _cities(zone[1]) if zone else ():
            if not self.labels.get(language, {}).get(id_):
                self.name(language, city, id_, label=True)

    def subjects(self) -> None:
        id_ = ""
        tops: dict[str, str] = {}
        for line in _lines(LISTS / "subjects.txt"):
            if line.startswith("= "):
                _, id_, broader, *_ = line.split(" ")
                top = broader.isdigit()
                tops[id_] = broader
                self.fact(id_, Fact("subject", () if top else (broader,), (f"medtop:{broader}",) if top else ()))
                continue
            language, rest = line.split(" ", 1)
            self._subject(language, id_, rest)
        for language, line in _sections(LISTS / "labels.txt"):
            id_, rest = line.split(" ", 1)
            self._subject(language, id_, rest)

    def _subject(self, language: str, id_: str, rest: str) -> None:
        if id_ not in self.facts:
            raise SystemExit(f"{language}: no subject {id_}")
        label, _, words = rest.partition(":")
        self.labels.setdefault(language, {})[id_] = label.strip()
        self.names.setdefault(language, []).append(Alias(label.strip(), id_, SHOWS))
        for word in _SPLIT.split(words.strip()):
            mark = TRIGGER if word.endswith("+") else SUPPORT
            if word.strip("+~ "):
                self.names.setdefault(language, []).append(Alias(word.strip("+~ "), id_, mark))

    def settle(self, language: str) -> list[Alias]:
        """The names of a language, each claimed by one topic."""
        claimed: dict[tuple[str, ...], Alias] = {}
        triggers: dict[tuple[tuple[str, ...], str], Alias] = {}
        rank = {kind: number for number, kind in enumerate(_KINDS)}
        for alias in self.names.get(language, ()):
            key = (
                (fold_running(alias.text),) if unspaced(language) else fold_text(alias.text, language) or (alias.text,)
            )
            if alias.mark >= SUPPORT:
                known = triggers.get((key, alias.id))
                triggers[key, alias.id] = alias if known is None or known.mark < alias.mark else known
                continue
            first = claimed.get(key)
            if first is None:
                claimed[key] = alias
            elif first.id != alias.id:
                loser = alias
                if rank[self.facts[alias.id].kind] < rank[self.facts[first.id].kind]:
                    claimed[key], loser = alias, first
                self.clashes.append(f"{language}: {alias.text}: {claimed[key].id} keeps it, {loser.id} does not")
            elif first.mark == STRONG and alias.mark == WEAK:
                claimed[key] = alias
        return [*claimed.values(), *triggers.values()]

    def shared(self, script: str, own: dict[str, list[Alias]]) -> list[Alias]:
        """The full names that serve every language of a script."""
        found: dict[tuple[tuple[str, ...], str], Alias] = {}
        for language, names in own.items():
            if (
                script_of(language) != script
                or language in ("ckb", "ug", "sd")
                or (script == "Latn" and language != "en")
            ):
                continue
            for alias in names:
                if alias.mark == STRONG and self._serves_all(alias, language, script):
                    found.setdefault((fold_text(alias.text, language), alias.id), alias)
        return list(found.values())

    def _serves_all(self, alias: Alias, language: str, script: str) -> bool:
        kind = self.facts[alias.id].kind
        several = len(fold_text(alias.text, language)) > 1
        if kind in ("person", "organisation"):
            if several:
                return len(alias.text) > 7
            return script == "Latn" and alias.text not in ENGLISH_ONLY and len(alias.text) > 3
        return (
            script == "Latn"
            and kind in ("place", "country", "event")
            and alias.text not in ENGLISH_ONLY
            and (kind != "country" or alias.text == self.labels["en"].get(alias.id))
        )

    def write(self) -> None:
        PACKS.joinpath("labels").mkdir(parents=True, exist_ok=True)
        for old in [*PACKS.glob("*.json"), *PACKS.glob("labels/*.json")]:
            old.unlink()
        _write(PACKS / "facts.json", dict(sorted(self.facts.items())))
        own = {language: self.settle(language) for language in sorted(self.names)}
        for language, names in own.items():
            _write(PACKS / f"{language}.json", [_short(name) for name in names])
        for script in ("Arab", "Latn", "Deva", "Cyrl"):
            _write(PACKS / f"_{script}.json", [_short(name) for name in self.shared(script, own)])
        for language, labels in self.labels.items():
            _write(PACKS / "labels" / f"{language}.json", dict(sorted(labels.items())))
        _write(PACKS / "stopwords.json", dict(_stop_words()))


def _short(alias: Alias) -> list[object]:
    """A name as an array without the defaults at its end."""
    row: list[object] = [alias.text, alias.id, alias.mark, list(alias.before), list(alias.after)]
    while row[-1] in (0, []):
        row.pop()
    return row


def _write(path: Path, value: object) -> None:
    """One entry a line, so that a change of one name is a change of one line."""

    def encode(one: object) -> str:
        return msgspec.json.encode(one).decode()

    if isinstance(value, dict):
        body = ",\n".join(f"{encode(key)}:{encode(one)}" for key, one in value.items())
        path.write_text("{\n" + body + "\n}\n", "utf-8")
    elif isinstance(value, list):
        path.write_text("[\n" + ",\n".join(encode(one) for one in value) + "\n]\n", "utf-8")


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _sections(path: Path) -> Iterator[tuple[str, str]]:
    language = ""
    for line in _lines(path):
        if line.startswith("["):
            language = line.strip("[]")
        else:
            yield language, line


def _ambiguous() -> Iterator[tuple[tuple[str, tuple[str, ...]], tuple[tuple[str, ...], tuple[str, ...]]]]:
    for line in _lines(LISTS / "ambiguous.txt"):
        language, name, before, after = (part.strip() for part in line.split("|"))
        yield (
            (language, fold_text(name, language)),
            (_folded(before.removeprefix("before:"), language), _folded(after.removeprefix("after:"), language)),
        )


def _folded(words: str, language: str) -> tuple[str, ...]:
    rules = rules_of(language)
    return tuple(dict.fromkeys(fold_word(word, rules) for word in words.split()))


def _stop_words() -> Iterable[tuple[str, list[str]]]:
    for line in _lines(LISTS / "stopwords.txt"):
        language, words = line.split(" ", 1)
        yield language, sorted(set(fold_text(words, language)))


def _territories(language: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(_LOCALE.get(language, language)).territories)
    except (UnknownLocaleError, ValueError):
        return {}


def _cities(zone: str) -> Iterator[tuple[str, str]]:
    """(language, name) of the city of a time zone. Only of languages that are not written by hand here."""
    for language in LANGUAGES:
        if language in (*COLUMNS, "ps", "ckb"):
            continue
        try:
            found = Locale.parse(language).time_zones.get(zone, {}).get("city")
        except (UnknownLocaleError, ValueError, KeyError):
            continue
        if isinstance(found, str) and (not found.isascii() or script_of(language) == "Latn"):
            yield language, found


def main() -> None:
    compiler = Compiler()
    compiler.country_names()
    compiler.people_and_others()
    compiler.subjects()
    compiler.write()
    sys.stdout.write("\n".join(compiler.clashes))
    kinds = [fact.kind for fact in compiler.facts.values()]
    sys.stdout.write(f"\n{ {kind: kinds.count(kind) for kind in _KINDS} }\n")


if __name__ == "__main__":
    main()

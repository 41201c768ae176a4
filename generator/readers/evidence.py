"""What a line without label is: paragraph, subheading, or the alternative text of a lost picture. The one place of guesses.

A dump has no markup, so a bare line is weighed: everything that speaks for one reading adds its weight to it, and the
heaviest wins. All weights stand in `_heading`, `_alt` and `_paragraph`, each beside its reason in words; `inspect`
prints them. What counts most is length against the article's own paragraphs and the full stop of its script, then the
neighbours, repetition and position.

Not a trained classifier: the archivist must be able to read why a line became a heading, and a site can state its own
labels where the weights err.
"""

import re

from msgspec import Struct

from generator.readers.source import Guess, GuessKind

TERMINAL = frozenset(".。｡।॥۔؟?!！？…։።፧၊။॰៕")
_QUOTES = "\"'”“’‘»«›‹)]）】」』〉》`´״׳"
_QUESTION = frozenset("?؟？፧")
_NUMBER = re.compile(r"[(\[]?(?:\d{1,3}|[۰-۹]{1,3}|[٠-٩]{1,3}|[०-९]{1,3})\s?[.)\]\-–:．、]\s*\S")
_LETTER = re.compile(r"[^\W\d_]")
_SEPARATORS = frozenset(["line", "lines", "banner", "footer", "spacer", "separator", "divider"])
_SEPARATOR_WORDS = _SEPARATORS | frozenset(
    [
        "grey",
        "gray",
        "red",
        "white",
        "black",
        "presentational",
        "transparent",
        "short",
        "long",
        "header",
        "space",
        "image",
        "blank",
        "dotted",
        "horizontal",
        "bottom",
        "top",
        "small",
        "thin",
        "the",
        "a",
        "of",
    ]
)
_PIXELS = re.compile(r"\d{1,3}(?:px)?")
_PART = re.compile(r" [-–—|/] |\t|  ")
_DATELINE = re.compile(r"[^\d–—|-]{2,35} [–—|-] [^\d–—|-]{2,30}")
_ADDRESS = re.compile(r"\S@\S|@\S|https?:|www\.|^[\d\W]+$|^\d{4,} ")
_CLICK = re.compile(
    "click here|tap here|לחצו כאן|לחץ כאן|اضغط هنا|انقر هنا|یہاں کلک|کلیک کنید|दबाएं|क्लिक कर|ক্লিক কর|haga clic|haz clic|clique aqui|"
    "cliquez ici|klik di sini|tıklayın|нажмите здесь|натисніть тут|kliknite|klikkaa|klicken sie|点击这里|點擊這裡", re.IGNORECASE
)  # fmt: skip
_PHOTOGRAPHER = re.compile(
    r"\([^()]{0,60}?(?:photo|photos|foto|fotos|fotoğraf|fotoğraflar|bild|kuva|zdjęcie|фото|צילום|תמונה|תמונות|تصویر|تصوير|عکس|الصورة|صورة|फोटो|"
    r"ছবি|写真|사진|图|圖)\s?[:：][^()]{2,80}\)$", re.IGNORECASE
)  # fmt: skip
_ITEM_SIGNS = frozenset("-–—*+~#►◄")
COLONS, COMMAS = frozenset(":："), frozenset(",،，、;؛")
Vote = tuple[float, str]

NARROW = 1.5
"""Below this margin a guess is listed as a doubt."""


class Article:
    """What the lines of one article have in common, measured once: how long its paragraphs are and how they end."""

    def __init__(self, texts: list[str], bare: list[int], *, dense: bool) -> None:
        self.texts = texts
        self.scale = 0.42 if dense else 1.0
        """Han, kana and Hangul say in four characters what others say in ten."""
        ended = [(len(text), ends(text)) for text in map(texts.__getitem__, bare)]
        long = sorted(length for length, end in ended if end or length > 140 * self.scale)
        self.typical = max(long[len(long) // 2], 60 * self.scale) if long else 150 * self.scale
        full = [end for length, end in ended if length > 0.55 * self.typical]
        self.punctuated = sum(full) / len(full) if full else 0.5
        """The share of its paragraphs that end with a full stop: near 1 in most scripts, 0 in Thai."""
        self.paragraphs = len(full)


def short(article: Article, text: str) -> bool:
    """Whether a line may be anything but a paragraph at all; most lines are decided here."""
    length = len(text)
    if length > 160 * article.scale or (length > 0.85 * article.typical and length > 40 * article.scale):
        return False
    return not ends(text) or question(text) or length < 0.4 * article.typical


def weigh(article: Article, i: int, number: int, near: "Near") -> Guess:
    """The likeliest reading of line `i`, by how much, and why."""
    text = article.texts[i]
    votes: dict[GuessKind, list[Vote]] = {
        "paragraph": _paragraph(article, text, near),
        "heading": _heading(article, text, near),
        "alt": _alt(article, text, near),
    }
    total = {kind: sum(weight for weight, _ in reasons) for kind, reasons in votes.items()}
    best, second = sorted(total, key=lambda kind: -total[kind])[:2]
    reasons = tuple(f"{weight:+.1f} {why}" for weight, why in sorted(votes[best], key=lambda vote: -abs(vote[0])))
    return Guess(number, best, round(total[best] - total[second], 2), reasons)


def alt_score(article: Article, text: str, caption: str | None, *, joined: bool, lead: bool, foreign: bool) -> float:
    """How likely the line before a figure's label is the picture's alternative text, and not the last paragraph: above 0
    it is.

    Nearly always it is: pages that label credits show no picture without one. What speaks against is a paragraph's
    length and full stop; what speaks for, words shared with the caption (a fifth of all alternative texts repeat it).
    """
    score = 2.5 + 3 * joined + lead + 3 * foreign
    length = len(text) / (1.0 if foreign else article.scale)
    if length > 150:
        score -= 1.5
    if length > 250:
        score -= 1
    if ends(text):
        score -= 1
        if len(text) > 0.6 * article.typical:
            score -= 1.5
        if sum(map(text.count, (". ", "۔ ", "। ", "؟ ", "? "))) > 0:
            score -= 1
    elif text[-1] in COLONS:
        score -= 1.5
    if score < 2.5 and caption:
        words, other = text.split(), caption.split()
        # Short words stand in every sentence; two texts that share only those share nothing.
        telling = [{word for word in side if len(word) > 3} for side in (words, other)]
        shared = len(telling[0] & telling[1]) / max(1, min(map(len, telling)))
        # A paragraph before its picture speaks of the same things; only a sentence that says the caption again is its text.
        sentence = ends(text) and len(text) > 0.6 * article.typical
        score += 4 if shared >= (0.7 if sentence else 0.4) else 0 if sentence or shared < 0.22 else 1.5
        if words[:2] == other[:2]:
            score += 1.5
    return score


class Near(Struct, frozen=True):
    """What stands around a line. `before` and `after` are `headline`, `figure`, `paragraph`, `short`, `other`, `start` or
    `end`; `run` counts the short lines in a row around it, `opens` tells that it stands at their edge and differs. `labelled`:
    the article has figures with labels; `echoes`: the line shares a word with the headline."""

    before: str
    after: str
    run: int = 1
    opens: bool = False
    joined: bool = False
    repeated: bool = False
    known_alt: bool = False
    lead: bool = False
    labelled: bool = False
    echoes: bool = False
    foreign: bool = False
    speaker: bool = False
    pictured: bool = False
    unlike: str | None = None
    alike: str | None = None


def _heading(article: Article, text: str, near: Near) -> list[Vote]:
    length = len(text) / article.scale
    share = len(text) / article.typical
    if share <= 0.35:
        votes: list[Vote] = [(2.0, "much shorter than a paragraph here")]
    elif share <= 0.55:
        votes = [(1.0, "shorter than a paragraph here")]
    else:
        votes = [(-1.5, "about as long as a paragraph here")]
    if length > 90:
        votes.append((-3.5, "long for a heading"))
    elif length > 70:
        votes.append((-1.0, "rather long for a heading"))
    if _like_row(text):
        votes.append((-2.5, "reads like a row of a table"))
    if text[0] in _ITEM_SIGNS:
        votes.append((-3.0, "begins like speech or an item"))
    if question(text):
        votes.append((1.0, "a question"))
    elif ends(text):
        votes.append((-3.0, "ends like a sentence"))
    elif text[-1] in COLONS:
        votes.append((-4.5, "a colon announces something"))
    elif text[-1] in COMMAS:
        votes.append((-3.0, "ends with a comma"))
    else:
        votes.append((0.5 + 2.0 * article.punctuated, "no full stop, where paragraphs here have one"))
    if near.after == "short" and question(text):
        votes.append((-1.2, "another short line follows"))
    elif (followed := _FOLLOWED.get(near.after)) is not None and not (near.opens and near.after == "short"):
        votes.append(followed)
    if near.run >= 3 and not near.opens:
        votes.append((-4.0, "one of several short lines in a row"))
    if near.joined:
        votes.append((-3.0, "no blank line to its neighbour"))
    if near.lead:
        votes.append((-1.5 if near.labelled else -3.0, "right below the headline"))
    if near.foreign:
        votes.append((-2.0, "in another script than the article"))
    if near.speaker:
        votes.append((-4.0, "begins with the name that another line begins with"))
    if near.unlike:
        votes.append((-3.0, near.unlike))
    if near.alike:
        votes.append((1.5, near.alike))
    if text[0].islower():
        votes.append((-1.0, "begins with a small letter"))
    if _in_brackets(text):
        votes.append((-2.0, "all in brackets"))
    if not _LETTER.search(text):
        votes.append((-6.0, "no letters"))
    if numbered(text):
        votes.append((1.0, "numbered"))
    if near.repeated:
        votes.append((-1.0, "stands here more than once"))
    return votes


_FOLLOWED: dict[str, Vote] = {
    "paragraph": (1.5, "a paragraph follows"),
    "figure": (0.5, "a figure follows"),
    "short": (-2.5, "another short line follows"),
    "end": (-4.0, "nothing follows"),
    "other": (0.5, "a list or box follows"),
}


def _alt(article: Article, text: str, near: Near) -> list[Vote]:
    votes: list[Vote] = [(0.8, "no label near")]
    if near.lead and not ends(text) and len(text) < 90 * article.scale:
        if near.labelled:
            votes.append((4.0, "right below the headline, where the lead picture stands"))
        elif not _like_row(text):
            votes.append((1.0, "right below the headline, where a lead picture may stand"))
    if near.echoes and near.lead:
        votes.append((2.5, "says again a word of the headline"))
    if near.known_alt:
        votes.append((6.0, "another figure has this text"))
    if near.repeated:
        votes.append((2.0, "stands here more than once"))
    if near.foreign:
        votes.append((5.0, "in another script than the article"))
    if near.joined:
        votes.append((3.0, "no blank line to its neighbour"))
    if near.pictured:
        votes.append((6.0, "begins like the description of a picture"))
    if photographed(text):
        votes.append((9.0, "names its photographer in brackets"))
    if separator(text):
        votes.append((6.0, "the name of a separator picture"))
    if near.unlike:
        votes.append((1.5, near.unlike))
    if article.scale == 1.0 and len(text.split(None, 1)) == 1:
        votes.append((1.0, "a single word"))
    if near.after == "end" and near.labelled and not ends(text):
        votes.append((2.0, "nothing follows"))
    if ends(text):
        votes.append((-1.5, "ends like a sentence"))
    if text[-1] in COLONS or text[-1] in COMMAS:
        votes.append((-3.0, "ends with a colon or comma"))
    if len(text) > 100 * article.scale:
        votes.append((-1.5, "long for a description"))
    if near.run == 2 and near.after == "short" and len(text) < 60 * article.scale:
        votes.append((1.2, "another short line follows"))
    if near.run >= 4:
        votes.append((-1.5, "one of several short lines in a row"))
    return votes


def _paragraph(article: Article, text: str, near: Near) -> list[Vote]:
    votes: list[Vote] = [(1.2, "most lines are paragraphs")]
    share = len(text) / article.typical
    if share > 0.55:
        votes.append((2.0, "as long as a paragraph here"))
    if len(text) > 75 * article.scale:
        votes.append((1.5, "long"))
    if near.lead and not near.labelled:
        votes.append((1.5, "right below the headline, where summary, writer and place stand"))
    if near.lead and not near.labelled and _DATELINE.fullmatch(text):
        votes.append((3.0, "a name and a place, right below the headline"))
    if _ADDRESS.search(text):
        votes.append((6.0, "an address or a number"))
    if _CLICK.search(text):
        votes.append((6.0, "asks to click"))
    if text[0] in _ITEM_SIGNS:
        votes.append((2.0, "begins like speech or an item"))
    if _like_row(text):
        votes.append((1.0, "reads like a row of a table"))
    if question(text):
        votes.append((0.5, "a question"))
    elif ends(text):
        votes.append((2.0, "ends like a sentence"))
    elif text[-1] in COLONS:
        votes.append((3.0, "a colon announces something"))
    elif text[-1] in COMMAS:
        votes.append((2.0, "ends with a comma"))
    if near.run >= 3 and not near.opens:
        votes.append((3.0, "one of several short lines in a row"))
    if near.speaker:
        votes.append((3.0, "begins with the name that another line begins with"))
    if text[0].islower():
        votes.append((1.0, "begins with a small letter"))
    if not _LETTER.search(text):
        votes.append((3.0, "no letters"))
    if _in_brackets(text):
        votes.append((1.5, "all in brackets"))
    if near.after == "end":
        votes.append((1.5, "nothing follows"))
    if article.paragraphs < 2:
        votes.append((1.0, "too few paragraphs to compare with"))
    return votes


def ends(text: str) -> bool:
    """Whether the line ends a sentence: with a full stop, before or behind closing quotes."""
    last = text[-1]
    return last in TERMINAL or (last in _QUOTES and text.rstrip(_QUOTES + " ")[-1:] in TERMINAL)


def question(text: str) -> bool:
    """Whether the line ends with a question mark, before or behind closing quotes."""
    return text[-1] in _QUESTION or (text[-1] in _QUOTES and text.rstrip(_QUOTES + " ")[-1:] in _QUESTION)


def numbered(text: str) -> bool:
    """Whether the line begins with a number of its own: `3.`, `۲-`, `(4)`."""
    return _NUMBER.match(text) is not None


def photographed(text: str) -> bool:
    """Whether the line ends with who took a picture, in brackets: it is that picture's caption."""
    return text[-1] == ")" and _PHOTOGRAPHER.search(text[-160:]) is not None


def separator(text: str) -> bool:
    """Whether the line is what the picture of a line or banner is called in English: `2px presentational grey line`."""
    words = text.lower().split()
    if not words or len(words) > 7 or words[-1] not in _SEPARATORS:
        return False
    return words[-1] in ("banner", "footer") or all(
        word in _SEPARATOR_WORDS or _PIXELS.fullmatch(word) for word in words
    )


def _like_row(text: str) -> bool:
    """Whether the line is made of parts or of numbers: `Net 651,000 vs 214,000`, `third – name, club – 12 points`."""
    return len(_PART.findall(text)) > 1 or 4 * sum(map(str.isdigit, text)) > len(text)


def _in_brackets(text: str) -> bool:
    return text[0] in "([（" and text[-1] in ")]）"

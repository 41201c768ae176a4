"""A small archive in the scripts that search is for, and what must be found in it.

The first kinds of queries are those that the usual engine for static sites was measured to fail.
"""

from collections.abc import Iterable
from pathlib import Path

from small_site import dump, with_front_matter

ARTICLES = {
    "ur/2001/01/stop.txt": dump("خبر اول", "یہ ایک ملک ہے۔اسلام آباد،کراچی اور لاہور بڑے شہر ہیں۔"),
    "ur/2001/02/kaf.txt": dump("پاکستان کی خبر", "پاکستان میں بارش ہوئی اور لوگ خوش ہوئے۔"),
    "ur/2001/03/kaf-arabic.txt": dump("دوسری خبر", "پاكستان ميں بارش ہوئی اور لوگ خوش ہوئے۔"),
    "ur/1947/08/digits.txt": dump("آزادی", "یہ ملک ۱۹۴۷ میں آزاد ہوا اور لوگوں نے خوشی منائی۔"),
    "ur/2002/digits-latin.txt": dump("یاد", "وہ 1947 کو یاد کرتے ہیں کہ جب ملک بنا۔"),
    "ur/2003/01/plural.txt": dump("کتابوں کا میلہ", "شہر میں کتابیں فروخت ہوئیں اور لوگوں نے خریدیں۔"),
    "ur/2003/02/singular.txt": dump("ایک کتاب", "اس کتاب میں سب کچھ لکھا ہے جو پڑھنا چاہیے۔"),
    "ur/2003/03/letters.txt": dump("کھانا", "اس نے کھا لیا اور پھر آم کھائے۔"),
    "ur/2003/04/letters.txt": dump("بات", "اس نے کہا کہ ام المومنین کا ذکر ہوا ہے۔"),
    "ar/2010/01/tatweel.txt": dump("ســـلام عليكم", "هذا خبر من الأخبار التي كتبت في ذلك اليوم عن الســـلام."),
    "ar/2010/02/forms.txt": dump("ﺳﻼﻡ", "هذا نص من النصوص التي كتبت في ذلك اليوم ﺳﻼﻡ."),
    "ar/2010/03/harakat.txt": dump("عِلْم", "هذا العِلمُ من العلوم التي درسها أحمد في المدرسة."),
    "ar/2010/04/prefix.txt": dump("الكتاب الجديد", "والمدرسة كانت في المدينة وقال الرجل إن الكتاب جميل."),
    "fa/1390/01/zwnj.txt": dump("کتاب‌ها", "او کتاب‌ها را می‌خواند و به خانهٔ خود می‌رود."),
    "he/2011/01/maqaf.txt": dump("בית־ספר חדש", "הילדים לומדים בבית־ספר חדש בתל־אביב ליד הים."),
    "he/2011/02/prefix.txt": dump("הממשלה", "הממשלה החליטה אתמול בירושלים על התקציב של שנה הבאה."),
    "he/2011/03/niqqud.txt": dump("שָׁלוֹם", "דובר צה״ל מסר הודעה אל העיתונאים בערב."),
    "ps/2012/01/ye.txt": dump("ښځې", "په کابل کې ښځې د خپلو حقونو لپاره راغلې وې."),
    "ckb/2012/02/heh.txt": dump("کوردستان", "ئەم هەواڵە لە شاری هەولێر بڵاو کرایەوە."),
    "en/2013/01/en.md": with_front_matter(
        {"headline": "Floods in Élysée", "topics": "[Weather, Rivers]", "language": "en", "source": "Herald"},
        "The river rose and the well-known bridge didn't hold. U.S. engineers counted 1,947 houses.",
    ),
    "zh/2014/01/zh.txt": dump("中国人民日报", "这是中国的一家报纸，人民都看。"),
}  # fmt: skip

CLASSES: list[tuple[str, str, set[str]]] = [
    ("Urdu full stop without space", "اسلام", {"stop"}),
    ("Urdu comma without space", "کراچی", {"stop"}),
    ("Arabic kaf and yeh for Urdu ones", "پاكستان", {"kaf", "kaf-arabic"}),
    ("Urdu kaf for Arabic one", "پاکستان", {"kaf", "kaf-arabic"}),
    ("digits of one script for another", "1947", {"digits", "digits-latin", "en"}),
    ("digits the other way", "۱۹۴۷", {"digits", "digits-latin", "en"}),
    ("tatweel", "سلام", {"tatweel", "forms"}),
    ("presentation forms", "ﺳﻼﻡ", {"tatweel", "forms"}),
    ("harakat", "علم", {"harakat"}),
    ("hamza carriers", "احمد", {"harakat"}),
    ("half-space, joined", "کتابها", {"zwnj", "prefix"}),
    ("half-space, as it stands", "کتاب‌ها", {"zwnj", "prefix"}),
    ("half-space, spaced", "می خواند", {"zwnj"}),
    ("Arabic article", "كتاب", {"prefix", "zwnj", "singular", "plural"}),
    ("Arabic conjunction and article", "مدرسة", {"harakat", "prefix"}),
    ("Hebrew maqaf", "ספר", {"maqaf"}),
    ("Hebrew maqaf behind a prefix", "אביב", {"maqaf"}),
    ("Hebrew prefix", "ממשלה", {"prefix"}),
    ("Hebrew preposition", "ירושלים", {"prefix"}),
    ("niqqud", "שלום", {"niqqud"}),
    ("gershayim left out", "צהל", {"niqqud"}),
    ("gershayim as a quotation mark", 'צה"ל', {"niqqud"}),
    ("Pashto ye", "ښځي", {"ye"}),
    ("Urdu plural for singular", "کتابیں", {"plural", "singular", "prefix"}),
    ("Urdu singular for plural", "میلہ", {"plural"}),
    ("Kurdish e as heh", "هەواڵە", {"heh"}),
    ("a word with no match", "زرافہ", set()),
    ("a lone letter", "ک", set()),
    ("capitals and accents", "elysee", {"en"}),
    ("an apostrophe left out", "didnt", {"en"}),
    ("a number with its comma", "1,947", {"digits", "digits-latin", "en"}),
    ("an abbreviation", "U.S.", {"en"}),
    ("Chinese", "人民日报", {"zh"}),
    ("Chinese, one word", "中国", {"zh"}),
]
"""(kind, query, stems of the articles that are found: these and no others)"""


def stems(urls: Iterable[str]) -> set[str]:
    """The stems of the files that pages were made of."""
    every = {Path(path).stem for path in ARTICLES}
    return {max((stem for stem in every if url.removesuffix(".html").endswith(stem)), key=len) for url in urls}

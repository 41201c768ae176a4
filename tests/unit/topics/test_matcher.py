"""Names in texts: whole words, longest first, with what a language glues to them; and what they weigh."""

import pytest
from topic_articles import article, topics

from generator.topics import index
from generator.topics.vocabulary import Topic
from generator.topics.weights import BODY, HEADLINE, LEAD


@pytest.mark.parametrize(
    ("language", "text", "id_"),
    [
        ("ar", "وصل الوفد إلى بغداد قادما من دمشق وبيروت", "beirut"),
        ("ar", "قال وزير الخارجية الفرنسية", "france"),
        ("ar", "للولايات المتحدة سفارة هنا", "united-states"),
        ("he", "הוא נסע מגרמניה", "germany"),
        ("he", 'נשיא ארה"ב דיבר', "united-states"),
        ("ur", "پاکستانیوں نے جشن منایا", "pakistan"),
        ("fa", "آمریکایی‌ها رفتند", "united-states"),
        ("tr", "Toplantı Ankara'da yapıldı", "ankara"),
        ("ko", "그는 미국에서 왔다", "united-states"),
        ("th", "เขาเดินทางไปประเทศไทยเมื่อวาน", "thailand"),
        ("ja", "会議は東京で開かれ、ロシアが参加した", "russia"),
        ("prs", "رئیس جمهور روسیه ولادیمیر پوتین آمد", "vladimir-putin"),
        ("ckb", "ئەم کۆبوونەوەیە لە هەولێر بوو", "erbil"),
        ("hi", "उन्होंने पाकिस्तान का दौरा किया", "pakistan"),
    ],
)  # fmt: skip
def test_a_name_is_found_with_what_its_language_glues_to_it(language: str, text: str, id_: str) -> None:
    assert id_ in topics(article(language, "—", text))


@pytest.mark.parametrize(
    ("language", "text", "id_"),
    [
        ("en", "They put turkey on the table for us all, who knows.", "turkey"),
        ("en", "They put turkey on the table for us all, who knows.", "united-states"),
        ("en", "They put turkey on the table for us all, who knows.", "world-health-organization"),
        ("ur", "اس بارے میں بات ہوئی", "bari"),
        ("ar", "الدعم المالي للمشروع", "mali"),
    ],
)
def test_a_part_of_a_word_or_another_word_is_no_name(language: str, text: str, id_: str) -> None:
    assert id_ not in topics(article(language, "—", text))


def test_the_longest_name_wins() -> None:
    shown = topics(article("en", "—", "South Africa met South Sudan in the New York Times."))
    assert {"south-africa", "south-sudan", "new-york-times"} <= shown.keys()
    assert not {"africa", "sudan", "new-york"} & shown.keys()


def test_a_surname_counts_once_the_full_name_stood() -> None:
    assert "angela-davis" not in topics(article("en", "—", "Kerry spoke."))
    assert "john-kerry" not in topics(article("en", "—", "Kerry spoke. Kerry left."))
    shown = topics(article("en", "—", "John Kerry spoke.", "Kerry left."))
    assert dict(shown["john-kerry"].matched) == {"John Kerry": 1, "Kerry": 1}


def test_nobody_is_called_president() -> None:
    shown = topics(article("ur", "صدر کا خطاب", "صدر نے کہا کہ صدر ٹرمپ سے ملاقات ہوئی۔"))
    assert [one.key for one in shown.values() if one.kind == "person"] == ["donald-trump"]


def test_headline_lead_body_and_caption_weigh_less_in_this_order() -> None:
    weights = [
        topics(article("en", "Vietnam today", "—"))["vietnam"].score,
        topics(article("en", "—", "Vietnam today"))["vietnam"].score,
        topics(article("en", "—", "—", "Vietnam today"))["vietnam"].score,
    ]
    assert weights == [HEADLINE, LEAD, BODY]
    assert "vietnam" not in topics(article("en", "—", "—", caption="Vietnam today"))


def test_an_acronym_needs_its_capitals_and_a_line_of_capitals_says_nothing() -> None:
    assert "world-health-organization" in topics(article("en", "—", "The WHO said so."))
    assert "world-health-organization" not in topics(article("en", "THE MAN WHO KNEW TOO MUCH", "—"))


def test_in_an_article_about_a_club_the_city_is_the_club() -> None:
    shown = topics(article("en", "—", "He joined AC Milan. Milan won again."))
    assert "ac-milan" in shown
    assert "milan" not in shown


def test_matched_words_stand_as_they_do_in_the_text() -> None:
    text = "دیدار با ویت\u200cنام در پیش است"
    for form, _ in topics(article("fa", "—", text))["vietnam"].matched:
        assert form in text


def test_a_subject_needs_more_than_one_word() -> None:
    assert "oil" not in topics(article("en", "—", "He bought some oil."))
    shown = topics(
        article("en", "Oil prices fall", "Crude oil fell to 40 dollars a barrel as OPEC met.", "Barrels piled up.")
    )
    assert "oil" in shown
    assert "economy" in shown


def test_what_front_matter_states_keeps_its_name_and_gets_the_id() -> None:
    shown = topics(article("ur", "—", "متن", stated=("امریکہ", "ہمارا محلہ")))
    assert (shown["united-states"].origin, shown["united-states"].kind) == ("stated", "place")
    assert shown["ہمارا محلہ"].origin == "stated"


def test_one_id_in_every_language() -> None:
    texts = {"ur": "دمشق اور شام کا ذکر", "ar": "زار سوريا", "en": "He went to Syria", "he": "הוא נסע לסוריה"}
    assert all("syria" in topics(article(code, "—", text)) for code, text in texts.items())


def test_the_vocabulary_has_the_last_word() -> None:
    text = "The Trout Club met in Washington with Donald Trump."
    club = Topic("trout-club", "organisation", (("en", "Trout Club"),))
    shown = topics(
        article("en", "—", text),
        club,
        Topic("donald-trump", hide=True),
        Topic("washington", merge_into="united-states"),
    )
    assert shown["trout-club"].origin == "vocabulary"
    assert not {"donald-trump", "washington"} & shown.keys()
    assert "united-states" in shown


def test_words_that_must_or_must_not_stand_beside_a_name() -> None:
    rose = Topic("rose", "person", (("en", "Rose"),), beside=("Mrs",), not_beside=("garden",))
    assert "rose" in topics(article("en", "—", "Then Mrs Rose spoke."), rose, packs=False)
    assert "rose" not in topics(article("en", "—", "Then Rose spoke."), rose, packs=False)
    assert "rose" not in topics(article("en", "—", "Mrs Rose garden opened."), rose, packs=False)


def test_without_packs_only_the_archives_own_names_are_found() -> None:
    assert topics(article("en", "—", "Donald Trump flew to Vietnam."), packs=False) == {}


def test_an_index_that_forgets_its_words_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    one = article("en", "Ankara and Beirut", "Reuters in Ankara. The U.S. and Germany, Germany and France.")
    found = topics(one)
    monkeypatch.setattr(index, "REMEMBERED", 0)
    assert topics(one) == found
    assert "ankara" in found

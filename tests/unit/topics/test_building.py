"""Topics in a built archive: pages, redirects, and incremental builds that equal clean ones."""

import random
from pathlib import Path

import pytest
from small_site import SmallSite, dump, with_front_matter

from generator.catalogue import Catalogue
from generator.config import load_site

PLACES = ("روس", "جرمنی", "ویتنام", "جاپان", "کینیڈا", "ملائیشیا")


def articles(site: SmallSite) -> None:
    for number in range(24):
        place, other = PLACES[number % 6], PLACES[(number * 5 + 1) % 6]
        text = dump(
            f"{place} میں اجلاس {number}", f"{other} کے وفد نے لمبا دریا دیکھا۔ لمبا دریا گہرا ہے۔", "بات چیت جاری ہے۔"
        )
        site.article(f"ur/2017-0{1 + number % 9}-0{1 + number % 8}-a{number}.txt", text)
    site.article(
        "en/2017-03-05-e.md",
        with_front_matter({"topics": "[Vietnam, Village life]"}, "# Talks\n\nRussia and Germany met."),
    )


def equals_clean(site: SmallSite, tmp_path: Path) -> None:
    clean = site.twin(tmp_path / "clean")
    clean.build()
    assert site.files() == clean.files()


def read_again(site: SmallSite) -> int:
    return site.build().changed


def test_one_page_for_all_languages_and_an_index_by_kind(site: SmallSite) -> None:
    articles(site)
    site.build()
    page = site.page(next(path for path in site.files() if path.endswith("/vietnam.html")))
    assert "Talks" in page
    assert "ویتنام" in page
    assert "Vietnam" in site.page("en/places/index.html")
    assert "ویتنام" in site.page("ur/places/index.html")


def test_terms_of_many_articles_are_found_by_the_articles(site: SmallSite) -> None:
    """Where SQLite judges by the number of kinds, each question walks through the terms of the whole archive."""
    articles(site)
    site.build()
    many = [f"ur/{number}.txt" for number in range(200)]
    asked: list[str] = []
    with Catalogue.look(load_site(site.folder).state) as catalogue:
        assert catalogue is not None
        catalogue._db.set_trace_callback(asked.append)
        catalogue.topics_of_sources(many)
        catalogue.article_details(many)
        catalogue._db.set_trace_callback(None)
        plans = [catalogue._db.execute(f"EXPLAIN QUERY PLAN {query}").fetchall() for query in asked if " IN ('ur/0.txt'" in query]
    steps = [step for plan in plans for *_, step in plan]
    assert len(plans) == 2
    assert [step for step in steps if "(source=?)" not in step] == []


def test_derived_topics_say_why(site: SmallSite) -> None:
    articles(site)
    site.build()
    page = site.page(next(path for path in site.files() if path.endswith("a0.html")))
    assert '<details class="why">' in page


STEPS = {
    "a new name": '[[topic]]\nid = "river"\nkind = "place"\nlabel = { ur = "لمبا دریا" }\n',
    "hidden": '[[topic]]\nid = "russia"\nhide = true\n',
    "merged": '[[topic]]\nid = "germany"\nmerge_into = "europe"\n',
    "renamed": '[[topic]]\nid = "japan"\nlabel = { ur = "نپّون", en = "Nippon" }\n',
    "another kind": '[[topic]]\nid = "village-life"\nkind = "event"\nlabel = { en = "Village life" }\n',
    "nothing": "",
}


@pytest.mark.parametrize("step", STEPS)
def test_a_changed_vocabulary_leaves_what_a_clean_build_makes(site: SmallSite, tmp_path: Path, step: str) -> None:
    articles(site)
    site.build()
    site.write("vocabulary.toml", STEPS[step])
    site.build()
    equals_clean(site, tmp_path)
    site.write("vocabulary.toml", "")
    site.build()
    equals_clean(site, tmp_path)


def test_a_changed_vocabulary_reads_only_the_articles_it_concerns(site: SmallSite) -> None:
    articles(site)
    site.build()
    site.write("vocabulary.toml", '[[topic]]\nid = "nowhere"\nlabel = { ur = "ناموجود بستی" }\n')
    assert read_again(site) == 0
    site.write("vocabulary.toml", '[[topic]]\nid = "japan"\nhide = true\n')
    with Catalogue.open(load_site(site.folder).state) as catalogue:
        japanese = len(catalogue.articles_of("japan"))
    assert 0 < japanese < 24
    assert read_again(site) == japanese
    site.write("vocabulary.toml", '[[topic]]\nid = "japan"\nhide = true\nnote = "asked for"\n')
    assert read_again(site) == 0


def test_what_was_merged_leaves_a_redirect(site: SmallSite) -> None:
    articles(site)
    site.build()
    old = next(path for path in site.files() if path.endswith("/germany.html"))
    site.write("vocabulary.toml", '[[topic]]\nid = "germany"\nmerge_into = "europe"\n')
    site.build()
    assert "europe.html" in site.page(old)
    assert "http-equiv" in site.page(old)


def test_phrases_of_the_archive_become_topics_and_go_again(site: SmallSite, tmp_path: Path) -> None:
    for number in range(30):
        name = "نیلا مینار" if number < 6 else f"باغ {number}"
        site.article(f"ur/a{number}.txt", dump(f"{name} کی خبر {number}", "متن یہاں ہے اور ختم ہوتا ہے۔"))
    site.build()
    assert any("نیلا-مینار" in path for path in site.files())
    equals_clean(site, tmp_path)
    for number in range(3):
        (site.folder / f"content/ur/a{number}.txt").unlink()
    site.build()
    assert not any("نیلا-مینار" in path for path in site.files())
    equals_clean(site, tmp_path)


def test_adding_an_article_never_changes_the_stated_topics_of_another(site: SmallSite) -> None:
    site.article("ur/one.md", with_front_matter({"headline": "ایک", "topics": "[شام, ہمارا محلہ]"}, "متن۔"))
    site.build()
    stated = _stated(site, "one")
    rng = random.Random(5)
    for number in range(25):
        words = " ".join(rng.choices((*PLACES, "شام", "ہمارا", "محلہ", "نیلا", "مینار"), k=12))
        site.article(f"ur/n{number}.txt", dump(f"{words}", f"{words}۔"))
        if number % 8 == 0:
            site.build()
            assert _stated(site, "one") == stated


def _stated(site: SmallSite, id_: str) -> list[tuple[str, str, str]]:
    with Catalogue.open(load_site(site.folder).state) as catalogue:
        details = catalogue.article_details([f"ur/{id_}.md"])
        return [(term.kind, term.key, term.name) for term in details[f"ur/{id_}.md"].terms if term.origin == "stated"]


def test_edits_at_random_leave_what_a_clean_build_makes(site: SmallSite, tmp_path: Path) -> None:
    rng = random.Random(11)
    articles(site)
    site.build()
    for _ in range(6):
        for _ in range(3):
            number = rng.randrange(26)
            path = next(
                iter(sorted(site.folder.glob(f"content/ur/*-a{number}.txt"))), site.folder / f"content/ur/b{number}.txt"
            )
            if path.exists() and rng.random() < 0.4:
                path.unlink()
            else:
                place = rng.choice(PLACES)
                path.write_text(
                    dump(f"{place} اور لمبا دریا {number}", f"{rng.choice(PLACES)} میں لمبا دریا بہتا ہے۔"), "utf-8"
                )
        site.write("vocabulary.toml", rng.choice(list(STEPS.values())))
        site.build()
    equals_clean(site, tmp_path)

"""The vocabulary file: both forms say the same, and mistakes have their place."""

from pathlib import Path

import msgspec
import pytest

from generator.topics.vocabulary import Topic, Vocabulary, read_vocabulary
from generator.topics.vocabulary_file import as_csv, as_toml, changed, write_vocabulary

FULL = Topic(
    "press-freedom", "subject", (("en", "Press freedom"), ("ur", "آزادی صحافت")), (("en", "free press"), ("pa-Arab", "صحافت دی آزادی")),
    (("en", "press"),), ("free",), ("ironing",), ("politics",), ("media",), ("wikidata:Q190603",), ("censorship", "old name"),
    None, False, 'a "note", with a comma',
)  # fmt: skip
SEVERAL = [FULL, Topic("daesh", merge_into="islamic-state"), Topic("fiji", hide=True)]


def read(folder: Path, name: str, text: str) -> tuple[Vocabulary, list[str]]:
    (folder / name).write_text(text, "utf-8")
    vocabulary, problems = read_vocabulary(folder)
    return vocabulary, [str(problem) for problem in problems]


@pytest.mark.parametrize(("name", "text"), [("vocabulary.toml", as_toml(SEVERAL)), ("vocabulary.csv", as_csv(SEVERAL))])
def test_what_is_written_is_read_back(tmp_path: Path, name: str, text: str) -> None:
    vocabulary, problems = read(tmp_path, name, text)
    assert problems == []
    found = {topic.id: topic for topic in vocabulary.topics}
    assert {
        field: set(value) if isinstance(value, tuple) else value
        for field, value in msgspec.structs.asdict(found["press-freedom"]).items()
    } == {
        field: set(value) if isinstance(value, tuple) else value
        for field, value in msgspec.structs.asdict(FULL).items()
    }
    assert found["daesh"].merge_into == "islamic-state"
    assert found["fiji"].hide


def test_a_file_without_entries_and_no_file_are_both_empty(tmp_path: Path) -> None:
    assert read_vocabulary(tmp_path) == (Vocabulary(), [])
    assert read(tmp_path, "vocabulary.toml", "")[0] == Vocabulary()


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('[[topic]]\nid = "x"\nkind = "contry"\nlabel = { en = "X" }\n', "vocabulary.toml:3:1", "unknown kind"),
        ('[[topic]]\nid = "x"\nlable = { en = "X" }\n', "vocabulary.toml:3:1", "unknown key `lable`"),
        ('\n[[topic]]\nlabel = { en = "X" }\n', "vocabulary.toml:2:1", "no id"),
        ('[[topic]]\nid = "../x"\nlabel = { en = "X" }\n', "vocabulary.toml:2:1", "no id"),
        ('[[topic]]\nid = "x"\nlabel = "X"\n', "vocabulary.toml:3:1", "a value for each language"),
        ('[[topic]]\nid = "x"\nlabel = { en = "X" }\nhide = "yes"\n', "vocabulary.toml:4:1", "true or false"),
        ('[[topic]\nid = "x"\n', "vocabulary.toml:1:", "no valid TOML"),
        ('[[topic]]\nid = "x"\nlabel = { en = "X" }\n[[topic]]\nid = "x"\nlabel = { en = "Y" }\n', "vocabulary.toml:4:1", "stands twice"),
        ('[[topic]]\nid = "x"\nlabel = { en = "X" }\nmerge_into = "syra"\n', "vocabulary.toml:1:1", "is no topic"),
        ('[[topic]]\nid = "x"\nlabel = { en = "A" }\n[[topic]]\nid = "y"\nlabel = { en = "a" }\n',
         "vocabulary.toml:4:1", "is claimed by x and by y"),
    ],
)  # fmt: skip
def test_a_mistake_has_its_line_and_column(tmp_path: Path, text: str, place: str, words: str) -> None:
    _, problems = read(tmp_path, "vocabulary.toml", text)
    assert any(problem.startswith(place) and words in problem for problem in problems), problems


def test_an_unknown_column_of_the_spreadsheet_is_told(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "vocabulary.csv", "id,kind,lable:en\nx,subject,X\n")
    assert any("unknown column `lable:en`" in problem and ":1:9:" in problem for problem in problems), problems


def test_a_spreadsheet_with_semicolons_is_read(tmp_path: Path) -> None:
    vocabulary, problems = read(tmp_path, "vocabulary.csv", "id;kind;label:en\nx;subject;X\n")
    assert problems == []
    assert vocabulary.topics[0].labels == {"en": "X"}


def test_one_entry_is_changed_and_comments_stay(tmp_path: Path) -> None:
    text = '# head\n\n[[topic]]\nid = "a"\nlabel = { en = "A" }\n\n# why b\n[[topic]]\nid = "b"\nlabel = { en = "B" }\n'
    vocabulary, _ = read(tmp_path, "vocabulary.toml", text)
    entries = changed(vocabulary.topics, Topic("a", label=(("en", "Aa"),)))
    write_vocabulary(tmp_path, entries)
    written = (tmp_path / "vocabulary.toml").read_text("utf-8")
    assert written.startswith("# head\n")
    assert '# why b\n[[topic]]\nid = "b"' in written
    assert read_vocabulary(tmp_path)[0].topics[0].labels == {"en": "Aa"}

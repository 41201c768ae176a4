"""A package is a bag that others prove, a crate that others read, and all that is needed to build the site again."""

import hashlib
import json
import shlex
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import bagit
import pytest
import rdflib
from click.testing import CliRunner, Result
from rocrate.rocrate import ROCrate
from small_site import SmallSite, dump, fingerprints, with_front_matter

from generator.cli import main

RO = rdflib.Namespace("http://schema.org/")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    site = SmallSite(tmp_path_factory.mktemp("packing") / "site")
    site.write(
        "site.toml",
        'title = "نمونہ"\nlanguage = "ur"\nbase_url = "https://archive.example"\n'
        '[licence]\nname = "CC BY 4.0"\nurl = "https://creativecommons.org/licenses/by/4.0/"\n',
    )
    site.write("moved.tsv", "/ur/2016/01/old.html\ta\n")
    site.write("vocabulary.toml", '[[topic]]\nid = "river"\nkind = "subject"\nlabel = { ur = "دریا" }\n')
    site.write("static/css/90-own.css", "body { color: #123 }")
    site.article("ur/a.md", with_front_matter({"headline": "دریا کی سرخی", "date": "2017-11-01"}, "دریا کا پیرا ہے۔"))
    site.article("ur/100% b.txt", dump("دوسری سرخی", "پیرا ہے۔"))
    site.article("ur/draft.md", with_front_matter({"headline": "مسودہ", "draft": "true"}, "ابھی نہیں۔"))
    site.article("ur/scan.pdf", b"%PDF-1.4")
    site.build()
    site.write("output/CNAME", "archive.example")
    return site


@pytest.fixture
def built(once: SmallSite, tmp_path: Path) -> SmallSite:
    return once.copy(tmp_path / "site")


def package(site: SmallSite, place: Path | str, *options: str) -> Result:
    given = [str(place), "--site", str(site.folder), "--date", "2026-02-01", *options]
    return CliRunner().invoke(main, ["package", *given], catch_exceptions=False)


@pytest.fixture
def bag(built: SmallSite, tmp_path: Path) -> Path:
    result = package(built, tmp_path / "bag", "--info", "Source-Organization=دفتر", "--info", "Contact-Name=Editor")
    assert result.exit_code == 0, result.output
    return tmp_path / "bag"


def test_the_library_of_congress_proves_it(bag: Path) -> None:
    proven = bagit.Bag(str(bag))
    assert proven.validate()
    assert proven.info["Bagging-Date"] == "2026-02-01"
    assert proven.info["Source-Organization"] == "دفتر"
    assert proven.info["External-Identifier"] == "https://archive.example"
    payload = [path for path in bag.rglob("data/**/*") if path.is_file()]
    assert proven.info["Payload-Oxum"] == f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    (bag / "data/site/index.html").write_text("changed", encoding="utf-8")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bag)).validate()


def test_it_holds_the_site_and_all_its_sources(bag: Path, built: SmallSite) -> None:
    assert fingerprints(bag / "data/site") == built.files()
    sources = fingerprints(bag / f"data/source/{built.folder.name}")
    assert set(sources) == {
        "site.toml", "moved.tsv", "vocabulary.toml", "static/css/90-own.css", "content/ur/a.md", "content/ur/100% b.txt",
        "content/ur/draft.md", "content/ur/scan.pdf",
    }  # fmt: skip
    record = json.loads((bag / "data/record.json").read_bytes())
    assert record["sources_without_page"] == ["ur/draft.md"]
    assert record["manifest_sha256"] == hashlib.sha256((built.output / "manifest-sha256.txt").read_bytes()).hexdigest()


def rebuilt(bag: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The site that the package's own command builds from its sources."""
    command = json.loads((bag / "data/record.json").read_bytes())["rebuild"]
    assert shlex.join(command).startswith("roznama build data/source/")
    monkeypatch.chdir(bag)
    result = CliRunner().invoke(main, command[1:], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return fingerprints(bag / "site-again")


def test_its_sources_build_the_same_site(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published = fingerprints(bag / "data/site")
    assert published.pop("CNAME")
    assert rebuilt(bag, monkeypatch) == published


def test_a_folder_of_text_without_site_toml_builds_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "kohinoor_papers"
    folder.mkdir()
    (folder / "a.txt").write_text(dump("پہلی سرخی", "یہ ایک پیرا ہے، اور یہ اردو میں ہے۔"), encoding="utf-8")
    assert CliRunner().invoke(main, ["build", str(folder), "--as-of", "2026-01-01", "--base-url", "https://a.example"]).exit_code == 0
    assert CliRunner().invoke(main, ["package", "--site", str(folder)]).exit_code == 0
    bag = tmp_path / "kohinoor_papers-bag"
    assert bagit.Bag(str(bag)).validate()
    assert set(fingerprints(bag / "data/source")) == {"kohinoor_papers/a.txt"}
    assert rebuilt(bag, monkeypatch) == fingerprints(bag / "data/site")


def test_articles_that_stand_elsewhere_build_the_same_site(site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("site.toml", 'language = "ur"\ncontent = "../texts"\n')
    site.write("../texts/a.txt", dump("پہلی سرخی", "پیرا ہے۔"))
    site.build()
    assert package(site, tmp_path / "bag").exit_code == 0
    assert rebuilt(tmp_path / "bag", monkeypatch) == fingerprints(tmp_path / "bag/data/site")


def test_one_file_has_the_same_bytes_each_time(built: SmallSite, tmp_path: Path) -> None:
    for name in ("one/archive.zip", "two/archive.zip", "one/archive.tar", "two/archive.tar"):
        assert package(built, tmp_path / name).exit_code == 0
    for form in ("zip", "tar"):
        assert (tmp_path / f"one/archive.{form}").read_bytes() == (tmp_path / f"two/archive.{form}").read_bytes()
    with zipfile.ZipFile(tmp_path / "one/archive.zip") as zipped, tarfile.open(tmp_path / "one/archive.tar") as tarred:
        zipped.extractall(tmp_path / "unzipped")
        safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python before 3.11.4 has none
        tarred.extractall(tmp_path / "untarred", **safe)  # type: ignore[arg-type]
    assert bagit.Bag(str(tmp_path / "unzipped/archive")).validate()
    assert bagit.Bag(str(tmp_path / "untarred/archive")).validate()
    assert fingerprints(tmp_path / "unzipped") == fingerprints(tmp_path / "untarred")


def test_a_crate_is_read_by_its_library(bag: Path) -> None:
    crate = ROCrate(bag / "data")
    assert crate.root_dataset["name"] == "نمونہ"
    assert crate.root_dataset["publisher"]["name"] == "دفتر"
    assert crate.root_dataset["license"].id == "https://creativecommons.org/licenses/by/4.0/"
    ids = {entity.id for entity in crate.data_entities}
    assert {"site/", "record.json", "site/data/articles-2017.csv", "site/data/topics.ttl"} <= ids
    for entity in crate.data_entities:
        assert (bag / "data" / entity.id).exists(), entity.id
        assert entity.type == ("Dataset" if entity.id.endswith("/") else "File")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # within rdflib itself
def test_a_crate_says_how_the_site_was_made(bag: Path) -> None:
    data: dict[str, Any] = json.loads((bag / "data/ro-crate-metadata.json").read_bytes())
    context = {"@vocab": str(RO), "conformsTo": {"@id": "http://purl.org/dc/terms/conformsTo"}, "@base": "https://crate.example/"}
    graph = rdflib.Graph().parse(data=json.dumps(data | {"@context": context}), format="json-ld")
    (action,) = graph.subjects(rdflib.RDF.type, RO.CreateAction)
    (made,) = graph.objects(action, RO.result)
    (sources,) = graph.objects(action, RO.object)
    (tool,) = graph.objects(action, RO.instrument)
    assert str(made) == "https://crate.example/site/"
    assert str(sources) == "https://crate.example/source/site/"
    assert [str(name) for name in graph.objects(tool, RO.name)] == ["Roznama"]
    root = rdflib.URIRef("https://crate.example/")
    assert [str(day) for day in graph.objects(root, RO.datePublished)] == ["2026-02-01"]
    reached, waiting = set(), [root]
    while waiting:
        for part in graph.objects(waiting.pop(), RO.hasPart):
            reached.add(part)
            waiting.append(part)  # type: ignore[arg-type]
    assert set(graph.subjects(rdflib.RDF.type, RO.File)) <= reached


@pytest.mark.parametrize("change", ["output", "source", "name"])
def test_what_is_no_record_is_not_packed(built: SmallSite, tmp_path: Path, change: str) -> None:
    if change == "output":
        built.write("output/index.html", "damaged")
    elif change == "source":
        built.article("ur/a.md", "changed")
    else:
        built.article("ur/x%0Ay.pdf", b"%PDF")
    for name in ("bag", "bag.zip"):
        result = package(built, tmp_path / name)
        assert result.exit_code == 1
        assert {"output": "verify-changed", "source": "verify-source-changed", "name": "package-name"}[change] in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_nothing_is_written_over_or_into_the_site(built: SmallSite, tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    for place in (tmp_path / "bag", built.output / "bag.zip", built.folder / "content/bag"):
        assert package(built, place).exit_code == 2
    assert package(built, tmp_path / "other", "--info", "no value").exit_code == 2
    assert not any((tmp_path / "bag").iterdir())


def test_a_link_to_a_file_elsewhere_is_left_out(built: SmallSite, tmp_path: Path) -> None:
    (built.folder / "content/ur/secret.pdf").symlink_to("/etc/hostname")
    result = package(built, tmp_path / "bag", "--json")
    assert (result.exit_code, "package-link" in result.stderr) == (0, True)
    assert json.loads(result.stdout)["warnings"] == 2
    assert not (tmp_path / "bag/data/source/site/content/ur/secret.pdf").exists()

"""Templates: what a change of one concerns, what they may see, where their mistakes are."""

from pathlib import Path

import pytest

from generator.pages.views import NotFoundView, PageView, SiteView
from generator.problems import ContentError
from generator.render import Renderer, find
from generator.theme import Templates


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "base.html": '{% include "shell_head.html" %}{% block main %}{% endblock %}',
        "shell_head.html": "<i>{{ site.title }}</i>",
        "article.html": '{% extends "base.html" %}{%- from "macros/date.html" import stamp %}{% include "blocks/" ~ x ~ ".html" %}',
        "macros/date.html": "{% macro stamp(d) %}{{ d }}{% endmacro %}",
        "blocks/figure.html": "figure",
        "blocks/list.html": "list",
        "other.html": "{# {% include 'x.html' %} #}other",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["base.html", "shell_head.html", "macros/date.html", "blocks/figure.html", "article.html"])
def test_a_template_depends_on_all_that_it_extends_includes_or_imports(folder: Path, name: str) -> None:
    before = Templates((folder,))
    (folder / name).write_text("changed", encoding="utf-8")
    after = Templates((folder,))
    assert before.digest("article.html") != after.digest("article.html")
    assert before.digest("other.html") == after.digest("other.html")


def test_a_sites_own_template_stands_before_the_themes(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "macros").mkdir(parents=True)
    (own / "macros" / "date.html").write_text("mine", encoding="utf-8")
    assert find((own, folder), "macros/date.html") == own / "macros" / "date.html"
    assert Templates((own, folder)).digest("article.html") != Templates((folder,)).digest("article.html")


def rendered(folder: Path, text: str, title: str = "x") -> str:
    (folder / "page.html").write_text(text, encoding="utf-8")
    site = SiteView(title="<b>ب</b>", tagline="", language="ur", direction="rtl", base_url="")
    page = PageView(kind="not_found", url="/a/b.html", root="../", language="ur", direction="rtl", title=title)
    return Renderer((folder,), {"ur": site}, None, None).render("page.html", page, NotFoundView()).decode()


def test_text_is_escaped_and_links_are_relative(folder: Path) -> None:
    assert rendered(folder, "{{ site.title }} {{ href('/topics/') }}") == "&lt;b&gt;ب&lt;/b&gt; ../topics/index.html"


def test_names_and_numbers_in_strings_are_isolated_and_escaped(folder: Path) -> None:
    assert "<bdi>&lt;i&gt;</bdi>" in rendered(folder, "{{ t('by', name='<i>') }}")
    assert "<bdi>3</bdi>" in rendered(folder, "{{ t.n('articles', 3) }}")


def test_a_remembered_string_does_not_take_text_for_markup(folder: Path) -> None:
    text = "{% macro m() %}<i>x</i>{% endmacro %}{{ t('credit', name=m()) }}|{{ t('credit', name='<i>x</i>') }}|{{ t('credit', name=m()) }}"
    first, second, third = rendered(folder, text).split("|")
    assert "<i>x</i>" in first == third
    assert "<bdi>&lt;i&gt;x&lt;/i&gt;</bdi>" in second


@pytest.mark.parametrize(
    ("body", "call", "shown"),
    [
        ("a, b='x', c='y'", "m('<', c=1)", "&lt;x1"),
        ("a, b='x', c='y'", "m('1', '2', '3')", "123"),
        ("a='', b='', c=''", "m(b=site.title)", "&lt;b&gt;ب&lt;/b&gt;"),
    ],
)
def test_macros_are_called_as_jinja_calls_them(folder: Path, body: str, call: str, shown: str) -> None:
    assert rendered(folder, f"{{% macro m({body}) %}}{{{{ a }}}}{{{{ b }}}}{{{{ c }}}}{{% endmacro %}}{{{{ {call} }}}}") == shown


def test_a_macro_may_wrap_what_its_caller_says_and_take_any_arguments(folder: Path) -> None:
    text = "{% macro m(a) %}{{ a }}{{ caller() }}{{ varargs }}{{ kwargs }}{% endmacro %}{% call m('<', 2, x=3) %}<p>{% endcall %}"
    assert rendered(folder, text) == "&lt;<p>(2,){&#39;x&#39;: 3}"


@pytest.mark.parametrize("call", ["m(1, 2)", "m(b=1)", "m(1, a=2)", "m() ~ ''"])
def test_a_macro_that_is_called_wrongly_is_a_problem(folder: Path, call: str) -> None:
    with pytest.raises(ContentError) as caught:
        rendered(folder, f"{{% macro m(a) %}}\n{{{{ a }}}}{{% endmacro %}}{{{{ {call} }}}}")
    assert caught.value.problem.code == "template"


def test_blocks_and_includes_stand_where_they_are_called(folder: Path) -> None:
    (folder / "two.html").write_text("{{ x }}{% set x = 2 %}{{ x }}", encoding="utf-8")
    main = '{% for x in (1, 3) %}{% include "two.html" %},{% endfor %}{{ self.foot() }}'
    (folder / "base.html").write_text("<{% block main %}{% endblock %}>{% block foot %}f{% endblock %}", encoding="utf-8")
    assert rendered(folder, f'{{% extends "base.html" %}}{{% block main %}}{main}{{% endblock %}}') == "<12,32,f>f"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n{{ nothing }}", 2, "'nothing' is undefined"),
        ("a\nb\n{% if %}", 3, "Expected an expression"),
        ("{{ t('no_such_key') }}", 1, "no_such_key"),
        ('{% extends "gone.html" %}', 1, "gone.html"),
    ],
)
def test_a_mistake_is_told_with_its_line(folder: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(ContentError) as caught:
        rendered(folder, text)
    assert caught.value.problem.line == line
    assert words in caught.value.problem.message
    assert caught.value.problem.path.endswith("page.html")

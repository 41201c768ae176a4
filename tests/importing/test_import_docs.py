"""What docs/importing.md says is so."""

import re
import types
from pathlib import Path

import pytest
from click.testing import CliRunner
from importing.samples import ARABIC, run

from generator import importing
from generator.cli import main
from generator.cli.import_ import import_

PAGE = (Path(__file__).parents[2] / "docs/importing.md").read_text("utf-8")


def test_every_option_and_format_is_documented() -> None:
    names = [name for option in import_.params for name in option.opts if name.startswith("--")]
    assert [name for name in names if f"`{name}" not in PAGE and f", `{name}`" not in PAGE] == []
    assert [module.NAME for module in importing.FORMATS if f"`{module.NAME}`" not in PAGE] == []
    assert CliRunner().invoke(main, ["import", "--help"]).exit_code == 0


def test_the_format_in_forty_lines_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    lines = [line for line in code.splitlines() if line.strip()]
    assert len(lines) <= 40
    wire = types.ModuleType("wire")
    exec(compile(code, "wire", "exec"), wire.__dict__)
    monkeypatch.setattr(importing, "FORMATS", (wire, *importing.FORMATS))
    monkeypatch.setitem(importing._BY_NAME, "wire", wire)
    text = f"ZCZC a1\nعنوان\n\n{ARABIC}\nNNNN\nZCZC a2\nبلا نص\nNNNN\nZCZC a3\nناقص\n"
    done = run(tmp_path, {"wire.dat": text.encode("windows-1256")})
    article = done.only()
    assert (article.id, article.headline, article.language) == ("a1", "عنوان", "ar")
    assert done.report.failed == 2

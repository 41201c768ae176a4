"""The wheel carries all that `roznama` needs in any folder: the theme, the languages, the labels, the schema."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_holds_the_theme_and_the_data(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = [path for path in (ROOT / "generator").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    missing = [path.relative_to(ROOT).as_posix() for path in wanted if path.relative_to(ROOT).as_posix() not in names]
    assert missing == []
    theme = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert [str(path) for path in theme if f"generator/theme/{path.relative_to(ROOT / 'templates').as_posix()}" not in names] == []
    assert not any(name.startswith(("content/", "tests/", "output/")) for name in names)

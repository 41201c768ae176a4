"""Fixtures that all tests may ask for."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from small_site import SmallSite

# A shell that runs `make test` in the background ignores Ctrl-C, and what is started from it would, too: `roznama serve`
# could not be ended as its user ends it.
signal.signal(signal.SIGINT, signal.default_int_handler)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="write the expected pages of tests/sites anew")


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    return SmallSite(tmp_path / "site")


def chromium() -> str | None:
    """The path of a Chromium on this machine, `CHROMIUM` in the environment first."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One Chromium for all browser tests."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: see tests/browser/install.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()

"""A build handed to Dask: the bytes of a local one, though a worker is killed; and what is said when it cannot be."""

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_site import SmallSite, dump

import generator
from generator import cluster
from generator.config import SiteErrors, load_site

PATIENCE = 60.0


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


@contextlib.contextmanager
def started(*commands: list[str], path: Path | None = None) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Modules of `distributed` run in processes; a package in `path` goes before the one installed."""
    silent = subprocess.DEVNULL
    processes = [
        subprocess.Popen([sys.executable, "-m", *command], cwd=path, stdout=silent, stderr=silent) for command in commands
    ]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler without workers."""
    file = tmp_path_factory.mktemp("dask") / "scheduler.json"
    command = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with started([*command, "--scheduler-file", str(file)]):
        until(file.exists)
        yield json.loads(file.read_text())["address"]


def worker(address: str) -> list[str]:
    return ["distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0"]


def run(site: SmallSite, address: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "generator", "build", str(site.folder), "--as-of", "2026-01-01", "--cluster", address]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def several(site: SmallSite, count: int) -> None:
    for number in range(count):
        text = dump(f"سرخی نمبر {number}", *(f"یہ ایک خبر ہے جس میں لکھا گیا ہے کہ شہر میں کیا ہوا {number}۔",) * 3)
        site.article(f"ur/20{number % 20:02d}/05/a{number}.txt", text)


def test_three_workers_one_of_them_killed_leave_the_bytes_of_a_local_build(
    site: SmallSite, tmp_path: Path, scheduler: str
) -> None:
    several(site, 400)
    local = site.twin(tmp_path / "local")
    local.build()
    with started(*[worker(scheduler)] * 3) as workers:
        build = run(site, scheduler)
        until(lambda: site.output.is_dir() and any(site.output.rglob("*.html")))
        workers[1].send_signal(signal.SIGKILL)
        workers[1].wait()
        said, errors = build.communicate(timeout=PATIENCE)
    assert build.returncode == 0, errors
    assert "400 articles (400 new)" in said
    assert site.files() == local.files()


def test_a_worker_with_other_code_is_named_and_nothing_is_built(site: SmallSite, tmp_path: Path, scheduler: str) -> None:
    several(site, 1)
    package = Path(generator.__file__ or "").parent
    shutil.copytree(package, tmp_path / "generator")
    shutil.copytree(package.parent / "templates", tmp_path / "templates")
    (tmp_path / "generator" / "digest.py").write_text((package / "digest.py").read_text("utf-8") + "# changed\n", encoding="utf-8")
    with started(worker(scheduler), path=tmp_path):
        build = run(site, scheduler)
        _, errors = build.communicate(timeout=PATIENCE)
    assert build.returncode == 1
    assert "error: of this worker, Roznama is " in errors
    assert "[cluster-version]" in errors
    assert not site.output.exists()


def test_a_worker_that_joined_later_does_no_task_of_another_version() -> None:
    with pytest.raises(SiteErrors, match="joined later"):
        cluster._work(b"of another version", len, "task")


def test_no_scheduler_is_an_error(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    several(site, 1)
    monkeypatch.setattr(cluster, "CONNECT", 0.2)
    with pytest.raises(SiteErrors, match="cluster-unreachable"), cluster.connected("tcp://127.0.0.1:1", load_site(site.folder)):
        pass

"""Runs the search engine of the browser: in Node where there is one, else in Chromium. Same file, same answers."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from generator.theme import folder

SCRIPT = folder() / "static" / "search.js"
_NODE = """
const fs = require("fs"), vm = require("vm");
vm.runInThisContext(fs.readFileSync(%s, "utf8"));
const given = JSON.parse(fs.readFileSync(0, "utf8"));
(async () => (%s)(given))().then(found => fs.writeSync(1, JSON.stringify(found)), error => { console.error(error); process.exit(1); });
"""
OPEN = """
const open = async files => {
  const engine = new roznama.Engine(async name => {
    if (files[name] === undefined) throw new Error(name);
    (0, eval)(files[name]);
  });
  await engine.ready;
  return engine;
};
"""
"""JavaScript that makes an engine of the files of an index: `await open(given.files)`."""
ASK = f"""async given => {{
  {OPEN}
  const engine = await open(given.files), found = [];
  for (const [query, options] of given.asked) {{
    const answer = await engine.search(query, options);
    const url = answer.numbers.length ? await engine.url(answer.numbers[0]) : null;
    found.push({{ numbers: answer.numbers, near: answer.near, mean: answer.mean, more: answer.more, url }});
  }}
  return found;
}}"""
"""What the engine finds for each of `given.asked`, (query, options), in `given.files`."""


def run(body: str, given: Any) -> Any:
    """What the JavaScript function `body` returns for `given`, with search.js loaded."""
    node = shutil.which("node")
    if node is not None:
        program = _NODE % (json.dumps(str(SCRIPT)), body)
        done = subprocess.run([node, "-e", program], input=json.dumps(given), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
    return _in_chromium(body, given)


def _in_chromium(body: str, given: Any) -> Any:
    from conftest import chromium

    path = chromium()
    if path is None:
        pytest.skip("neither Node nor Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.add_script_tag(path=str(SCRIPT))
        found = page.evaluate(body, given)
        browser.close()
        return found


def index_files(output: Path) -> dict[str, str]:
    """shard → its script, of a built site."""
    base = output / "search"
    return {path.relative_to(base).with_suffix("").as_posix(): path.read_text("utf-8") for path in base.rglob("*.js")}

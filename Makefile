# Two commands do everything on a fresh machine with Python 3.11+: `make site` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: site serve test lint bench screenshots docs wheel browser check-hosts clean

site: $(VENV)/installed
	$(BIN)/roznama build

serve: $(VENV)/installed
	$(BIN)/roznama serve --open

# The browser tests need a Chromium; `browser` installs Debian's where that is possible, and says so where it is not.
test: $(VENV)/installed-dev lint browser
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy

# Sizes by argument: make bench SIZES="1000 10000 100000"
SIZES ?= 1000 10000
bench: $(VENV)/installed-dev
	$(BIN)/python tests/bench/bench.py $(SIZES)
	$(BIN)/python tests/bench/bench_reading.py
	$(BIN)/python tests/bench/bench_topics.py --speed content
	$(BIN)/python tests/bench/bench_import.py
	$(BIN)/python tests/bench/bench_start.py
	$(BIN)/python tests/bench/bench_preview.py $(SIZES)

screenshots: site $(VENV)/installed-dev browser
	$(BIN)/python tests/browser/screenshots.py output screenshots

# The manual as a site, in site/. Pages made from the code are made anew first.
docs: $(VENV)/installed-dev
	$(BIN)/python tests/reference.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet  # of the tool's own future, not of these pages

wheel: $(VENV)/installed-dev
	$(BIN)/python -m build --outdir dist

browser:
	@sh tests/browser/install.sh

# The recipes of `roznama init --host` behind real servers: nginx and Caddy, installed from Debian where that is possible.
check-hosts: $(VENV)/installed-dev
	@sh tests/servers.sh
	$(BIN)/python -m pytest tests/test_hosts.py -rs

clean:
	rm -rf $(VENV) .roznama dist build screenshots site

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Roznama needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -c constraints.txt -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(PIP) install -c constraints.txt -e '.[dev]'
	touch $@

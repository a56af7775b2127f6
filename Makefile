# briefgen: `make site` builds the site, `make test` proves it, `make serve` shows it while you work.

PYTHON ?= python3
BASE   ?= HEAD
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TESTS  := $(VENV)/.ready-tests
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: help site serve changes check test bench format golden accuracy readme constraints clean

site: $(READY)  ## build the site from seeds/ into site/, with a PDF brief for each theater, actor and report; SINCE=... adds what changed
	$(BIN)/briefgen build --briefs$(if $(SINCE), --since $(SINCE))

serve: $(READY)  ## live preview; rebuilds when a seed, a template or knowledge changes
	$(BIN)/briefgen serve

changes: $(READY)  ## which events are new, gone or changed since BASE, as in a pull request's comment
	@$(BIN)/briefgen diff $(BASE) --format markdown

check: $(TESTS)  ## lint, types, quick tests, knowledge and records (a few minutes)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q -rs -m "not slow"
	$(BIN)/briefgen check --strict

test: check  ## everything that proves it, whole sites and a wheel as well
	$(BIN)/pytest -q -rs -m slow

bench: $(TESTS)  ## measure speed (minutes; needs the packages of the extra `bench`)
	$(PIP) -e '.[bench]'
	for script in bench/*.py; do $(BIN)/python $$script || exit 1; done

format: $(TESTS)  ## mend what ruff can mend
	$(BIN)/ruff check --fix-only -q .
	$(BIN)/ruff format .

golden: $(TESTS)  ## rewrite the golden files; the diff is the review
	UPDATE_GOLDEN=1 $(BIN)/pytest -q -k golden

accuracy: $(TESTS)  ## measure the extraction and write the figures of the method page
	cd tests && ../$(BIN)/python -m gate.accuracy

readme: $(TESTS)  ## write the command's help into README.md
	cd tests && ../$(BIN)/python readme.py

constraints: $(TESTS)  ## pin the versions that are installed now
	$(BIN)/python -m pip freeze --exclude-editable | grep -v '^-e ' > constraints.txt

clean:  ## remove all that is generated, records/ excepted
	rm -rf $(VENV) .build site .pytest_cache .mypy_cache .ruff_cache .hypothesis

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

$(READY): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is missing. On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version) is too old: 3.11 or later is needed. On Debian or Ubuntu: sudo apt-get install python3.11 python3.11-venv, then: make site PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv is missing. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	@touch $@

$(TESTS): $(READY)
	@pkg-config --exists icu-i18n 2>/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends g++ libicu-dev pkg-config python3-dev >/dev/null; } || echo "ICU is missing, which followthemoney, a library of the tests, is built with. On Debian or Ubuntu: sudo apt-get install g++ libicu-dev pkg-config python3-dev" >&2
	$(PIP) -e '.[test]'
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || echo "Chromium is missing, so the browser tests are left out, or fail where CI is set. On Debian or Ubuntu: sudo apt-get install chromium" >&2
	@touch $@

# briefgen: `make site` builds the site, `make test` proves it, `make serve` shows it while you work.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TESTS  := $(VENV)/.ready-tests

.PHONY: site serve test check format golden clean

site: $(READY)  ## build the site from seeds/ into site/
	$(BIN)/briefgen build

serve: $(READY)  ## live preview; rebuilds when a seed, a template or knowledge changes
	$(BIN)/briefgen serve

check: $(TESTS)  ## lint, types, quick tests, knowledge and records
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q -m "not slow"
	$(BIN)/briefgen check --strict

test: check  ## everything that proves it
	CI=$${CI-} $(BIN)/pytest -q -m slow

format: $(TESTS)
	$(BIN)/ruff check --fix-only -q .
	$(BIN)/ruff format .

golden: $(TESTS)  ## rewrite the golden files; the diff is the review
	$(BIN)/pytest -q -m "not slow" --update-golden

clean:
	rm -rf $(VENV) .build site .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is missing. On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version) is too old: 3.11 or later is needed. Install it, or name it: make site PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv is missing. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(TESTS): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

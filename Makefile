# Học Vụ Số: `make help` tells what each target does.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
# What is compiled is kept, also where containers switch that off: else every worker compiles every test anew.
TESTS := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n logical --dist worksteal
.DEFAULT_GOAL := help

.PHONY: help
help: ## explain every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: PYTHON=python3.12 make ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.runs: requirements.lock .venv/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.tests: requirements-dev.lock requirements-schemas.lock .venv/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-schemas.lock
	@touch $@ .venv/.runs

.PHONY: run
run: .venv/.runs ## set up and start the web chat on this machine, with a demo school on an empty database
	@$(BIN)/python -m bot run

.PHONY: console
console: .venv/.runs ## the same conversation in this terminal
	@$(BIN)/python -m bot console

.PHONY: test
test: .venv/.tests ## set up and run every test but those of the pages in a browser
	@$(TESTS) -m "not page"

.PHONY: test-page
test-page: .venv/.tests chromium ## the tests of the pages, in a real Chromium
	@$(TESTS) -m page

.PHONY: test-postgresql
test-postgresql: .venv/.tests ## every test that keeps something, on a real PostgreSQL instead of SQLite
	@EVERYTHING_ON=postgresql $(TESTS) -k postgresql

.PHONY: chromium
chromium: # the page tests need a browser; without one they are left out, in CI they fail
	@sh .ci/chromium

.PHONY: check
check: .venv/.tests chromium ## format, lint, types, import contracts, content, translations, every test
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m bot check-content
	@$(MAKE) --no-print-directory translations-check
	@$(TESTS)

.PHONY: format
format: .venv/.tests ## put the code into its one format
	@$(BIN)/ruff check --fix -q .
	@$(BIN)/ruff format -q .

.PHONY: media
media: .venv/.runs ## build every lesson's pictures, pages to print and voices (some minutes; what is there stays)
	@sh .ci/media
	@echo "Building pictures, pages and voices; the first time takes some minutes."
	@$(BIN)/python -m bot media

.PHONY: translations
translations: .venv/.tests ## bring the catalogues up to date with the phrases in the code
	@$(BIN)/python -m tests.translations --write

.PHONY: translations-check
translations-check: .venv/.tests ## fail when a phrase has no translation or a catalogue is stale
	@$(BIN)/python -m tests.translations

.PHONY: bench
bench: .venv/.tests ## measure: turns a second and their latency, memory, start-up, the parser, media, reports
	@$(BIN)/python -m bench.turns
	@$(BIN)/python -m bench.parse
	@$(BIN)/python -m bench.media
	@$(BIN)/python -m bench.reports
	@$(BIN)/python -m bench.outbox

.PHONY: bench-media
bench-media: .venv/.tests ## measure what a card, a page and a spoken step cost
	@$(BIN)/python -m bench.media

.PHONY: bench-reports
bench-reports: .venv/.tests ## measure the reports of a class, a school and a ward of 100 schools (3 minutes)
	@$(BIN)/python -m bench.reports

.PHONY: bench-parse
bench-parse: .venv/.tests ## measure the one-line parser by field and by kind of line
	@$(BIN)/python -m bench.parse

.PHONY: crash
crash: .venv/.tests ## kill the program 300 times under load: no log, no reminder may be lost (about 5 minutes)
	@$(BIN)/python -m bench.kills 300

.PHONY: soak
soak: .venv/.tests ## the long forms: 1,000 kills, a year of reminders for 1,000 people, people in any order, a thousand schools counted, 10,000 codes guessed, every number on a strange button (over an hour)
	@$(BIN)/python -m bench.kills 1000
	@PEOPLE=1000 $(BIN)/python -m pytest -q tests/bot/test_year.py
	@EXAMPLES=300 $(BIN)/python -m pytest -q tests/handlers/test_honesty.py tests/handlers/test_draft.py tests/handlers/test_check.py tests/handlers/test_walks.py
	@EXAMPLES=1000 $(BIN)/python -m pytest -q tests/handlers/reports/test_histories.py
	@EXAMPLES=10000 $(BIN)/python -m pytest -q tests/handlers/test_cards.py tests/handlers/test_roles.py

.PHONY: migration
migration: .venv/.tests ## write a migration from what changed in db/models.py: make migration m="what changes"
	@$(BIN)/python -m db.new_migration "$(m)"

.PHONY: lock
lock: .venv/.tests ## lock the newest allowed dependencies with their hashes
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group dev -o requirements-dev.lock

.PHONY: clean
clean: ## remove the virtual environment and every cache, not the database
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

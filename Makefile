# Šalter.  Plain `make` lists the targets; each sets up what it needs first.
#
#   make test TESTS=tests/domain     only these tests
#   make db   ARGS="check"           salter-db with these words
#   make bench ARGS="--accounts 100000"

SHELL := /bin/bash
PYTHON ?= python3
export PYTHON
BIN := .venv/bin
TESTS ?= -n 2 --dist loadfile
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check cover format db i18n bench tour exe venv lock licenses

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start the program; the first start builds a demo city
	@.ci/prepare window python
	@if [[ -n "$$DISPLAY$$WAYLAND_DISPLAY" || $$(uname) != Linux ]]; then $(BIN)/salter $(ARGS); else .ci/tour-instead; fi

test: ## run the tests
	@.ci/prepare window python
	@QT_QPA_PLATFORM=offscreen $(BIN)/pytest $(TESTS) $(ARGS)

check: ## format, lint, layers, types, and then the tests
	@.ci/prepare window python
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	@$(MAKE) --no-print-directory test

cover: ## what of app and db the tests run through: build/cover
	@$(MAKE) --no-print-directory test ARGS="--cov --cov-report=term --cov-report=html $(ARGS)"

format: ## put the code into its one format
	@.ci/prepare python
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

db: ## look after the database: make db ARGS="check"
	@.ci/prepare python
	@$(BIN)/salter-db $(ARGS)

i18n: ## gather the texts and translate them
	@.ci/prepare window python
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m ui.words.translations $(ARGS)

bench: ## measure what was promised: build/bench.json
	@.ci/prepare window python
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench $(ARGS)

tour: ## walk through the program offscreen: pictures in build/tour
	@.ci/prepare window python
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.tour $(ARGS)

exe: ## one folder to install from: dist/salter
	@.ci/prepare window freezing python
	@$(BIN)/pyinstaller --noconfirm --log-level WARN --workpath build/exe build.spec

venv: ## make .venv from the lock
	@.ci/prepare python

licenses: ## write docs/third-party.md from requirements.lock
	@.ci/prepare python
	@$(BIN)/python -m tests.licenses

lock: ## write requirements.lock anew; ARGS=--upgrade takes newer versions
	@.ci/prepare python
	@[[ -x build/lock/bin/uv ]] || { $(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv; }
	@build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --group dev $(ARGS) pyproject.toml -o requirements.lock

# Parvis. `make run`, then open http://127.0.0.1:8000

PYTHON ?= python3
BIN := .venv/bin
# Sizes of the benchmarks; see bench/README.md.
BENCH ?=

.PHONY: help run test check bench format clean

help:
	@echo "make run     set up what is missing and serve on http://127.0.0.1:8000 (Ctrl-C stops)"
	@echo "make test    every test, on SQLite and PostgreSQL, in Chromium and in a text browser"
	@echo "make check   format, lint, types, templates"
	@echo "make bench   weight, processor time, votes a second, memory, search: ratios from one run"
	@echo "make format  put the code into its format"
	@echo "make clean   remove the virtual environment and what was generated (never a database)"

run: .venv/run
	@exec $(BIN)/flask --app app serve

test: .venv/dev
	@$(BIN)/pytest -n 2 --dist loadfile

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates

bench: .venv/dev
	@$(BIN)/python -m bench $(BENCH)

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv static/build .mypy_cache .ruff_cache .pytest_cache

.venv/bin/pip:
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/pip
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.txt
	@touch $@

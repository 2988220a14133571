# Parvis. `make run`, then open http://127.0.0.1:8000

# Another interpreter wants a folder of its own: make test PYTHON=python3.13 VENV=.venv-3.13
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# What pytest is asked besides: TEST="--database sqlite tests/groups".
TEST ?=
# Sizes of the benchmarks; see bench/README.md.
BENCH ?=

.PHONY: help run test check bench format clean

help:
	@echo "make run     set up what is missing and serve on http://127.0.0.1:8000 (Ctrl-C stops)"
	@echo "make test    every test, on SQLite and PostgreSQL, in Chromium and in a text browser"
	@echo "make check   format, lint, types, templates"
	@echo "make bench   weight, processor time, votes a second, memory, search: ratios from one run"
	@echo "make format  put the code into its format"
	@echo "make clean   remove the virtual environments and what was generated (never a database)"

run: $(VENV)/run
	@exec $(BIN)/flask --app app serve

test: $(VENV)/dev
	@$(BIN)/pytest -n 2 --dist loadfile $(TEST)

check: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates

bench: $(VENV)/dev
	@$(BIN)/python -m bench $(BENCH)

format: $(VENV)/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv .venv-* static/build .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run: requirements.txt | $(VENV)/bin/pip
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/run
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.txt
	@touch $@

# The one door. Each target makes its own environment from the lock: Python 3.11 or newer, make and a package index are enough.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
BENCH  := .venv-bench
LOCK   := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
# What a site has; tables for researchers are asked for apart.
RUN    := chat dense dicom fhir s3 search site
PIP    := -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run test check format bench fuzz lock clean

help: ## What can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run ## Set up, load the demo, show the demo comparison, serve the site on this machine
	@$(BIN)/milium demo --serve

test: $(VENV)/.dev ## Run every test: SQLite, PostgreSQL and the browser where they are there
	@$(BIN)/python -m tools.test

check: $(VENV)/.dev ## Format, lint, types, import contracts, data files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=src $(BIN)/lint-imports --no-cache
	$(BIN)/python -m tools.check_data

format: $(VENV)/.dev ## Format and mend what can be mended alone
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(BENCH)/.ready ## Measure speed, memory and reading, beside other programs
	@$(BENCH)/bin/python -m benchmarks

fuzz: $(VENV)/.dev ## Make up 10,000 calls to the API and see that nothing breaks
	@MILIUM_FUZZ_CALLS=10500 $(BIN)/python -m pytest -q -s --show-capture=no tests/site/test_api_fuzz.py

lock: $(VENV)/.dev ## Make the locks anew from pyproject.toml
	$(LOCK) pyproject.toml --all-extras --group dev -o requirements/dev.txt
	$(LOCK) pyproject.toml $(RUN:%=--extra %) -c requirements/dev.txt requirements/build.in -o requirements/run.txt
	@# The bench keeps to the versions of the tests, but for numpy: what it measures beside Milium needs an older one.
	awk '/^[a-z]/ { skip = /^numpy==/ } !skip' requirements/dev.txt > $(VENV)/bench-constraints.txt
	$(LOCK) requirements/bench.in pyproject.toml -c $(VENV)/bench-constraints.txt -o requirements/bench.txt

clean: ## Remove the environments and caches, never the instance's data
	rm -rf $(VENV) $(BENCH) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Setting up (once; a minute or so) ..."
	@$(BIN)/python $(PIP) install --require-hashes --requirement requirements/run.txt
	@$(BIN)/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Setting up what the tests need (once; a minute or two) ..."
	@$(BIN)/python $(PIP) install --require-hashes --requirement requirements/dev.txt
	@$(BIN)/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run

$(BENCH)/.ready: requirements/bench.txt pyproject.toml
	@$(PYTHON) tools/make_environment.py $(BENCH)
	@echo "Setting up what is measured beside Milium (once; a few minutes) ..."
	@$(BENCH)/bin/python $(PIP) install --require-hashes --requirement requirements/bench.txt
	@$(BENCH)/bin/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/python:
	@$(PYTHON) tools/make_environment.py $(VENV)

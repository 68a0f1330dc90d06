# Maksa. Two commands for a newcomer: `make demo` and `make test`. The rest is for daily work.

PORT ?= 8080
HOME_DIR ?= demo-home

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

.PHONY: help demo test lint types arrows docs bench relevance mutations requirements clean

help: ## say what each target does
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 20

demo: $(BIN)/.installed ## install, load the samples, serve on http://127.0.0.1:8080 (PORT=, HOME_DIR=)
	@exec $(BIN)/maksa demo --home "$(HOME_DIR)" --port "$(PORT)"

test: lint types arrows ## install what tests need, then run every check and all tests with coverage
	$(BIN)/pytest -n auto --dist loadgroup --cov --cov-report=
	$(BIN)/python tests/branch_coverage.py

lint: $(BIN)/.installed-dev ## style and format of the code
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(BIN)/.installed-dev ## types, strictly
	$(BIN)/mypy

arrows: $(BIN)/.installed-dev ## imports only go down the stairs
	$(BIN)/lint-imports --no-cache

docs: $(BIN)/.installed-dev ## the map, the links, the edition format and the commands of the docs are true
	$(BIN)/pytest tests/architecture/test_map.py tests/architecture/test_docs.py tests/architecture/test_edition_format.py

bench: $(BIN)/.installed-dev ## measure imports, builds, questions and HTTP, each with its method (minutes)
	@for bench in benchmarks/bench_*.py; do $(BIN)/python "$$bench" || exit 1; done

relevance: $(BIN)/.installed-dev ## ask the labelled queries: hit@1, hit@5 and MRR by kind (needs the real lists)
	$(BIN)/python tests/relevance/relevance.py --misses

mutations: $(BIN)/.installed-dev ## put faults into clean messages: found, rightly named and placed, by kind of fault
	PYTHONPATH=tests/samples $(BIN)/python tests/prescriptions/mutations.py --misses

requirements: $(BIN)/.installed-dev ## pin the newest dependencies that pyproject.toml allows, with hashes
	$(PIP) uv
	$(COMPILE) --upgrade --output-file requirements.txt pyproject.toml
	$(COMPILE) --upgrade --output-file requirements-dev.txt --constraint requirements.txt --group dev pyproject.toml
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
	  | $(COMPILE) --no-annotate --output-file requirements-build.txt -

clean: ## remove what can be made again; homes stay
	rm -rf .venv build dist .coverage .coverage.* .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	rm -rf src/*.egg-info

# pip is the last thing that venv puts there: when it is there, the environment is whole. PYTHON= chooses another one.
$(BIN)/pip:
	@for python in $(or $(PYTHON),python3 python3.11 python3.12 python3.13 python3.14 python); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making .venv with $$("$$python" --version) ..." && exec "$$python" -m venv .venv; \
	  fi; \
	done; echo "Found no Python 3.11 or newer. Install one, or name it: make demo PYTHON=/path/to/python3" >&2; exit 1

# The package itself is installed editable, built with the pinned setuptools: nothing is taken that has no hash.
$(BIN)/.installed: requirements.txt requirements-build.txt pyproject.toml | $(BIN)/pip
	@echo "Installing Maksa and what it needs into .venv ..."
	@$(PIP) --require-hashes --no-deps -r requirements.txt -r requirements-build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/.installed-dev: requirements-dev.txt $(BIN)/.installed
	@echo "Installing what the tests need into .venv ..."
	@$(PIP) --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

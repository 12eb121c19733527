# The tasks of this checkout; `make` alone lists them. Needs make and Python 3.11 to 3.13, nothing else.
PYTHON ?= python3
PY := .venv/bin/python
DATELINE := .venv/bin/dateline
DEMO := build/demo.book

.DEFAULT_GOAL := help
.PHONY: help setup demo test check accuracy bench kills docs docs-write lock clean

help:
	@echo "dateline's tasks (make TASK):"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r task what; do printf '  %-11s %s\n' "$$task" "$$what"; done

setup: ## make or complete the environment in .venv (every task does it by itself)
	@$(PYTHON) tools/environment.py

demo: setup ## code the example reports into a book and show what happened, day by day
	@mkdir -p build && rm -rf $(DEMO) $(DEMO).wal
	$(DATELINE) code examples --book $(DEMO)
	$(DATELINE) timeline --book $(DEMO)

test: setup ## run the tests (make test ARGS="-k times" for some)
	$(PY) -m pytest $(ARGS)

check: setup docs ## formatting, lint, types, the order of the layers, generated parts of the docs
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	PYTHONPATH=src $(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

accuracy: setup ## score dateline against the gold reports; fails below a floor (ARGS=--raise lifts them)
	$(PY) tools/accuracy.py $(ARGS)

bench: setup ## measure speed and memory on the gold reports
	$(PY) tools/bench.py $(ARGS)

kills: setup ## kill `dateline code` 200 times at random moments and see that it goes on (long)
	DATELINE_KILLS=200 $(PY) -m pytest tests/test_book_shared.py -k kill

docs: setup ## check that the generated parts of README, docs and schema are current
	$(PY) tools/generate.py --check

docs-write: setup ## write the generated parts of README, docs and schema anew
	$(PY) tools/generate.py
	@mkdir -p build && rm -rf build/pictures.book
	$(DATELINE) code examples --book build/pictures.book
	cd build && ../$(PY) ../tools/picture.py ../docs/case.svg 112 case "Ana Lucía Restrepo" --book pictures.book

lock: ## write the lock files anew (needs uv; ARGS=--upgrade for newer releases)
	@command -v uv >/dev/null || { echo "make lock needs uv (pip install uv)" >&2; exit 1; }
	uv pip compile pyproject.toml $(LOCKING) --output-file requirements.txt
	uv pip compile pyproject.toml --extra dev --constraints requirements.txt $(LOCKING) --output-file requirements-dev.txt

LOCKING := $(ARGS) --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --only-binary :all: \
	--custom-compile-command "make lock"

clean: ## remove what the tasks made, but for .venv
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

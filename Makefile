# `make` prints this list. Everything runs in one environment, .venv, made under constraints.txt.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PERIODS ?= 2018H1 2024H1
FORMATS ?= html,pdf,docx,xlsx
ALL_CORES := --numprocesses auto --dist loadfile

.PHONY: help report test soak figures docs lint lab bench clean

help:  ## Print this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

report: .venv/.ready  ## Make the reports of PERIODS (2018H1 2024H1) into reports/
	$(BIN)/bcanalysis report $(PERIODS) --format $(FORMATS)

test: .venv/.ready .venv/.system  ## Run all tests
	$(BIN)/pytest $(ALL_CORES)

soak: .venv/.ready .venv/.system  ## Run the long suites: every property with many more cases
	HYPOTHESIS_PROFILE=soak $(BIN)/pytest $(ALL_CORES)

figures: .venv/.ready .venv/.system  ## Write where each figure of report 132 appears into docs/figures-132.md
	$(BIN)/python -m tests.notebooks.figures_of_132

docs: .venv/.ready  ## Write the command reference, and the documentation with its gallery into site/
	$(BIN)/python -m bcanalysis.cli.reference docs/commands.md
	$(BIN)/bcanalysis report 2018H1 --shared-assets --out site/reports
	$(BIN)/bcanalysis report 2018H1 --notebook explore --shared-assets --out site/reports
	$(BIN)/python -m docs.site site

lint: .venv/.ready  ## Check style, types, imports and docstrings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/numpydoc lint $$(git ls-files 'bcanalysis/*.py')

lab: .venv/.ready  ## Open JupyterLab on the notebooks
	$(BIN)/bcanalysis lab

bench: .venv/.ready  ## Measure against what a user would run instead
	$(BIN)/python -m benchmarks

clean:  ## Remove what can be made again
	rm -rf .venv reports site benchmarks/results .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else f"Python {sys.version.split()[0]}: bcanalysis needs 3.11 or newer; try make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[lab,test]'
	@touch $@

.venv/.system: tests/system-packages .venv/.ready
	@sh tests/system-packages
	@touch $@

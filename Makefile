# Two commands for everybody: `make map` and `make test`. Both set up what they need in .venv beside this file,
# with plain venv and pip; once that is done they work without a network.
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out
CODE := geo gazetteer maps tests tools $(wildcard hatch_build.py)

.DEFAULT_GOAL := help
.PHONY: help map test check style types entries scripts wheel-test docs figures picture clean

help:  ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

map:  ## Set everything up, map the starter reports, say where the map lies
	@bash tools/setup_venv.sh map
	@$(BIN)/conflict-mapper map seeds --out $(OUT)
	@echo "Open the map: file://$(abspath $(OUT))/map.html"

test:  ## Set everything up and run all tests, the browser's too (ARGS="-k name" picks some)
	@bash tools/setup_venv.sh test
	@bash tools/setup_browser.sh
	@bash tools/setup_node.sh
	@$(BIN)/python -m pytest $(ARGS)

check: style types entries scripts  ## Style, types, gazetteer entries and the page's scripts

style:
	@bash tools/setup_venv.sh test
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types:
	@bash tools/setup_venv.sh test
	$(BIN)/mypy

entries:
	@bash tools/setup_venv.sh map
	$(BIN)/conflict-mapper gazetteer check

scripts:
	@bash tools/setup_node.sh
	@if [ -f node_modules/.stamp ]; then npm run --silent lint && if [ -d tests/js ]; then npm test --silent; fi; fi

wheel-test:  ## Build the wheel, install it in a new environment and use it from an empty folder
	@bash tools/test_wheel.sh

docs:  ## Build the documentation site into build/site
	@bash tools/setup_venv.sh docs
	$(BIN)/python -m sphinx -W -q -b html docs build/site
	@echo "Open the documentation: file://$(abspath build/site)/index.html"

figures:  ## Write the figures in README.md anew
	@bash tools/setup_venv.sh map
	@$(BIN)/python tools/update_figures.py

picture:  ## Take the picture of the map in README.md anew
	@bash tools/setup_venv.sh test
	@bash tools/setup_browser.sh
	@$(BIN)/python tools/take_picture.py

clean:  ## Remove what was built; .venv stays
	rm -rf build dist out node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

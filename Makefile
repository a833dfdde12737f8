# make run and make test set everything up themselves; make help lists the rest.
PYTHON ?=
ARGS ?=
# The two gates, branches included: everything, and the part that decides.
COVERAGE ?= 90
COVERAGE_PURE ?= 100
PURE = rules/*,bot/decide.py,bot/greetings.py,bot/nicknames.py,bot/topics.py
WORKERS ?= 2

BIN = .venv/bin
READY = .venv/.ready
OTHER = .venv-other/.ready
EXAMPLES = $(wildcard examples/*.rules.yaml)
BENCHMARKS = $(basename $(notdir $(wildcard benchmarks/bench_*.py)))
SETUP_FILES = requirements.lock pyproject.toml scripts/setup.sh
header = @printf '\n== %s\n' "$(1)"

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test lint pytest bench lock docs faults screenshots clean FORCE

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(READY) ## start the bot; with nothing configured, the room in the browser (ARGS="--help")
	@exec $(BIN)/qunguan run $(ARGS)

test: lint pytest ## every check: format, lint, types, layers, sizes, rule files, tests, coverage

lint: $(READY) ## the checks that run no test
	$(call header,format)
	@$(BIN)/ruff format --check .
	$(call header,lint)
	@$(BIN)/ruff check .
	$(call header,types)
	@$(BIN)/mypy
	@$(BIN)/mypy scripts
	$(call header,layers)
	@$(BIN)/lint-imports
	$(call header,sizes)
	@$(BIN)/python scripts/size_check.py
	$(call header,rule files: at least 95 % of small changes of a pack are noticed by its tests)
	@$(BIN)/qunguan test $(EXAMPLES)
	@$(BIN)/qunguan test --mutate rules/packs

pytest: $(READY) $(OTHER) ## the tests with their coverage (ARGS="tests/rules -x" for some, without gates)
	$(call header,tests)
ifeq ($(strip $(ARGS)),)
	@rm -f .coverage .coverage.*
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --cov --cov-report=
	$(call header,coverage of all code: at least $(COVERAGE) %)
	@$(BIN)/coverage report --skip-covered --show-missing --fail-under=$(COVERAGE)
	$(call header,coverage of the part that decides: at least $(COVERAGE_PURE) %)
	@$(BIN)/coverage report --skip-covered --show-missing --include='$(PURE)' --fail-under=$(COVERAGE_PURE)
else
	@$(BIN)/python -m pytest $(ARGS)
endif

bench: $(READY) ## the benchmarks, one line of JSON each
	@for file in $(BENCHMARKS); do $(BIN)/python -m "benchmarks.$$file" $(ARGS) || exit 1; done

docs: $(READY) ## write the generated pages of docs/ again
	@for script in scripts/*_docs.py; do $(BIN)/python "$$script" || exit 1; done

faults: $(READY) ## write tests/faults/expected.txt again, what check says of every fault
	@$(BIN)/python -m tests.faults.golden

screenshots: $(READY) ## take the pictures of README and docs again; needs chromium
	@$(BIN)/python scripts/screenshots.py

lock: $(READY) ## pin the newest allowed versions in requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --all-extras --upgrade \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean: ## remove environments and caches; home folders stay
	rm -rf .venv .venv-other .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf .coverage .coverage.* build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): $(SETUP_FILES) $(if $(PYTHON),FORCE)
	@PYTHON="$(PYTHON)" sh scripts/setup.sh
	@touch $@

$(OTHER): $(READY)
	@sh scripts/setup.sh other
	@mkdir -p $(@D) && touch $@

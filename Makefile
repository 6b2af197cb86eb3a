# make run · make test · make lint · make system: see README.md
PYTHON ?= python3
VENV ?= .venv
MAILS ?= examples/drafts
BIN = $(VENV)/bin

.PHONY: run check test lint system bench addin clean

run: check
	@$(BIN)/presend serve --config examples/presend.toml

check: $(VENV)/run
	@$(BIN)/presend check examples/drafts --config examples/presend.toml || test $$? -eq 1   # 1: findings, as meant

# The tests of one file share servers: they stay together, and begin in the order of tests/longest.py.
# Hundreds of processes start: each would compile the program anew where this is set.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/dev addin
	@sh .ci/addin test
	$(BIN)/python -m pytest -n logical --dist loadfile --no-loadscope-reorder

# The add-ins, bundled into checker/addin/dist: packed by `presend addin build`, served at /addin/.
addin:
	@sh .ci/addin build

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Debian packages for the real programs that the tests talk to (root, where one is missing).
system:
	@sh .ci/system


bench: $(VENV)/dev
	$(BIN)/python bench/throughput.py $(MAILS)
	$(BIN)/python bench/gate.py

$(VENV)/run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[service]"
	@touch $@

$(VENV)/dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[dev]"
	@touch $@ $(VENV)/run

clean:
	rm -rf $(VENV) build dist *.egg-info addin/node_modules checker/addin/dist

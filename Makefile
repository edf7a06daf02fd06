# Two commands do everything on a fresh machine with Python 3.11+, git and make: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PLAIN := $(VENV)/.plain
STAMP := $(VENV)/.installed

.PHONY: demo test lint check agreement moments benchmark card clean

demo: $(PLAIN)  ## review an example that is in the repository
	$(BIN)/duologue review examples/discovery-call.vtt --us "Nora Feld"

test: $(STAMP)  ## every test
	$(BIN)/pytest $(PYTEST)

lint: $(STAMP)  ## style, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

agreement: $(STAMP)  ## measure the detectors against people's labels (needs ../shared)
	$(BIN)/python -m benchmarks.agreement --write

moments: $(STAMP)  ## measure the moments beside their baselines (what needs ../shared is left out without it)
	$(BIN)/python -m benchmarks.moments --write

benchmark: $(STAMP)  ## speed and memory, as ratios
	$(BIN)/python -m benchmarks.review
	$(BIN)/python -m benchmarks.acts

card: $(STAMP)  ## the model card, from the weights in the package
	$(BIN)/python -m training.evaluate --write

# To review an example takes the package alone; tests and measures take what hears recordings, and weights, as well.
$(PLAIN): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	touch $(PLAIN)

$(STAMP): $(PLAIN)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[audio]" --group dev
	touch $(STAMP)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist build

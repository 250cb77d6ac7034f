# The commands a person needs. `make` alone lists them.

SWIFT ?= swift
PREFIX ?= /usr/local
# make demo TEXT=path trains on your own text instead of the generated sentences.
TEXT ?=
# make bench ARGS=--full, make results ARGS="--only tag"
ARGS ?=

.PHONY: help setup build demo test install bench results clean

help:
	@echo "make demo [TEXT=path]       set up, build, train a small model, sample from it"
	@echo "make test                   set up and run every test"
	@echo "make install [PREFIX=path]  a binary that needs neither Swift nor OpenMP packages"
	@echo "make bench [ARGS=--full]    compare with PyTorch, ONNX Runtime and OpenBLAS; rewrites benchmarks/RESULTS.md"
	@echo "make results [ARGS=--only …] train a model of every task on real data; rewrites docs/results.md"
	@echo "make build                  set up and build, .build/release/seqnet"

setup:
	@sh scripts/setup.sh "$(SWIFT)"

build: setup
	$(SWIFT) build -c release --product seqnet

demo: build
	@sh scripts/demo.sh .build/release/seqnet "$(TEXT)"

test: setup
	$(SWIFT) build --build-tests
	python3 -m unittest discover -s benchmarks/tests -t benchmarks
	$(SWIFT) test --skip-build

install: setup
	sh scripts/install.sh "$(SWIFT)" "$(PREFIX)"

bench: build
	python3 -m venv benchmarks/.venv
	benchmarks/.venv/bin/pip install --quiet -r benchmarks/requirements.txt
	benchmarks/.venv/bin/python benchmarks/compare.py $(ARGS)

results: build
	python3 benchmarks/results.py $(ARGS)

clean:
	$(SWIFT) package clean

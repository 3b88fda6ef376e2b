# Every target does its own set-up first; scripts/bootstrap does nothing when all is there.
.DEFAULT_GOAL := help
.PHONY: help build demo test bench fuzz format bootstrap

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-9s %s\n", $$1, $$2 }'

bootstrap: ## Install what the other targets need
	@scripts/bootstrap

build: bootstrap ## Build the release binary, .build/release/envd
	@scripts/build

demo: bootstrap ## Lint, format, plan and serve Examples/pytorch
	@scripts/demo

test: ## Run all tests
	@scripts/bootstrap --tests
	@.build/python/bin/python scripts/test

bench: bootstrap ## Measure the parts of the tool against others
	@scripts/bench

fuzz: bootstrap ## Try fresh random inputs on the parser, the Starlark engine, the planner and the language server
	@scripts/fuzz

format: ## Format the Swift sources
	@scripts/format

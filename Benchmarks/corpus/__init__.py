"""Generates realistic Starlark, the same bytes for the same seed. Standard library only; see `scripts/make-corpus`."""

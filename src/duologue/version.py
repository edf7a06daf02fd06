"""The version that a review carries. A test holds it to the literal in pyproject.toml."""

VERSION = "0.1.0"

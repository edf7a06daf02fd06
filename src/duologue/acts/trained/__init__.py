"""Acts by trained models; see docs/model-card.md for what they know and how well."""

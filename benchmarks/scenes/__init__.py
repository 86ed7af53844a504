"""Seeded maker of synthetic testimony clips with exact truth. See README.md."""

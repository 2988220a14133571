"""Tests of what the site holds of a person."""

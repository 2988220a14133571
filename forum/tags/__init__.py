"""Tags: one tag under all its spellings."""

"""Search: reading what was typed, the index, and the pages that answer."""

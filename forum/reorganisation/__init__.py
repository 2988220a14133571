"""Acts that concern several features at once: pouring groups together, moving discussions, deleting groups."""

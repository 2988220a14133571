"""Places: départements, circonscriptions, communes; reading a query."""

"""Where what can be found is kept: one protocol, two engines, and the analyser and entries that both share."""

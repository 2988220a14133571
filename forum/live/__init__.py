"""The tally seen elsewhere: asked for again and again by every open page, and next to nothing when nothing moved."""

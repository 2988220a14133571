"""All that the site holds of a person: told to them as one file, and let go when they leave for good."""

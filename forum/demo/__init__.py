"""The demonstration: content worth reading for who tries the site, and its loader."""

"""The demonstration: content worth reading for whoever tries the site, and its loader."""

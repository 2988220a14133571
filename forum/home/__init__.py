"""The first page, the pages about the site, and the two addresses that watchers ask."""

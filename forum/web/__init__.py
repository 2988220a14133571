"""HTTP: pages and fragments, who asks, what keeps strangers and machines out, the site's own files."""

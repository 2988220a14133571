"""Reports, decisions and objections, and their public log."""

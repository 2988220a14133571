"""The index of files that Whoosh keeps, on this machine."""

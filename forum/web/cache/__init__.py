"""Pages kept, whole or in parts, so that they are made once for many readers."""

"""Coming in: signing up or in, right into the group one came for; a forgotten password."""

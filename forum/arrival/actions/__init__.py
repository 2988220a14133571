"""What a person does to come in."""

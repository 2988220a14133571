"""The index that PostgreSQL keeps, beside the tables."""

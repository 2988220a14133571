"""The database: its connection, what every table has, and how it is asked, alike on SQLite and PostgreSQL."""

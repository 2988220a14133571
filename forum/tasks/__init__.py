"""What follows an act, done by the worker: the journal, jobs, letters."""

"""What every command of the command line does alike."""

import sys
from collections.abc import Callable
from functools import wraps

from peewee import DatabaseError


def one_line_errors(command: Callable) -> Callable:
    """Say what went wrong in one line, with exit status 1: a database or a disk that fails is no fault of the code."""

    @wraps(command)
    def said(*args, **kwargs):
        try:
            return command(*args, **kwargs)
        except DatabaseError as problem:
            sys.exit(f"parvis: the database of DATABASE_URL: {_one_line(problem)}")
        except OSError as problem:
            sys.exit(f"parvis: {_one_line(problem)}")

    return said


def _one_line(problem: Exception) -> str:
    return " ".join(str(problem).split())

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
        except (DatabaseError, OSError) as problem:
            sys.exit(f"parvis: {' '.join(str(problem).split())}")

    return said

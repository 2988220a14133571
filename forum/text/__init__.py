"""What members write: Markdown to safe HTML, hashtags, French spacing, and what a field may hold."""

from forum.text.fields import body_problem, line_problem
from forum.text.markdown import (
    LONGEST,
    RENDERER,
    cut,
    excerpt,
    hashtags,
    lines,
    mentions,
    plain,
    render,
    unlinked,
    words,
)

__all__ = [
    "LONGEST",
    "RENDERER",
    "body_problem",
    "cut",
    "excerpt",
    "hashtags",
    "line_problem",
    "lines",
    "mentions",
    "plain",
    "render",
    "unlinked",
    "words",
]

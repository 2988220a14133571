"""What members write: Markdown to safe HTML, hashtags, French spacing, and what a field may hold."""

from forum.text.fields import body_problem, line_problem
from forum.text.markdown import LONGEST, RENDERER, excerpt, hashtags, plain, render

__all__ = ["LONGEST", "RENDERER", "body_problem", "excerpt", "hashtags", "line_problem", "plain", "render"]

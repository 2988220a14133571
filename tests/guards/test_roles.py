"""A right is written once: what part somebody has is compared in rules.py, and nowhere else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The role of a name of places is another thing: former, short.
ELSEWHERE = {"places"}
FILES = [
    path
    for path in sorted((ROOT / "forum").rglob("*.py"))
    if not ELSEWHERE & set(path.parts) and "rules" not in (path.stem, path.parent.name)
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# role == "animator", "animator" == role, role in (...), by whatever way one came to it: membership.role, _role.
NAMED = r"\b\w*role\b"
IN_TEMPLATES = re.compile(rf"{NAMED}\s*(?:[=!]=|(?:not\s+)?in\b)|(?:[=!]=|\bin)\s*(?:\w+\.)*{NAMED}")
# What Jinja evaluates; the attribute of a tag is written role="none" and compared by nobody.
EVALUATED = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)


def compared(tree: ast.AST) -> Iterator[int]:
    """The lines on which something called a role is compared."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(_is_role(side) for side in (node.left, *node.comparators)):
            yield node.lineno


def _is_role(side: ast.AST) -> bool:
    name = side.attr if isinstance(side, ast.Attribute) else side.id if isinstance(side, ast.Name) else ""
    return name.endswith("role")


def compared_in_template(text: str) -> list[str]:
    return [part for part in EVALUATED.findall(text) if IN_TEMPLATES.search(part)]


def test_no_role_is_compared_outside_rules():
    found = {str(path.relative_to(ROOT)): list(compared(ast.parse(path.read_text("utf-8")))) for path in FILES}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_no_template_compares_a_role():
    found = {str(path.relative_to(ROOT)): compared_in_template(path.read_text("utf-8")) for path in TEMPLATES}
    assert {path: parts for path, parts in found.items() if parts} == {}


def test_the_guard_itself_sees_a_comparison():
    for wrong in (
        'row.role == "animator"',
        "me().role in MODERATORS",
        '"animator" != viewer_role',
        "role not in ROLES",
    ):
        assert list(compared(ast.parse(wrong))), wrong
    for wrong in ('{% if role == "animator" %}', "{{ a if row.viewer_role != x }}", '{% if "x" == seat.role %}'):
        assert compared_in_template(wrong), wrong
    assert not list(compared(ast.parse('Group.update(role="animator").where(ANIMATING)')))
    assert not compared_in_template('<div role="none">{% if belongs %}{{ ui.field(role="x") }}{% endif %}</div>')

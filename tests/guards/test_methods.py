"""Facts of a way of voting are asked of it: no code and no template outside forum/proposals/methods knows its words."""

import ast
import re
from collections.abc import Iterator

from forum.proposals.methods import METHODS
from tests.guards.test_imports import FILES, ROOT

# What the word means elsewhere: a field of ballots and of decisions, a column of records, an answer to a header.
OTHER_MEANINGS = {"choice", "count", "dates", "score", "no", "yes"}
# Only these know of votes; elsewhere a word like "objection" is that of another matter.
KNOW_VOTES = re.compile(r"\bproposals?\b|\bballots?\b")
# Ready-made votes and the demonstration choose a way of voting, as members do.
CHOOSE = ("forum/proposals/starters.py", "forum/demo/")
# What is a way of voting in code, and no method of HTTP.
NAMED = r"\bmethod\.name$|\b(proposal|draft)\.method$"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def words() -> set[str]:
    """The names of the ways of voting, and of their own answers."""
    return {word for method in METHODS.values() for word in (method.name, *method.own_options)} - OTHER_MEANINGS


def told_by(source: str) -> Iterator[str]:
    """Each word of a method among the strings of a module, and each comparison of a method's name."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in words():
            yield node.value
        if isinstance(node, ast.Compare) and re.search(NAMED, ast.unparse(node.left)):
            others = [other.value for other in node.comparators if isinstance(other, ast.Constant)]
            yield from (other for other in others if isinstance(other, str))


def told_in(template: str) -> list[str]:
    """Each word of a method among the strings of a template, and each comparison of a method's name."""
    code = " ".join(re.findall(r"\{[{%].*?[%}]\}", template, re.DOTALL))
    strings = set(re.findall(r"\"([^\"]*)\"|'([^']*)'", code))
    return [word for pair in strings for word in pair if word in words()] + re.findall(
        r"method(?:\.name)? *(?:==|!=|in) *[\"'(]", code
    )


def test_no_module_knows_a_word_of_a_way_of_voting():
    for path in FILES:
        name = path.relative_to(ROOT).as_posix()
        source = path.read_text("utf-8")
        if KNOW_VOTES.search(source) and not name.startswith(("forum/proposals/methods/", *CHOOSE)):
            assert not list(told_by(source)), name


def test_no_template_knows_a_word_of_a_way_of_voting():
    for path in TEMPLATES:
        template = path.read_text("utf-8")
        assert not KNOW_VOTES.search(template) or not told_in(template), path.relative_to(ROOT)


def test_the_guard_itself_sees_a_word_told_elsewhere():
    assert list(told_by('if "block" in chosen: pass')) == ["block"]
    assert list(told_by('if method.name != "score": pass')) == ["score"]
    assert not list(told_by('if request.method != "POST": pass'))
    assert told_in('{% if option.name != "block" %}') == ["block"]
    assert told_in('{% if proposal.method == "count" %}')
    assert not told_in("<p>Qui bloque dit pourquoi</p>{{ method.label }}")

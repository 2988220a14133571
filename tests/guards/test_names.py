"""One meaning a name: no class is called as another, wherever it stands in forum/."""

import ast
from collections import Counter
from collections.abc import Iterator

from tests.guards.test_imports import FILES


def class_names(source: str) -> Iterator[str]:
    """The classes of a module and what it names like one: type aliases and type variables."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name
    for node in tree.body:
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, ast.Name) and target.id[:1].isupper() and not target.id.isupper():
                yield target.id


def names_told_twice(sources: list[str]) -> set[str]:
    """What peewee calls Meta in every model is its word, not ours."""
    times = Counter(name for source in sources for name in class_names(source) if name != "Meta")
    return {name for name, number in times.items() if number > 1}


def test_no_class_bears_the_name_of_another():
    assert not names_told_twice([path.read_text("utf-8") for path in FILES])


def test_the_guard_itself_sees_a_name_of_two_meanings():
    assert names_told_twice(["class Seat:\n    pass", "Seat = tuple[int, str]"]) == {"Seat"}
    assert not names_told_twice(
        ["class Seat:\n    class Meta:\n        pass", "class Row:\n    class Meta: pass\nT = 1"]
    )

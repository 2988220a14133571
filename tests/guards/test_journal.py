"""What the journal can say: no verb is written or awaited that nobody declared, and none declared that nobody writes.

Read from the sources, to the end: a verb that is handed on as an argument, chosen by a condition or taken from a table
is followed to where it is spelled. One that is put together of pieces cannot be found by who looks for it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from forum.tasks import journal

ROOT = Path(__file__).resolve().parents[2]
JOURNAL = ROOT / "forum/tasks/journal.py"


class Source:
    """The tree of one file, and the innermost function around each node of it."""

    def __init__(self, text: str) -> None:
        self.nodes = list(ast.walk(ast.parse(text)))
        functions = [node for node in self.nodes if isinstance(node, ast.FunctionDef)]
        self.around = {id(node): function for function in functions for node in ast.walk(function)}

    def calls(self, name: str) -> Iterator[ast.Call]:
        """Each call of a function by its name; `journal.record` as that alone, with the name of its module."""
        for node in self.nodes:
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                yield node

    def texts(self, node: ast.expr) -> set[str]:
        """The texts that an expression can be."""
        match node:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.IfExp(body=one, orelse=other):
                return self.texts(one) | self.texts(other)
            case ast.Subscript(value=ast.Name(id=table)):
                return self.assigned(table, None)
            case ast.Dict(values=values):
                return {text for value in values for text in self.texts(value)}
            case ast.Name(id=name):
                return self.named(name, self.around[id(node)])
        raise AssertionError(f"spell it out, so that it can be found: {ast.unparse(node)}")

    def named(self, name: str, function: ast.FunctionDef) -> set[str]:
        """What a name inside a function can be: a parameter, by the function's calls in this file, or assigned to."""
        parameters = [parameter.arg for parameter in function.args.args]
        if name not in parameters:
            return self.assigned(name, function)
        found: set[str] = set()
        for call in self.calls(function.name):
            by_name = [keyword.value for keyword in call.keywords if keyword.arg == name]
            found |= self.texts((by_name or call.args[parameters.index(name) :])[0])
        assert found, f"nobody in this file calls {function.name}: {name} cannot be followed"
        return found

    def assigned(self, name: str, function: ast.FunctionDef | None) -> set[str]:
        """What is assigned to a name, in a function or (None) outside of all."""
        found: set[str] = set()
        for node in self.nodes:
            match node:
                case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                    found |= self.texts(value) if self.around.get(id(node)) is function else set()
        return found


def sources() -> dict[str, Source]:
    paths = [path for path in sorted((ROOT / "forum").rglob("*.py")) if path != JOURNAL]
    return {str(path.relative_to(ROOT / "forum")): Source(path.read_text("utf-8")) for path in paths}


def written(source: Source) -> set[str]:
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and node.module == "forum.tasks.journal":
            assert {alias.name for alias in node.names} <= {"JournalLine", "Pending"}, "call the journal by its name"
    return {verb for call in source.calls("journal.record") for verb in source.texts(call.args[0])}


def declared(source: Source) -> list[str]:
    """A declaration spells its words."""
    calls = [[ast.literal_eval(word) for word in call.args] for call in source.calls("journal.declare")]
    return [f"{subject}.{participle}" for subject, *participles in calls for participle in participles]


SOURCES = sources()
DECLARED = {verb: path.partition("/")[0] for path, source in SOURCES.items() for verb in declared(source)}
WRITTEN = {verb for source in SOURCES.values() for verb in written(source)}


def test_what_is_declared_is_written_and_what_is_written_is_declared():
    assert sorted(WRITTEN - DECLARED.keys()) == []
    assert sorted(DECLARED.keys() - WRITTEN) == []


def test_each_subject_is_declared_by_the_one_feature_that_keeps_it():
    keepers: dict[str, set[str]] = {}
    for verb, feature in DECLARED.items():
        keepers.setdefault(verb.partition(".")[0], set()).add(feature)
    assert {subject: features for subject, features in keepers.items() if len(features) > 1} == {}


def test_no_verb_has_two_spellings():
    assert [verb for verb in DECLARED if not re.fullmatch(r"[a-z]+\.[a-z]+(_[a-z]+)*", verb)] == []
    letters = [re.sub(r"_|s(?=\.)", "", verb) for verb in DECLARED]
    assert sorted(set(letters)) == sorted(letters)


@pytest.mark.parametrize("folder", ["forum", "tests", "bench"])
def test_whoever_waits_for_a_verb_waits_for_one_that_is_declared(folder):
    """Indexes, notices, the public log and tests: a text that begins as a verb does is one."""
    subjects = {verb.partition(".")[0] for verb in DECLARED}
    unknown = []
    for path in (ROOT / folder).rglob("*.py"):
        # Endpoints and rights, of which the guards speak, are named much alike.
        for node in ast.walk(ast.parse(path.read_text("utf-8"))) if "guards" not in path.parts else ():
            match node:
                case ast.Constant(value=str(text)) if re.fullmatch(r"[a-z]+\.[a-z_]+", text):
                    if text.partition(".")[0] in subjects and text not in DECLARED:
                        unknown.append((str(path.relative_to(ROOT)), text))
    assert unknown == []


def test_the_journal_refuses_what_nobody_declared(site):
    assert journal.verbs() == DECLARED.keys()
    with pytest.raises(ValueError, match=r"group\.painted"):
        journal.record("group.painted")
    with pytest.raises(ValueError, match=r"group\.painted"):
        journal.subscribe("index", ["group.painted"])
    with pytest.raises(ValueError, match=r"group\.created"):
        journal.declare("group", "created")


def test_the_guard_itself_finds_a_verb_wherever_it_is_spelled():
    source = Source(
        "WORDS = {1: 'vote.cast', 2: 'vote.recorded'}\n"
        "def tell(member, verb): journal.record(verb)\n"
        "def act(member, many):\n"
        "    tell(member, 'group.left')\n"
        "    tell(member, verb='group.joined')\n"
        "    word = 'tag.created' if many else 'tag.parted'\n"
        "    journal.record(word)\n"
        "    journal.record(WORDS[many])\n"
    )
    both = {"group.left", "group.joined"}, {"tag.created", "tag.parted"}, {"vote.cast", "vote.recorded"}
    assert written(source) == set.union(*both)
    with pytest.raises(AssertionError, match="spell it out"):
        written(Source("def act(state): journal.record(f'membership.{state}')"))

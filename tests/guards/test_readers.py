"""A query says for whom it reads by what it is given first: somebody, or a row that was read for somebody."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from inspect import isclass, isfunction, signature
from types import ModuleType
from typing import Any, get_args

from peewee import Model

import forum
from forum.database.select import Cursor
from forum.database.tables import Base, HasId
from forum.groups.models import Group

PUBLIC = "everybody reads it"
BEARER = "whoever bears the text that was given for it alone"
TELLING = "before somebody is told something: they are given nothing of it"
RUNS = "for the page of whoever runs the site, which asks the rule"
NO_ROW = "reads no row"
# Modules, or their functions, that read for nobody who looks, and why that is right.
FOR_NOBODY = {
    "places.queries": PUBLIC,
    "chains.queries": "for the feature whose record it is, which asks who reads it",
    "tags.queries": PUBLIC,
    "proposals.queries.due": "for the worker, which acts",
    "proposals.queries.secret.urns_to_shake": "for the worker, which acts",
    "proposals.queries.secret.over_with_marks": "for the worker, which acts",
    "accounts.queries.account_named": "by the name that somebody typed, to sign in or to name somebody",
    "accounts.queries.account_of_cookie": BEARER,
    "accounts.queries.blockers_of": TELLING,
    "accounts.queries.has_demonstration": PUBLIC,
    "groups.queries.groups.taken_by": "whether an address is free, hidden groups or not",
    "groups.queries.invitations.invitation_of": BEARER,
    "groups.queries.invitations.group_behind": BEARER,
    "groups.queries.invitations.token_hash": NO_ROW,
    "groups.queries.stages.home_of": "where a decision holds, for what enforces it",
    "live.queries.pulses": "tells that something moved, to whoever was shown it",
    "live.queries.answers_of": "tells that something moved, to whoever was shown it",
    "moderation.queries.cases.decisions_in_force": "what holds against somebody, for what enforces it",
    "notifications.queries.readers_among": TELLING,
    "notifications.queries.choices_among": TELLING,
    "notifications.queries.levels_among": TELLING,
    "moderation.queries.log.log_of_site": PUBLIC,
    "proposals.queries.shares.percent": NO_ROW,
    "proposals.queries.tallies.ways_of_voting": NO_ROW,
    "proposals.queries.tallies.shared_settings": NO_ROW,
    "offices.queries.holders": PUBLIC,
    "offices.queries.is_moderated": PUBLIC,
    "offices.queries.suspended": RUNS,
    "offices.queries.count_accounts": RUNS,
    "search.queries.documents": "for the worker, which writes the index: what it finds is read again for its reader",
    "search.queries.excerpts": NO_ROW,
    "search.queries.hits": "what answers within texts that were read for their reader already",
    "search.queries.respelling.neighbours": NO_ROW,
    "search.queries.understanding": "places and tags, which everybody reads",
    "search.queries.searching.index_problem": "for whoever looks after the machine",
}


def rooms_of_queries() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(forum.__path__, "forum."):
        if "queries" in found.name.split("."):
            yield importlib.import_module(found.name)


def queries_of(module: ModuleType) -> Iterator[tuple[str, Callable]]:
    """The public functions that a module defines, under their names below forum."""
    for name, function in vars(module).items():
        if isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_"):
            yield f"{module.__name__.removeprefix('forum.')}.{name}", function


def classes_in(hint: Any) -> Iterator[type]:
    """The classes of a type hint, however deep: Iterable[Group] | None."""
    if isclass(hint) and not get_args(hint):
        yield hint
    for part in get_args(hint):
        yield from classes_in(part)


def reads_for_somebody(function: Callable) -> bool:
    """Whether what is given first is who looks, a row, or something made of rows that a class of ours holds."""
    first = next(iter(signature(function).parameters.values()), None)
    if first is None:
        return False
    known = classes_in(first.annotation)
    return first.name == "member" or any(
        issubclass(kind, Model) or kind is HasId or (kind.__module__.startswith("forum.") and kind is not Cursor)
        for kind in known
    )


def test_a_query_is_given_somebody_or_a_row_first():
    for_nobody = {
        name
        for module in rooms_of_queries()
        for name, function in queries_of(module)
        if not reads_for_somebody(function) and module.__name__.removeprefix("forum.") not in FOR_NOBODY
    }
    whole_modules = {module.__name__.removeprefix("forum.") for module in rooms_of_queries()}
    assert for_nobody == {*FOR_NOBODY} - whole_modules


def test_who_looks_comes_first():
    late = [
        name
        for module in rooms_of_queries()
        for name, function in queries_of(module)
        if "member" in [*signature(function).parameters][1:]
    ]
    assert not late


def test_the_guard_itself_sees_a_query_for_nobody():
    def by_key(key: str) -> Group: ...

    def in_groups(groups: list[Group] | None) -> Base: ...

    assert not reads_for_somebody(by_key)
    assert not reads_for_somebody(lambda: None)
    assert reads_for_somebody(in_groups)
    assert reads_for_somebody(lambda member, key: None)

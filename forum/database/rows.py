"""Rows of a query read along a plan made once: peewee works out anew, for each answer, what becomes of its columns, and
sets each value by way of an accessor, which costs several times the query itself."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import peewee

# What both databases give as it is kept in Python: converting an integer to an integer changes nothing.
AS_IT_IS = {
    peewee.AutoField,
    peewee.IntegerField,
    peewee.CharField,
    peewee.TextField,
    peewee.ForeignKeyField,
}


class Part(NamedTuple):
    """What of a row makes one object: its model, and (name, place, converter or None) of its columns; those that are no
    field of it (a count) are set on it beside its data."""

    model: type[peewee.Model]
    fields: list[tuple[str, int, Callable | None]]
    others: list[tuple[str, int, Callable | None]]
    places: list[int]


class Bond(NamedTuple):
    """Which object is set on which other, under what name; `reach` are those further along. See peewee."""

    source: Any
    name: str
    goal: Any
    outer: bool
    foreign: bool
    reach: frozenset


def reader(wrapper: Any) -> Callable[[Sequence[tuple]], list] | None:
    """A function that reads rows as this wrapper of a peewee cursor, initialized, would; None when it is of a kind that
    is not known here."""
    kind: Any = type(wrapper)
    if kind is peewee.ModelTupleCursorWrapper:
        return _tuples(_converters(wrapper))
    if kind is peewee.ModelObjectCursorWrapper and wrapper.is_model:
        columns = zip(wrapper.unique_columns, range(wrapper.ncols), _converters(wrapper), strict=True)
        return _objects({None: _part(wrapper.constructor, list(columns))}, [], None)
    if kind is peewee.ModelCursorWrapper and all(known[2] for known in wrapper._constructor_list):
        return _joined(wrapper)
    return None


def _converters(wrapper: Any) -> list[Callable | None]:
    """What is to be done to each column, None where nothing is."""
    return [
        None if type(getattr(field, "field", field)) in AS_IT_IS else convert
        for field, convert in zip(wrapper.fields, wrapper.converters, strict=True)
    ]


def _tuples(converters: list[Callable | None]) -> Callable[[Sequence[tuple]], list]:
    if not any(converters):
        return list
    return lambda rows: [
        tuple(convert(value) if convert else value for convert, value in zip(converters, row, strict=True))
        for row in rows
    ]


def _part(model: type[peewee.Model], columns: list[tuple[str, int, Callable | None]]) -> Part:
    known = model._meta.fields
    fields = [column for column in columns if column[0] in known]
    others = [column for column in columns if column[0] not in known]
    return Part(model, fields, others, [place for _, place, _ in columns])


def _joined(wrapper: Any) -> Callable[[Sequence[tuple]], list]:
    keys = [key for key, _, _ in wrapper._constructor_list]
    columns: dict[Any, list] = {key: [] for key in keys}
    for (place, key, name, _), convert in zip(wrapper._row_spec, _converters(wrapper), strict=True):
        columns[key if key in columns else wrapper.model].append((name, place, convert))
    parts = {key: _part(model, columns[key]) for key, model, _ in wrapper._constructor_list}
    bonds = [
        Bond(source, name, goal, outer, foreign, wrapper._dest_reachable.get(goal, frozenset()))
        for source, name, goal, _, outer, foreign in wrapper.src_to_dest
        if goal in parts and source in parts
    ]
    return _objects(parts, bonds, wrapper.model)


def _objects(parts: dict[Any, Part], bonds: list[Bond], root: Any) -> Callable[[Sequence[tuple]], list]:
    """Reads each row as the object of `root`, the others bound to it."""
    if not bonds:
        return lambda rows: [_made(parts[root], row) for row in rows]

    def read(row: tuple) -> Any:
        made = {key: _made(part, row) for key, part in parts.items()}
        filled = {key for key, part in parts.items() if any(row[place] is not None for place in part.places)}
        for bond in bonds:
            _bind(bond, made, filled)
        for each in made.values():
            each._dirty.clear()
        return made[root]

    return lambda rows: [read(row) for row in rows]


def _made(part: Part, row: tuple) -> Any:
    """An object with the state that peewee's own reading leaves it: no default, nothing to be saved."""
    made: Any = part.model.__new__(part.model)
    made.__data__ = {name: convert(row[place]) if convert else row[place] for name, place, convert in part.fields}
    made._dirty, made.__rel__ = set(), {}
    for name, place, convert in part.others:
        setattr(made, name, convert(row[place]) if convert else row[place])
    return made


def _bind(bond: Bond, made: dict[Any, Any], filled: set) -> None:
    """Set the goal on its source, as peewee does: an outer join that found nothing sets None."""
    goal, source = made[bond.goal], made[bond.source]
    if bond.goal not in filled:
        if bond.source not in filled and bond.outer:
            return
        if not bond.reach & filled:
            if not bond.outer:
                return
            goal = None
    if bond.foreign and goal is None:
        source.__rel__[bond.name] = None
    else:
        setattr(source, bond.name, goal)

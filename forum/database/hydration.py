"""Rows made models, along a plan worked out once for each statement: peewee works out for each answer what becomes of
its columns, and sets each value by way of an accessor, which costs twice as much.

All that this site knows of the inside of peewee stands here: what a cursor wrapper finds out of a query, and the three
parts of an object of a model, `__data__`, `__rel__` and `_dirty`.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import peewee

# A row as the driver gives it.
DriverRow = tuple[Any, ...]
RowReader = Callable[[Sequence[DriverRow]], list[Any]]
Converter = Callable[[Any], Any]

# What both databases give as it is kept in Python: converting an integer to an integer changes nothing.
AS_IT_IS = {
    peewee.AutoField,
    peewee.IntegerField,
    peewee.CharField,
    peewee.TextField,
    peewee.ForeignKeyField,
}


class Column(NamedTuple):
    """A column of a row: under what name it is set, where it stands, and what converts it, None where nothing does."""

    name: str
    place: int
    convert: Converter | None


class Part(NamedTuple):
    """What of a row makes one object. What is no field of its model (a count) is set on it beside its data."""

    model: type[peewee.Model]
    fields: list[Column]
    others: list[Column]


class Bond(NamedTuple):
    """A join: on which object another is set, under what name, and those joined to that other, however far."""

    source: Any
    name: str
    goal: Any
    outer: bool
    foreign: bool
    further: frozenset[Any]


class FromColumns:
    """What `objects` is given to make of each row whatever this makes of its columns, by name: one dict, its own."""

    def __init__(self, make: Callable[[dict[str, Any]], Any]):
        self.make = make

    def __call__(self, **columns: Any) -> Any:
        return self.make(columns)


class Answer:
    """Stands for the database, and for what it answered: a query asks it for its rows, and says how it reads them."""

    def __init__(self, description: Any):
        self.description = description

    def execute(self, query: Any) -> "Answer":
        return self


def reader(query: Any, description: Any) -> RowReader:
    """A function that makes of rows what this query would; `description` is that of the cursor it was answered with."""
    wrapper: Any = query.clone().execute(Answer(description))
    wrapper.initialize()
    kind = type(wrapper)
    if kind is peewee.ModelTupleCursorWrapper:
        return _tuples(_converters(wrapper))
    if kind is peewee.ModelObjectCursorWrapper:
        columns = list(map(Column, wrapper.unique_columns, range(wrapper.ncols), _converters(wrapper)))
        if wrapper.is_model:
            return _objects({None: _part(wrapper.constructor, columns)}, [], None)
        if isinstance(wrapper.constructor, FromColumns):
            make = wrapper.constructor.make
            return lambda rows: [make(_values(columns, row)) for row in rows]
    if kind is peewee.ModelCursorWrapper and all(is_model for _, is_model in wrapper.key_to_constructor.values()):
        return _joined(wrapper)
    return lambda rows: [wrapper.process_row(row) for row in rows]


def _converters(wrapper: Any) -> list[Converter | None]:
    """What is to be done to each column, None where nothing is."""
    return [
        None if type(getattr(field, "field", field)) in AS_IT_IS else convert
        for field, convert in zip(wrapper.fields, wrapper.converters, strict=True)
    ]


def _tuples(converters: list[Converter | None]) -> RowReader:
    if not any(converters):
        return list
    return lambda rows: [
        tuple(convert(value) if convert else value for convert, value in zip(converters, row, strict=True))
        for row in rows
    ]


def _part(model: type[peewee.Model], columns: list[Column]) -> Part:
    known = model._meta.fields
    fields = [column for column in columns if column.name in known]
    return Part(model, fields, [column for column in columns if column.name not in known])


def _joined(wrapper: Any) -> RowReader:
    columns: dict[Any, list[Column]] = {key: [] for key in wrapper.key_to_constructor}
    names = map(peewee.make_identifier, wrapper.columns)
    for place, (key, name, convert) in enumerate(zip(wrapper.column_keys, names, _converters(wrapper), strict=True)):
        columns[key if key in columns else wrapper.model].append(Column(name, place, convert))
    parts = {key: _part(model, columns[key]) for key, (model, _) in wrapper.key_to_constructor.items()}
    bonds = [
        Bond(source, name, goal, outer, foreign, _further(goal, wrapper.src_to_dest))
        for source, name, goal, _, outer, foreign in wrapper.src_to_dest
        if goal in parts and source in parts
    ]
    return _objects(parts, bonds, wrapper.model)


def _further(key: Any, joins: list[DriverRow]) -> frozenset[Any]:
    near = frozenset(goal for source, _, goal, *_ in joins if source is key)
    return near.union(*(_further(goal, joins) for goal in near))


def _objects(parts: dict[Any, Part], bonds: list[Bond], root: Any) -> RowReader:
    """Reads each row as the object of `root`, the others bound to it."""
    if not bonds:
        return lambda rows: [_made(parts[root], row) for row in rows]
    places = {key: [column.place for column in (*part.fields, *part.others)] for key, part in parts.items()}

    def read(row: DriverRow) -> Any:
        made = {key: _made(part, row) for key, part in parts.items()}
        filled = {key for key, those in places.items() if any(row[place] is not None for place in those)}
        for bond in bonds:
            _bind(bond, made, filled)
        for each in made.values():
            each._dirty.clear()
        return made[root]

    return lambda rows: [read(row) for row in rows]


def _made(part: Part, row: DriverRow) -> Any:
    made = as_read(part.model, _values(part.fields, row))
    for name, place, convert in part.others:
        setattr(made, name, convert(row[place]) if convert else row[place])
    return made


def as_read(model: type[peewee.Model], values: dict[str, Any]) -> Any:
    """A row of a table with the state that peewee's own reading leaves it: no default, nothing to be saved."""
    made: Any = model.__new__(model)
    made.__data__, made._dirty, made.__rel__ = values, set(), {}
    return made


def _values(columns: list[Column], row: DriverRow) -> dict[str, Any]:
    return {name: convert(row[place]) if convert else row[place] for name, place, convert in columns}


def _bind(bond: Bond, made: dict[Any, Any], filled: set[Any]) -> None:
    """Set the goal on its source, as peewee does: an outer join that found nothing sets None."""
    goal, source = made[bond.goal], made[bond.source]
    if bond.goal not in filled:
        if bond.source not in filled and bond.outer:
            return
        if not bond.further & filled:
            if not bond.outer:
                return
            goal = None
    if bond.foreign and goal is None:
        source.__rel__[bond.name] = None
    else:
        setattr(source, bond.name, goal)

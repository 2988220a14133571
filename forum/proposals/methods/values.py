"""Reading ballots that say something of each option: the fields "option-<name>" of a form."""

from collections.abc import Mapping

from forum.proposals.methods.shapes import Marks, Options, Problems
from forum.text.typed import parse_whole

PREFIX = "option-"


def typed_values(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed for each option, by its name; those left blank are left out."""
    fields = ((name.removeprefix(PREFIX), value.strip()) for name, value in typed.items() if name.startswith(PREFIX))
    return {name: value for name, value in fields if value}


def read_numbers(
    typed: Mapping[str, str], options: Options, least: int, most: int, complaint: str, nothing: str
) -> tuple[Marks, Problems]:
    """The whole numbers typed for options, in the order shown, and a sentence for each field that holds none.

    `complaint` is that sentence, `nothing` the one for a ballot that says nothing.
    """
    values = typed_values(typed)
    if not values.keys() <= options.keys():
        return {}, {"choice": "Répondez sur les options proposées."}
    if not values:
        return {}, {"choice": nothing}
    read = {name: parse_whole(values[name], least, most) for name in options if name in values}
    problems = {f"{PREFIX}{name}": complaint for name, value in read.items() if value is None}
    return {name: value for name, value in read.items() if value is not None}, problems

"""What every application would work out anew, worked out once a process: each test builds an application of its own."""

from collections.abc import Callable
from typing import ClassVar

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


def install() -> None:
    """Let the applications built from now on share their compiled templates and addresses."""
    Flask.jinja_options = {"bytecode_cache": Templates()}
    Flask.url_rule_class = Address


class Templates(BytecodeCache):
    """The compiled templates; the cache asks again once a source has changed."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


class Address(Rule):
    """A rule whose builder of addresses, half the time of making an application, depends on its text alone."""

    kept: ClassVar[dict[tuple[str, str, bool], Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (self.rule, repr(self.defaults), append_unknown)
        if key not in self.kept:
            self.kept[key] = super()._compile_builder(append_unknown)
        return self.kept[key]

"""What the layout asks for, a page shared by its readers has: what it lacks is named, where a page would break."""

from collections.abc import Iterator

from jinja2 import nodes

from forum.web.cache.shared_pages import Layout, Reader
from forum.web.pages import Bell

LAYOUT = "layouts/base.html"
WHERE = "a page shared by its readers lacks it: see forum/web/cache/README.md, and Layout in shared_pages.py"
# Of these the layout is told some things alone.
PARTS = {"me": Reader._fields, "unseen": Bell._fields}


def asked(node: nodes.Node) -> Iterator[str]:
    """What is asked for where somebody is signed in: "followed", "me.trial"."""
    if isinstance(node, nodes.If) and (branch := signed_in_branch(node)) is not None:
        for each in branch:
            yield from asked(each)
        return
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name in PARTS:
        yield f"{node.node.name}.{node.attr}"
        return
    if isinstance(node, nodes.Name) and node.ctx == "load":
        yield node.name
    for child in node.iter_child_nodes():
        yield from asked(child)


def signed_in_branch(node: nodes.If) -> list[nodes.Node] | None:
    """Of a condition on who is a guest, what others are shown; None of any other."""
    denied = isinstance(node.test, nodes.Not)
    test = node.test.node if isinstance(node.test, nodes.Not) else node.test
    if not (isinstance(test, nodes.Getattr) and test.attr == "is_guest"):
        return None
    return node.body if denied else [*node.elif_, *node.else_]


def lacking(site, source: str) -> set[str]:
    env = site.app.extensions["shared_templates"]
    parts = {f"{name}.{field}" for name, fields in PARTS.items() for field in fields}
    return set(asked(env.parse(source))) - parts - set(Layout._fields) - set(env.globals)


def source_of(site) -> str:
    return site.app.jinja_env.loader.get_source(site.app.jinja_env, LAYOUT)[0]


def test_a_page_shared_by_its_readers_has_all_that_the_layout_asks_for(site):
    missing = sorted(lacking(site, source_of(site)))
    assert not missing, f"{LAYOUT} asks for {', '.join(missing)}: {WHERE}"


def test_the_guard_itself_sees_what_is_missing_in_whichever_branch(site):
    here = "{% if me.trial %}{{ me.created_at|day }}{% else %}{{ here }}{% endif %}"
    assert lacking(site, source_of(site) + here) == {"me.created_at", "here"}
    assert lacking(site, "{% if me.is_guest %}{{ here }}{% else %}{{ request.path }}{% endif %}") == {"request"}
    assert lacking(site, "{% if not me.is_guest %}{{ csrf_token() }}{% endif %}{{ unseen.since }}") == {
        "csrf_token",
        "unseen.since",
    }

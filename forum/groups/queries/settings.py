"""The settings of a group as they are."""

from dataclasses import replace

from forum.groups.models import Group
from forum.groups.queries.groups import tags_of
from forum.groups.queries.welcomes import welcome_source
from forum.groups.settings import GroupSettings, settings_in


def settings_of(group: Group) -> GroupSettings:
    """All that its animators chose, its tags and words of welcome too (two queries)."""
    return replace(settings_in(group), tags=tuple(tags_of([group])[group.id]), welcome=welcome_source(group))

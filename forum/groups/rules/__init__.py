"""Who may see a group, and do what in it. Written once: pages, feeds and actions ask here."""

from forum.groups.rules.animating import (
    belong as belong,
    edit as edit,
    end as end,
    found as found,
    object_to as object_to,
    succeed as succeed,
)
from forum.groups.rules.entering import (
    admit as admit,
    ask as ask,
    enter_invited as enter_invited,
    follow as follow,
    invite as invite,
    join as join,
    leave as leave,
    receive as receive,
    remove as remove,
    withdraw_invitation as withdraw_invitation,
)
from forum.groups.rules.standing import (
    MEMBERS_ONLY as MEMBERS_ONLY,
    OUT as OUT,
    REMOVAL as REMOVAL,
    REMOVED as REMOVED,
    animated_by as animated_by,
    content_readable_by as content_readable_by,
    content_unreadable_by as content_unreadable_by,
    free as free,
    is_public as is_public,
    joined_at as joined_at,
    living as living,
    read_content as read_content,
    read_standings as read_standings,
    readable_by as readable_by,
    role_in as role_in,
    role_in_anew as role_in_anew,
    standing as standing,
    unreadable_by as unreadable_by,
)
from forum.groups.rules.taking_part import (
    FEW as FEW,
    approve as approve,
    comment as comment,
    discuss as discuss,
    opens_after_approval as opens_after_approval,
    propose as propose,
    see_count as see_count,
    see_members as see_members,
    vote as vote,
    writes_links as writes_links,
)

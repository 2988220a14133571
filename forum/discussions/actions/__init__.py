"""What a member changes in discussions; one transaction each."""

from forum.discussions.actions.approval import decide as decide
from forum.discussions.actions.care import close as close, pin as pin, reopen as reopen, unpin as unpin
from forum.discussions.actions.deleting import TITLE as TITLE, delete as delete, delete_comment as delete_comment
from forum.discussions.actions.splitting import split as split
from forum.discussions.actions.texts import (
    LONGEST_BODY as LONGEST_BODY,
    LONGEST_TITLE as LONGEST_TITLE,
    comment as comment,
    edit as edit,
    edit_comment as edit_comment,
    open as open,
    pour as pour,
    pour_back as pour_back,
    read as read,
)

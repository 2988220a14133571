"""What a member changes in several features at once; one transaction each."""

from forum.reorganisation.actions.deleting import (
    GRACE as GRACE,
    delete as delete,
    purge as purge,
    restore as restore,
)
from forum.reorganisation.actions.merging import merge as merge, unmerge as unmerge
from forum.reorganisation.actions.moving import move as move

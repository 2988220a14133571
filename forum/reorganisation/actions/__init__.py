"""What a member changes in several features at once; one transaction each."""

from forum.reorganisation.actions.deleting import delete as delete, restore as restore
from forum.reorganisation.actions.merging import keep as keep, merge as merge, undo as undo
from forum.reorganisation.actions.moving import move as move

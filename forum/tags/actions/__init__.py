"""What a member changes in tags; one transaction each."""

from forum.tags.actions.following import follow as follow, hear as hear, unfollow as unfollow
from forum.tags.actions.parting import part as part, reunite as reunite
from forum.tags.actions.seeding import SEEDS as SEEDS, seed as seed, take_in as take_in
from forum.tags.actions.synonyms import (
    LONGEST_REASON as LONGEST_REASON,
    ask_undo as ask_undo,
    confirm as confirm,
    decide as decide,
    object_to as object_to,
    propose as propose,
    settle_due as settle_due,
)
from forum.tags.actions.tagging import (
    attach as attach,
    ensure as ensure,
    names_problem as names_problem,
    with_hashtags as with_hashtags,
)

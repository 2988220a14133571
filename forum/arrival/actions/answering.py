"""Answering in a discussion of an open group before one belongs to it: one joins, and signs up, with the answer."""

from forum.accounts import actions as accounts
from forum.accounts.models import GUEST, Account, Viewer
from forum.database.transactions import transaction
from forum.discussions import actions as discussions, queries, rules
from forum.discussions.models import Comment, Discussion
from forum.errors import Invalid, check
from forum.groups import actions as groups, rules as group_rules
from forum.text.fields import body_problem


def join_and_answer(member: Viewer, discussion: Discussion, body: str, once: str = "") -> Comment:
    """Join the group of the discussion and answer in it, or neither. Raises Refused, Invalid (body)."""
    rules.answer_joining(member, discussion).require()
    with transaction():
        if not group_rules.belongs(member, discussion.group):
            groups.join(member, discussion.group)
            # The row keeps how its reader stood to the group.
            discussion = queries.discussion_for(member, discussion.key)
        return discussions.comment(member, discussion, body, once=once)


def sign_up_and_answer(discussion: Discussion, body: str, username: str, password: str) -> tuple[Account, Comment]:
    """Create an account, join and answer, or none of it. Raises Refused, Invalid (body, username, password).

    Sent twice it is done once: a pseudonym that is taken is its owner's, who gives its password.
    """
    rules.answer_joining(GUEST, discussion).require()
    check(body=body_problem(body.strip(), discussions.LONGEST_BODY))
    said: list[Comment] = []
    try:
        account = accounts.sign_up(
            username, password, then=lambda account: said.append(join_and_answer(account, discussion, body))
        )
    except Invalid as problem:
        if problem.fields.get("username") != accounts.TAKEN:
            raise
        account = _owner(username, password, problem)
        said.append(join_and_answer(account, discussion, body))
    return account, said[0]


def _owner(username: str, password: str, taken: Invalid) -> Account:
    try:
        return accounts.sign_in(username, password)
    except Invalid:
        raise taken from None

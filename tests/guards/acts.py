"""Every public function of the rooms of actions: how it is called without a page, and who may."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from forum.accounts import actions as accounts
from forum.arrival import actions as arrival
from forum.candidacies import actions as candidacies
from forum.discussions import actions as discussions, queries as discussion_queries
from forum.draws import actions as draws
from forum.groups import actions as groups
from forum.groups.models import Invitation, Merge
from forum.initiatives import actions as initiatives
from forum.moderation import actions as moderation, kinds
from forum.moderation.models import Case, Decision, Objection
from forum.notifications import actions as notifications
from forum.offices import actions as offices
from forum.personal_data import actions as personal_data
from forum.proposals import actions as proposals
from forum.reorganisation import actions as reorganisation
from forum.sandbox import actions as sandbox
from forum.tags import actions as tags
from tests.candidacies import called, ended, standing
from tests.draws import frozen, prepared
from tests.initiatives import planned
from tests.world import PASSWORD, group, member

LONG, WHY = "Un texte assez long pour être lu.", "Le ton ne laisse de place à personne."
HOME = "insoumis-087"
CALENDAR = candidacies.Calendar("Qui se présente", LONG, "2027-12-01T20:00", "2027-12-08T20:00")
PLAN = initiatives.Plan("Coller des affiches", "2027-03-21T14:00")


@dataclass
class Stage:
    """What strangers have no part in, each of a kind: a group of Alice's and Ronce's, and what happened in it."""

    group: Any
    talk: Any
    comment: Any
    proposal: Any
    meeting: Any
    draw: Any
    lot: Any
    call: Any
    over: Any
    candidacy: Any
    word: Any
    tag: Any
    synonym: Any
    merger: Any
    decision: Any
    objection: Any
    case: Any
    token: str


def stage() -> Stage:
    """Set everything up."""
    alice, home = member("Alice"), group(HOME)
    for name in ("Ronce", "Granit"):
        groups.join(accounts.sign_up(name, PASSWORD), home)
    ronce = member("Ronce")
    talk = discussions.open(ronce, home, "Un sujet", LONG)
    case, decision, objection = judged(talk)
    candidacy = standing(called(HOME, title="Qui se présente"), "Ronce")
    tag = tags.ensure("rivière")
    reorganisation.merge(alice, groups.create(alice, groups.GroupSettings("Saules"), "saules"), HOME)
    return Stage(
        group=home,
        talk=talk,
        comment=discussions.comment(alice, talk, LONG),
        proposal=proposals.propose(alice, home, proposals.Draft("Une proposition", LONG)),
        meeting=planned(HOME),
        draw=prepared(HOME),
        lot=frozen(HOME, title="Qui parle dimanche", source="dice"),
        call=called(HOME),
        over=ended(called(HOME, title="Qui s’est présenté·e")),
        candidacy=candidacy,
        word=candidacies.say(alice, candidacy, "question", LONG),
        tag=tag,
        synonym=tags.propose(alice, tag, "ruisseau"),
        merger=Merge.get(),
        decision=decision,
        objection=objection,
        case=case,
        token=groups.invite(alice, home),
    )


def judged(talk: Any) -> tuple[Case, Decision, Objection]:
    """Another discussion of Ronce's was hidden, to which they object; this one is reported, and waits."""
    alice, ronce = member("Alice"), member("Ronce")
    hidden = kinds.DISCUSSION.read(discussions.open(ronce, group(HOME), "Un autre sujet", LONG))
    moderation.report(alice, hidden, "persons", to_site=True)
    choice = moderation.DecisionDraft("hide", "", "7", "persons", WHY, hidden.digest)
    decision = moderation.decide(member("Modeste"), Case.get(), choice)
    moderation.object_to(ronce, decision, LONG)
    moderation.report(member("Granit"), kinds.DISCUSSION.read(talk), "persons")
    return Case.get(Case.decided_at.is_null()), decision, Objection.get()


@dataclass(frozen=True)
class Act:
    """A call by somebody; why somebody who is signed in, and has no part in it, may do it, and why a guest may."""

    call: Callable[[Any, Stage], object]
    stranger: str = ""
    guest: str = ""


OWN = "it is about themselves alone"
NO_FAULT = "to have done it already is no fault"
OPEN = "whoever has an account may"
NEW = "whoever comes has no account yet"
TRYING = "everybody may try the site out"

PLANNED = groups.GroupSettings("Un groupe")

ACTS = {
    "groups.check_plan": Act(lambda who, s: groups.check_plan(who, PLANNED), OPEN),
    "accounts.sign_up": Act(lambda who, s: accounts.sign_up("Silex", PASSWORD), OPEN, NEW),
    "accounts.sign_in": Act(lambda who, s: accounts.sign_in("Alice", PASSWORD), OPEN, NEW),
    "accounts.sign_out_everywhere": Act(lambda who, s: accounts.sign_out_everywhere(who), OWN),
    "accounts.change_password": Act(lambda who, s: accounts.change_password(who, PASSWORD, LONG), OWN),
    "accounts.change_email": Act(lambda who, s: accounts.change_email(who, ""), OWN),
    "arrival.sign_up": Act(lambda who, s: arrival.sign_up("Silex", PASSWORD), OPEN, NEW),
    "arrival.sign_up_and_answer": Act(
        lambda who, s: arrival.sign_up_and_answer(s.talk, LONG, "Silex", PASSWORD), OPEN, NEW
    ),
    "arrival.join_and_answer": Act(lambda who, s: arrival.join_and_answer(who, s.talk, LONG), OPEN),
    "arrival.sign_in": Act(lambda who, s: arrival.sign_in("Alice", PASSWORD), OPEN, NEW),
    "arrival.ask_new_password": Act(lambda who, s: arrival.ask_new_password("a@example.org"), NEW, NEW),
    "arrival.account_of": Act(lambda who, s: arrival.account_of("inconnu")),
    "arrival.renew_password": Act(lambda who, s: arrival.renew_password("inconnu", LONG)),
    "discussions.open": Act(lambda who, s: discussions.open(who, s.group, "Un titre", LONG)),
    "discussions.edit": Act(lambda who, s: discussions.edit(who, s.talk, "Un titre", LONG)),
    "discussions.comment": Act(lambda who, s: discussions.comment(who, s.talk, LONG)),
    "discussions.delete": Act(lambda who, s: discussions.delete(who, s.talk)),
    "discussions.delete_comment": Act(lambda who, s: discussions.delete_comment(who, s.comment)),
    "personal_data.take_back": Act(lambda who, s: personal_data.take_back(who, s.talk)),
    "discussions.edit_comment": Act(lambda who, s: discussions.edit_comment(who, s.comment, LONG)),
    "discussions.decide": Act(lambda who, s: discussions.decide(who, s.talk, "approve")),
    "discussions.pin": Act(lambda who, s: discussions.pin(who, s.talk)),
    "discussions.unpin": Act(lambda who, s: discussions.unpin(who, s.talk)),
    "discussions.close": Act(lambda who, s: discussions.close(who, s.talk)),
    "discussions.reopen": Act(lambda who, s: discussions.reopen(who, s.talk)),
    "discussions.split": Act(lambda who, s: discussions.split(who, s.talk, "Un titre", [s.comment.key])),
    "discussions.read": Act(
        lambda who, s: discussions.read(who, s.talk, [s.comment.id], discussion_queries.Unread()),
        "whoever may read may; it is remembered of members alone",
        "whoever may read may; it is remembered of members alone",
    ),
    "draws.prepare": Act(lambda who, s: draws.prepare(who, s.group, draws.DrawPlan("Qui", "Parce que", "1"))),
    "draws.stand": Act(lambda who, s: draws.stand(who, s.draw)),
    "draws.step_back": Act(lambda who, s: draws.step_back(who, s.draw), NO_FAULT),
    "draws.freeze": Act(lambda who, s: draws.freeze(who, s.draw, "1")),
    "draws.enter": Act(lambda who, s: draws.enter(who, s.lot, "0", "1 2 3 4 5 6 1 2 3 4")),
    "draws.withdraw": Act(lambda who, s: draws.withdraw(who, s.lot, "1")),
    "draws.cancel": Act(lambda who, s: draws.cancel(who, s.draw, "Une raison")),
    "draws.end": Act(lambda who, s: draws.end(who, s.lot)),
    "candidacies.call": Act(lambda who, s: candidacies.call(who, s.group, CALENDAR)),
    "candidacies.stand": Act(lambda who, s: candidacies.stand(who, s.call, LONG, "", "087-03")),
    "candidacies.withdraw": Act(lambda who, s: candidacies.withdraw(who, s.candidacy)),
    "candidacies.say": Act(lambda who, s: candidacies.say(who, s.candidacy, "question", LONG)),
    "candidacies.take_back": Act(lambda who, s: candidacies.take_back(who, s.word)),
    "candidacies.take_statement_back": Act(lambda who, s: candidacies.take_statement_back(who, s.candidacy)),
    "candidacies.settle": Act(lambda who, s: candidacies.settle(who, s.over, [], LONG)),
    "candidacies.put_to_vote": Act(lambda who, s: candidacies.put_to_vote(who, s.over, "approval")),
    "candidacies.draw_among": Act(lambda who, s: candidacies.draw_among(who, s.over, "1", "dice")),
    "groups.create": Act(lambda who, s: groups.create(who, PLANNED), OPEN),
    "groups.edit": Act(lambda who, s: groups.edit(who, s.group, PLANNED)),
    "groups.change_access": Act(lambda who, s: groups.change_access(who, s.group, PLANNED)),
    "groups.change_address": Act(lambda who, s: groups.change_address(who, s.group, "autre")),
    "groups.place_under": Act(lambda who, s: groups.place_under(who, s.group, "")),
    "groups.detach_child": Act(lambda who, s: groups.detach_child(who, s.group, "insoumis")),
    "groups.name_animator": Act(lambda who, s: groups.name_animator(who, s.group, "Ronce")),
    "groups.give_title": Act(lambda who, s: groups.give_title(who, s.group, "Ronce", "trésorerie")),
    "groups.hand_over": Act(lambda who, s: groups.hand_over(who, s.group, "Ronce")),
    "groups.step_down": Act(lambda who, s: groups.step_down(who, s.group)),
    "groups.accept_part": Act(lambda who, s: groups.accept_part(who, s.group)),
    "groups.decline_part": Act(lambda who, s: groups.decline_part(who, s.group)),
    "groups.object_to_candidate": Act(lambda who, s: groups.object_to_candidate(who, s.group, "Une raison")),
    "groups.archive": Act(lambda who, s: groups.archive(who, s.group)),
    "groups.reopen": Act(lambda who, s: groups.reopen(who, s.group)),
    "groups.follow": Act(lambda who, s: groups.follow(who, s.group), OPEN),
    "groups.unfollow": Act(lambda who, s: groups.unfollow(who, s.group), NO_FAULT),
    "groups.invite": Act(lambda who, s: groups.invite(who, s.group)),
    "groups.invite_by_mail": Act(lambda who, s: groups.invite_by_mail(who, s.group, "a@example.org")),
    "groups.renew_invitation": Act(lambda who, s: groups.renew_invitation(who, s.group, Invitation.get().key)),
    "groups.withdraw_invitation": Act(lambda who, s: groups.withdraw_invitation(who, s.group, Invitation.get().key)),
    "groups.accept_invitation": Act(lambda who, s: groups.accept_invitation(who, s.token), "who holds it is invited"),
    "groups.put_welcome_away": Act(lambda who, s: groups.put_welcome_away(who, s.group)),
    "groups.join": Act(lambda who, s: groups.join(who, s.group), OPEN),
    "groups.enter": Act(lambda who, s: groups.enter(who, s.group), OPEN),
    "groups.ask_to_join": Act(lambda who, s: groups.ask_to_join(who, s.group), OPEN),
    "groups.leave": Act(lambda who, s: groups.leave(who, s.group), NO_FAULT),
    "groups.withdraw_request": Act(lambda who, s: groups.withdraw_request(who, s.group), NO_FAULT),
    "groups.remove_member": Act(lambda who, s: groups.remove_member(who, s.group, member("Ronce"), WHY)),
    "groups.answer_request": Act(lambda who, s: groups.answer_request(who, s.group, "inconnue", "accept")),
    "initiatives.plan": Act(lambda who, s: initiatives.plan(who, s.group, PLAN)),
    "initiatives.delete": Act(lambda who, s: initiatives.delete(who, s.meeting)),
    "initiatives.edit": Act(lambda who, s: initiatives.edit(who, s.meeting, PLAN)),
    "initiatives.cancel": Act(lambda who, s: initiatives.cancel(who, s.meeting, "Une raison")),
    "initiatives.take_part": Act(lambda who, s: initiatives.take_part(who, s.meeting)),
    "initiatives.withdraw": Act(lambda who, s: initiatives.withdraw(who, s.meeting), NO_FAULT),
    "offices.appoint": Act(lambda who, s: offices.appoint(who, "Ronce", "jardinier", WHY)),
    "moderation.block": Act(lambda who, s: moderation.block(who, "Ronce"), OWN),
    "moderation.unblock": Act(lambda who, s: moderation.unblock(who, "Ronce"), OWN),
    "moderation.report": Act(
        lambda who, s: moderation.report(who, kinds.DISCUSSION.read(s.talk), "persons"),
        "whoever reads it may report it",
        "whoever reads it may report it; of visitors nothing is kept",
    ),
    "moderation.decide": Act(
        lambda who, s: moderation.decide(who, s.case, moderation.DecisionDraft("keep", "", "7", "persons", WHY))
    ),
    "moderation.escalate": Act(lambda who, s: moderation.escalate(who, s.case)),
    "moderation.undo": Act(lambda who, s: moderation.undo(who, s.decision, WHY)),
    "moderation.object_to": Act(lambda who, s: moderation.object_to(who, s.decision, LONG)),
    "moderation.judge": Act(lambda who, s: moderation.judge(who, s.objection, True, LONG)),
    "notifications.see_all": Act(lambda who, s: notifications.see_all(who), OWN),
    "notifications.see_opened": Act(lambda who, s: notifications.see_opened(who, "/"), OWN),
    "notifications.choose": Act(lambda who, s: notifications.choose(who, [], False), OWN),
    "notifications.tune": Act(lambda who, s: notifications.tune(who, "all", s.group), OWN),
    "notifications.stop_mail": Act(lambda who, s: notifications.stop_mail("inconnu")),
    "personal_data.leave_for_good": Act(lambda who, s: personal_data.leave_for_good(who, PASSWORD), OWN),
    "proposals.propose": Act(lambda who, s: proposals.propose(who, s.group, proposals.Draft("Un titre", LONG))),
    "proposals.edit": Act(lambda who, s: proposals.edit(who, s.proposal, proposals.Draft("Un titre", LONG))),
    "proposals.vote": Act(lambda who, s: proposals.vote(who, s.proposal, {"choice": "agree"})),
    "proposals.record_voice": Act(lambda who, s: proposals.record_voice(who, s.proposal, "Ronce", {"choice": "agree"})),
    "proposals.withdraw_voice": Act(lambda who, s: proposals.withdraw_voice(who, s.proposal)),
    "proposals.add_option": Act(lambda who, s: proposals.add_option(who, s.proposal, "Une option")),
    "proposals.cancel": Act(lambda who, s: proposals.cancel(who, s.proposal, "Une raison")),
    "proposals.reopen": Act(lambda who, s: proposals.reopen(who, s.proposal, "", "Une raison")),
    "proposals.state_outcome": Act(lambda who, s: proposals.state_outcome(who, s.proposal, LONG)),
    "proposals.count_by_hand": Act(lambda who, s: proposals.count_by_hand(who, s.proposal, "", {})),
    "proposals.remind": Act(lambda who, s: proposals.remind(who, s.proposal)),
    "reorganisation.delete": Act(lambda who, s: reorganisation.delete(who, s.group, HOME)),
    "reorganisation.restore": Act(lambda who, s: reorganisation.restore(who, s.merger.source)),
    "reorganisation.merge": Act(lambda who, s: reorganisation.merge(who, s.group, "insoumis")),
    "reorganisation.unmerge": Act(lambda who, s: reorganisation.unmerge(who, s.merger)),
    "reorganisation.move": Act(lambda who, s: reorganisation.move(who, s.talk, "insoumis")),
    "sandbox.enter": Act(lambda who, s: sandbox.enter(), TRYING, TRYING),
    "sandbox.come_back": Act(lambda who, s: sandbox.come_back(who)),
    "sandbox.keep": Act(lambda who, s: sandbox.keep(who, "Silex", PASSWORD)),
    "tags.propose": Act(lambda who, s: tags.propose(who, s.tag, "fleuve"), OPEN),
    "tags.confirm": Act(lambda who, s: tags.confirm(who, s.synonym), OPEN),
    "tags.object_to": Act(lambda who, s: tags.object_to(who, s.synonym, "Une raison"), OPEN),
    "tags.ask_undo": Act(lambda who, s: tags.ask_undo(who, s.synonym)),
    "tags.decide": Act(lambda who, s: tags.decide(who, s.synonym, True)),
    "tags.part": Act(lambda who, s: tags.part(who, s.tag, "rivières", "Une raison")),
    "tags.reunite": Act(lambda who, s: tags.reunite(who, s.synonym)),
    "tags.follow": Act(lambda who, s: tags.follow(who, s.tag), OPEN),
    "tags.unfollow": Act(lambda who, s: tags.unfollow(who, s.tag), NO_FAULT),
    "tags.hear": Act(lambda who, s: tags.hear(who, s.synonym.id), OWN),
}

# Called by the worker, by a command, or by another action that has asked the rules; never by a page.
BY_ACTIONS = "inside the transaction of another action, which has asked the rules"
BY_WORKER = "by the worker, at its hour"
BY_COMMAND = "by a command, typed on the machine"
SYSTEM = {
    "accounts.check_password": BY_ACTIONS,
    "accounts.erase": BY_ACTIONS,
    "arrival.write_to": BY_WORKER,
    "discussions.submit": BY_ACTIONS,
    "discussions.pour": BY_ACTIONS,
    "discussions.pour_back": BY_ACTIONS,
    "chains.append": BY_ACTIONS,
    "chains.erase_lost": BY_ACTIONS,
    "chains.forget": BY_ACTIONS,
    "candidacies.forget_lost_records": BY_WORKER,
    "candidacies.leave": BY_ACTIONS,
    "candidacies.pour": BY_ACTIONS,
    "candidacies.pour_back": BY_ACTIONS,
    "draws.forget_lost_records": BY_WORKER,
    "draws.leave": BY_ACTIONS,
    "draws.pour": BY_ACTIONS,
    "draws.pour_back": BY_ACTIONS,
    "draws.write_to_holders": BY_ACTIONS,
    "draws.end_due": BY_WORKER,
    "groups.look_for_animator": BY_ACTIONS,
    "groups.advance": BY_WORKER,
    "groups.advance_successions": BY_WORKER,
    "groups.add_member": BY_ACTIONS,
    "groups.recount": BY_ACTIONS,
    "groups.write_beside": BY_ACTIONS,
    "groups.write_tags": BY_ACTIONS,
    "groups.write_welcome": BY_ACTIONS,
    "groups.forget_expired_invitations": BY_WORKER,
    "groups.forget_old_requests": BY_WORKER,
    "initiatives.pour": BY_ACTIONS,
    "initiatives.pour_back": BY_ACTIONS,
    "offices.appoint_by_command": "by whoever runs the machine",
    "moderation.take_back": BY_ACTIONS,
    "moderation.tell_deciders": BY_ACTIONS,
    "moderation.apply": BY_ACTIONS,
    "moderation.hand_over_forgotten_cases": BY_WORKER,
    "moderation.forget_old_reports": BY_WORKER,
    "notifications.forget_old": BY_WORKER,
    "proposals.close": BY_WORKER,
    "proposals.close_on_time": BY_WORKER,
    "proposals.close_all_due": BY_WORKER,
    "proposals.recount": BY_ACTIONS,
    "proposals.add": BY_ACTIONS,
    "proposals.open_vote": BY_WORKER,
    "proposals.note_opening": BY_ACTIONS,
    "proposals.open_on_time": BY_WORKER,
    "proposals.open_all_due": BY_WORKER,
    "proposals.pour": BY_ACTIONS,
    "proposals.pour_back": BY_ACTIONS,
    "proposals.remind_all_due": BY_WORKER,
    "proposals.tell_all_reviews_due": BY_WORKER,
    "proposals.seal": BY_ACTIONS,
    "proposals.set_options": BY_ACTIONS,
    "proposals.put_in": BY_ACTIONS,
    "proposals.empty": BY_ACTIONS,
    "proposals.open_at_the_end": BY_ACTIONS,
    "proposals.shake_all_due": BY_WORKER,
    "proposals.end_all_over": BY_WORKER,
    "proposals.seal_what_ended_before": BY_COMMAND,
    "reorganisation.purge": BY_WORKER,
    "sandbox.wipe": BY_WORKER,
    "search.index_changes": BY_WORKER,
    "search.reindex": BY_COMMAND,
    "tags.ensure": BY_ACTIONS,
    "tags.attach": BY_ACTIONS,
    "tags.tag_of_key": BY_ACTIONS,
    "tags.join": BY_ACTIONS,
    "tags.note": BY_ACTIONS,
    "tags.settle_as": BY_ACTIONS,
    "tags.settle_on_time": BY_WORKER,
    "tags.seed": BY_COMMAND,
    "tags.take_in": BY_COMMAND,
}

# What the clock has decided already is noted by whoever looks first; it asks nobody.
BY_THE_CLOCK = {"proposals.by_the_clock", "tags.settle_due"}

# They look, and change nothing.
READ_ONLY = {
    "initiatives.as_typed",
    "accounts.email_problem",
    "groups.objections_needed",
    "moderation.reason_problem",
    "moderation.tells_too_much",
    "moderation.end_of",
    "proposals.default_closing",
    "proposals.evening",
    "proposals.is_right",
    "proposals.read_closing",
    "proposals.read_terms",
    "tags.names_problem",
    "tags.reason_problem",
    "tags.with_hashtags",
}

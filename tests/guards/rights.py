"""The acts of docs/rights.md: by what requests each is tried, and which rules it goes through."""

from collections.abc import Callable
from dataclasses import dataclass, field

from forum.groups.models import Membership, Request
from tests.world import group, member

DOORS = ("/connexion", "/inscription")


@dataclass(frozen=True)
class Try:
    """One request. `shows` must stand in the answer; without it any answer but a refusal lets one through.

    `done` looks at what became of the person and the group, where the answer alone does not tell.
    """

    path: str
    form: dict | None = None
    shows: str = ""
    htmx: bool = False
    done: Callable[[str, str], bool] | None = None

    def lets_in(self, visitor, name: str, keys: dict[str, str]) -> bool:
        path = self.path.format(**keys)
        answer = visitor.get(path, self.htmx) if self.form is None else visitor.post(path, self.form, self.htmx)
        assert answer.status_code < 500, path
        passed = answer.status_code in (200, 204, 302, 422)
        passed |= answer.status_code == 303 and not answer.location.startswith(DOORS)
        if self.shows:
            return answer.status_code == 200 and self.shows.format(**keys) in answer.text
        return passed and (self.done is None or self.done(name, keys["g"]))


@dataclass(frozen=True)
class Act:
    """One line of the table. `changes`: who belongs, and who asks to, are put back after each cell."""

    tries: list[Try] = field(default_factory=list)
    rules: tuple[str, ...] = ()
    changes: bool = False


def belongs(name: str, handle: str) -> bool:
    """Whether they are a member now."""
    rows = Membership.select().where(Membership.group == group(handle))
    return bool(name) and rows.where(Membership.member == member(name)).exists()


def asked(name: str, handle: str) -> bool:
    """Whether they wait for an answer now."""
    rows = Request.select().where(Request.group == group(handle), Request.state == "waiting")
    return bool(name) and rows.where(Request.member == member(name)).exists()


def left(name: str, handle: str) -> bool:
    """Whether a member is one no more."""
    return name in ("Charlie", "Alice") and not belongs(name, handle)


# In keys: n a draw to be frozen, l one that is (its title in {lots}), o one that has drawn Galet among those who come;
# g the group's handle, its word in {group}; d a discussion, c its comment, p a proposal, i an initiative, all
# by somebody else, their words in {talk} and {asked}; w a discussion that waits, its word in {waits}; r a request.
ACTS = {
    "find the group": Act(
        [
            Try("/g/{g}", shows="#{g}"),
            Try("/g/{g}.json", shows="{g}"),
            Try("/groupes?q={group}", shows="#{g}"),
            Try("/groupes?q={group}", shows="#{g}", htmx=True),
            Try("/groupes.json?q={group}", shows="{g}"),
            Try("/recherche?q={group}", shows="#{g}"),
            Try("/recherche.json?q={group}&type=groupe", shows="{g}"),
        ],
        ("groups.readable_by",),
    ),
    "read what is said": Act(
        [
            Try("/g/{g}", shows="{talk}"),
            Try("/g/{g}.json", shows="{talk}"),
            Try("/d/{d}", shows="{talk}"),
            Try("/d/{d}?reponse={c}", htmx=True),
            Try("/d/{d}/reponses"),
            Try("/d/{d}.json", shows="{talk}"),
            Try("/d/{d}/versions"),
            Try("/c/{c}"),
            Try("/c/{c}/versions"),
            Try("/p/{p}", shows="{asked}"),
            Try("/p/{p}.json", shows="{asked}"),
            Try("/p/{p}/resultat"),
            Try("/p/{p}/resultat?forme=barre", htmx=True),
            Try("/i/{i}"),
            Try("/i/{i}.json"),
            Try("/i/{i}.ics"),
            Try("/g/{g}/initiatives", shows="affiches"),
            Try("/g/{g}/tirages", shows="{lots}"),
            Try("/tirages/{l}", shows="{lots}"),
            Try("/tirages/{l}.json", shows="{lots}"),
            Try("/tirages/{l}.jsonl", shows="frozen"),
            Try("/tirages/{l}/billets.txt"),
            Try("/tirages/{l}/verifier.py"),
            Try("/tirages/{l}/ecran", shows="{lots}"),
            Try("/t/{tag}", shows="{talk}"),
            Try("/t/{tag}.json"),
            Try("/recherche?q={talk}", shows="{d}"),
            Try("/recherche?q={talk}&type=discussion", shows="{d}", htmx=True),
            Try("/recherche?auteur=Galet&groupe={g}", shows="{d}"),
            Try("/recherche.json?q={talk}", shows="{d}"),
            Try("/recherche.json?q={asked}&type=proposition", shows="{p}"),
            Try("/recherche?q={tag}&type=tag", shows="/t/{tag}"),
        ],
        (
            "groups.read_content",
            "groups.content_readable_by",
            "discussions.readable_by",
            "proposals.readable_by",
            "initiatives.readable_by",
            "draws.readable_by",
            "candidacies.readable_by",
        ),
    ),
    "read its feeds": Act(
        [Try("/g/{g}.atom", shows="{talk}"), Try("/t/{tag}.atom", shows="{talk}"), Try("/g/{g}.ics", shows="affiches")],
        ("groups.content_readable_by",),
    ),
    "read what waits for the animators": Act(
        [
            Try("/d/{w}", shows="{waits}"),
            Try("/d/{w}.json", shows="{waits}"),
            Try("/g/{g}", shows="{waits}"),
        ],
        ("discussions.readable_by", "groups.animated_by"),
    ),
    "see who is a member": Act(
        [Try("/g/{g}/membres", shows="Galet"), Try("/p/{p}/voix"), Try("/tirages/{o}", shows="\u00a0: Galet")],
        (
            "groups.see_members",
            "proposals.see_voices",
            "proposals.see_voters",
            "proposals.name_voters",
            "initiatives.see_participants",
            "draws.see_names",
        ),
    ),
    "know how many members a group of less than five has": Act(
        [
            Try("/g/{g}", shows="3 membres"),
            Try("/g/{g}.json", shows='"members_count":3'),
            Try("/groupes?q={group}", shows="3 membres"),
            Try("/groupes.json?q={group}", shows='"members_count":3'),
            Try("/recherche?q={group}", shows="3 membres"),
        ],
        ("groups.see_count",),
    ),
    "read ballots during the vote": Act([Try("/p/{p}.csv", shows="ballot,1,")], ("proposals.read_ballots",)),
    "join at once": Act([Try("/g/{g}/adhesion", {}, done=belongs)], ("groups.join",), changes=True),
    "ask to enter": Act([Try("/g/{g}/adhesion", {"word": "Bonjour"}, done=asked)], ("groups.ask",), changes=True),
    "follow without joining": Act([Try("/g/{g}/abonnement", {})], ("groups.follow",)),
    "leave": Act([Try("/g/{g}/depart", {}, done=left)], ("groups.leave",), changes=True),
    "invite": Act([Try("/g/{g}/invitations"), Try("/g/{g}/invitations", {})], ("groups.invite",)),
    "open a discussion": Act(
        [Try("/g/{g}/discussions/nouvelle"), Try("/g/{g}/discussions/nouvelle", {})],
        ("groups.discuss", "discussions.open"),
    ),
    "comment": Act(
        [Try("/d/{d}/commentaires", {}), Try("/d/{d}/commentaires", {}, htmx=True)],
        ("groups.comment", "discussions.comment"),
    ),
    "join by answering": Act(
        [Try("/d/{d}/arrivee", {})], ("groups.enter_writing", "discussions.answer_joining"), changes=True
    ),
    "put a proposal": Act(
        [
            Try("/g/{g}/propositions/nouvelle"),
            Try("/g/{g}/propositions/nouvelle", {}),
            Try("/d/{d}/propositions/nouvelle", {}),
        ],
        ("groups.propose", "proposals.propose", "proposals.propose_from", "discussions.propose"),
    ),
    "vote": Act(
        [Try("/p/{p}/vote", {}), Try("/p/{p}/vote", {}, htmx=True)],
        ("groups.vote", "proposals.vote"),
    ),
    "plan an initiative": Act(
        [Try("/g/{g}/initiatives/nouvelle"), Try("/g/{g}/initiatives/nouvelle", {})], ("initiatives.plan",)
    ),
    "say that one comes": Act([Try("/i/{i}/participation", {})], ("initiatives.take_part",)),
    "change or cancel another's initiative": Act(
        [Try("/i/{i}/modifier"), Try("/i/{i}/modifier", {}), Try("/i/{i}/annulation", {})], ("initiatives.edit",)
    ),
    "prepare a draw, freeze, cancel or end it": Act(
        [
            Try("/g/{g}/tirages/nouveau"),
            Try("/g/{g}/tirages/nouveau", {}),
            Try("/tirages/{n}/gel", {"seats": ""}),
            Try("/tirages/{o}/annulation", {}),
            Try("/tirages/{o}/fin", {}),
        ],
        ("draws.prepare", "draws.freeze", "draws.cancel", "draws.end"),
    ),
    "stand in a draw": Act([Try("/tirages/{n}/volontaires", {})], ("draws.stand",)),
    "enter what a source gave": Act([Try("/tirages/{l}/nombres", {"source": "0"})], ("draws.enter",)),
    "take another's ticket out": Act([Try("/tirages/{l}/desistement", {"number": "1"})], ("draws.withdraw",)),
    "call for candidacies, publish a designation": Act(
        [
            Try("/g/{g}/candidatures/nouvelles"),
            Try("/g/{g}/candidatures/nouvelles", {}),
            Try("/candidatures/appels/{f}/designation", {}),
            Try("/candidatures/appels/{f}/vote", {}),
            Try("/candidatures/appels/{q}/tirage", {}),
        ],
        ("candidacies.call", "candidacies.settle", "candidacies.put_to_vote", "candidacies.draw_among"),
    ),
    "stand as a candidate": Act([Try("/candidatures/appels/{e}", {})], ("candidacies.stand",)),
    "ask or object under another's candidacy": Act(
        [Try("/candidatures/c/{y}/paroles", {"kind": "question"})], ("candidacies.ask",)
    ),
    "withdraw another's candidacy, or answer in their name": Act(
        [Try("/candidatures/c/{y}/retrait", {}), Try("/candidatures/c/{y}/paroles", {"kind": "answer"})],
        ("candidacies.withdraw", "candidacies.answer"),
    ),
    "take another's words under a candidacy away": Act(
        [Try("/candidatures/paroles/{z}/effacement", {})], ("candidacies.take_back",)
    ),
    "change another's text or proposal": Act(
        [
            Try("/d/{d}/modifier"),
            Try("/d/{d}/modifier", {}),
            Try("/c/{c}/modifier"),
            Try("/c/{c}/modifier", {}),
            Try("/d/{d}/suppression"),
            Try("/d/{d}/suppression", {}),
            Try("/c/{c}/suppression", {}),
            Try("/i/{i}/suppression", {}),
            Try("/p/{p}/modifier"),
            Try("/p/{p}/modifier", {}),
        ],
        ("discussions.edit", "discussions.edit_comment", "discussions.delete", "initiatives.delete", "proposals.edit"),
    ),
    "publish or decline what waits": Act(
        [Try("/d/{w}/accord", {}), Try("/d/{w}/accord", {"choice": "?"}, htmx=True)],
        ("groups.approve", "discussions.approve"),
    ),
    "pin, close, reopen, split a discussion": Act(
        [
            Try("/d/{d}/separation"),
            Try("/d/{d}/separation", {}),
            Try("/d/{d}/deplacement"),
            Try("/d/{d}/deplacement", {}),
            Try("/d/{d}/epingle", {"pinned": "1"}),
            Try("/d/{d}/epingle", {"pinned": "0"}),
            Try("/d/{d}/cloture", {}),
            Try("/d/{d}/reouverture", {}),
        ],
        ("discussions.care", "discussions.pin"),
    ),
    "answer requests": Act(
        [Try("/g/{g}/demandes"), Try("/g/{g}/demandes/{r}", {})],
        ("groups.admit",),
    ),
    "report a text": Act(
        [Try("/signaler/message/{c}"), Try("/signaler/message/{c}", {})],
        ("moderation.report",),
    ),
    "see what is reported in the group": Act([Try("/g/{g}/signalements")], ("moderation.see_queue",)),
    "see what is reported on the site": Act([Try("/moderation")], ("moderation.see_queue",)),
    "give and take the offices of the site": Act([Try("/site"), Try("/site/offices", {})], ("offices.administer",)),
    "see who animates, and who would": Act([Try("/g/{g}/animation")], ("groups.be_among_members",)),
    "archive, delete, see the figures": Act(
        [Try("/g/{g}/fin"), Try("/g/{g}/suppression", {}), Try("/g/{g}/chiffres")], ("groups.archive_or_delete",)
    ),
    "remove a member": Act(
        [Try("/g/{g}/membres/Galet/retrait"), Try("/g/{g}/membres/Galet/retrait", {})], ("groups.remove",)
    ),
    "change the settings": Act(
        [
            Try("/g/{g}/reglages"),
            Try("/g/{g}/reglages", {}),
            Try("/g/{g}/reglages/droits"),
            Try("/g/{g}/reglages/droits", {}),
            Try("/g/{g}/reglages/adresse"),
            Try("/g/{g}/reglages/adresse", {}),
            Try("/g/{g}/reglages/place", {"parent": "nulle-part"}),
            Try("/g/{g}/reglages/dessous", {"child": "nulle-part"}),
        ],
        ("groups.edit",),
    ),
    "found a group": Act([Try("/groupes/nouveau"), Try("/groupes/nouveau", {})], ("groups.found",)),
}

# Rules that do not depend on who looks at which group, or on more than the table says: the tests that hold them.
ELSEWHERE = {
    "accounts.block": "tests/moderation/test_blocking.py",
    "accounts.act_outside_sandbox": "tests/sandbox/test_trying.py",
    "accounts.try_out": "tests/sandbox/test_trying.py",
    "accounts.sign_out": "tests/guards/test_acts.py",
    "accounts.sign_in": "tests/moderation",
    "groups.not_suspended": "tests/moderation",
    "groups.active_for": "tests/reorganisation/test_merging.py",
    "moderation.decide": "tests/moderation/test_deciding.py",
    "moderation.escalate": "tests/moderation/test_deciding.py",
    "moderation.judge": "tests/moderation/test_objecting.py",
    "moderation.object_to": "tests/moderation/test_objecting.py",
    "moderation.undo": "tests/moderation/test_deciding.py",
    "proposals.add_option": "tests/proposals",
    "proposals.readable_alone": "tests/tags/test_counting.py",
    "accounts.change": "tests/personal_data/test_leaving_for_good.py",
    "reorganisation.bring_into": "tests/reorganisation/test_moving.py",
    "reorganisation.move": "tests/reorganisation/test_moving.py",
    "discussions.remember_reading": "tests/discussions",
    "discussions.readable_alone": "tests/tags/test_counting.py",
    "groups.enter_invited": "tests/groups/test_removing.py",
    "reorganisation.merge": "tests/reorganisation/test_merging.py",
    "groups.object_to": "tests/groups/test_animating.py",
    "groups.place_below": "tests/groups/test_addresses.py",
    "reorganisation.restore": "tests/reorganisation/test_deleting.py",
    "groups.succeed": "tests/groups/test_animating.py",
    "reorganisation.unmerge": "tests/reorganisation/test_merging.py",
    "groups.withdraw_invitation": "tests/groups",
    "draws.hold": "tests/draws",
    "draws.step_back": "tests/draws",
    "initiatives.withdraw": "tests/initiatives",
    "notifications.choose": "tests/notifications",
    "notifications.may_be_told": "tests/notifications",
    "notifications.own": "tests/notifications",
    "notifications.readable_by": "tests/notifications",
    "notifications.tune": "tests/notifications",
    "proposals.change_vote": "tests/proposals/test_reasons_and_second_thoughts.py",
    "proposals.see_results": "tests/proposals/test_hidden_results.py",
    "proposals.count_by_hand": "tests/proposals/test_rooms.py",
    "proposals.record_voice": "tests/proposals/test_delegation.py",
    "proposals.withdraw_voice": "tests/proposals/test_delegation.py",
    "proposals.cancel": "tests/proposals",
    "proposals.remind": "tests/proposals",
    "proposals.reopen": "tests/proposals",
    "proposals.see_participants": "tests/proposals/test_secret_ballots.py",
    "proposals.state_outcome": "tests/proposals",
    "proposals.replace_seen": "tests/proposals",
    "proposals.see_own_voice": "tests/proposals",
    "tags.ask_undo": "tests/tags",
    "tags.confirm": "tests/tags",
    "tags.decide": "tests/tags",
    "tags.follow": "tests/tags",
    "tags.object_to": "tests/tags",
    "tags.part": "tests/tags",
    "tags.propose": "tests/tags",
    "tags.reunite": "tests/tags",
}

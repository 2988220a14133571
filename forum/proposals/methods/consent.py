"""Agree, abstain, disagree, block: the ballot of assemblies that seek agreement, with a threshold.

The voices expressed are those that agree, disagree or block: an abstention weighs on the quorum only, as in French
assemblies. Under a majority a block counts with the disagreements. Consent is that of sociocracy (T. J. Rau and
J. Koch-Gonzalez, Many Voices One Song, 2018): nobody objects for a reason they can give. So a single block, which says
why, stops the proposal, and a disagreement is noted without stopping it. Voters read this at the ballot (`advice`).
"""

from collections.abc import Mapping
from types import MappingProxyType

from forum.proposals.methods.method import Method
from forum.proposals.methods.results import quorum_sentences, without_result
from forum.proposals.methods.shapes import QUORUM, Marks, Options, Outcome, Problems, Setting, Settings, Tally
from forum.text.fields import says_something
from forum.text.numbers import figure

THRESHOLD = Setting(
    "threshold",
    "Seuil d’adoption",
    "majority",
    choices=(
        ("majority", "Majorité : plus de la moitié des voix exprimées"),
        ("2/3", "Deux tiers des voix exprimées"),
        ("4/5", "Quatre cinquièmes des voix exprimées"),
        ("consent", "Consentement : aucun blocage"),
        ("none", "Aucun seuil : on recueille les avis"),
    ),
    hint="Les abstentions ne sont pas des voix exprimées.",
)

# What each option is called after a number: one, several.
COUNTED = {
    "agree": ("d’accord", "d’accord"),
    "abstain": ("abstention", "abstentions"),
    "disagree": ("en désaccord", "en désaccord"),
    "block": ("blocage", "blocages"),
}


class Consent(Method):
    """Adopted when those who agree reach the threshold among the voices expressed, and the quorum is met.

    One more voice that agrees never turns an adoption into anything else.
    """

    name = "consent"
    label = "Pour ou contre"
    summary = "D’accord, abstention, désaccord ou blocage, avec ses raisons."
    own_options = MappingProxyType(
        {"agree": "D’accord", "abstain": "Abstention", "disagree": "Désaccord", "block": "Blocage"}
    )
    settings = (THRESHOLD, QUORUM)
    single_mark = True
    objections = MappingProxyType({"disagree": "un désaccord", "block": "un blocage"})
    explained = ("block",)
    lead = ("agree", "d’accord")
    colours = MappingProxyType({name: name for name in own_options})

    def validate(self, typed: Mapping[str, str], options: Options, settings: Settings) -> tuple[Marks, Problems]:
        choice = typed.get("choice", "")
        if choice not in options:
            return {}, {"choice": "Choisissez une des réponses proposées."}
        if self.needs_reason(choice) and not says_something(typed.get("reason", "")):
            return {}, {"reason": "Un blocage se motive : dites en quelques mots ce qui vous arrête."}
        return {choice: 1}, {}

    def advice(self, settings: Settings) -> str:
        abstaining = "ne compte que pour le quorum" if settings.get("quorum") else "ne compte pas"
        effect = _EFFECTS[str(settings.get("threshold", "majority"))]
        return effect.format(abstaining=f"l’abstention {abstaining}")

    def outcome(self, tally: Tally, options: Options, settings: Settings, eligible: int) -> Outcome:
        detail = _in_words(tally.counts)
        missing = without_result(tally, settings, eligible, detail)
        if missing:
            return missing
        status, reason = _verdict(str(settings.get("threshold", "majority")), tally.counts)
        chosen = ("agree",) if status == "adopted" else ()
        sentences = (f"{_TITLES[status]} : {detail}.", *reason, *quorum_sentences(tally, settings, eligible))
        return Outcome(status, chosen, sentences)


_AGAINST = "Désaccord et blocage comptent contre ; {abstaining}."
_EFFECTS = {
    "majority": f"Adoptée si plus de la moitié des voix sont d’accord. {_AGAINST}",
    "2/3": f"Adoptée si les deux tiers des voix sont d’accord. {_AGAINST}",
    "4/5": f"Adoptée si les quatre cinquièmes des voix sont d’accord. {_AGAINST}",
    "consent": "Un seul blocage arrête la proposition. Un désaccord se note sans l’arrêter ; {abstaining}.",
    "none": "Les avis sont recueillis : rien n’est adopté ni rejeté.",
}


def _in_words(counts: Mapping[str, int]) -> str:
    """ "28 d’accord, 6 abstentions, 1 blocage": the answers somebody gave, in words."""
    return ", ".join(
        f"{figure(counts[name])}\u00a0{words[counts[name] > 1]}" for name, words in COUNTED.items() if counts.get(name)
    )


_TITLES = {"adopted": "Adoptée", "rejected": "Rejetée", "tie": "Égalité, non adoptée", "noted": "Avis recueillis"}
_SHARES = {"2/3": (2, 3, "Deux tiers"), "4/5": (4, 5, "Quatre cinquièmes")}


def _verdict(threshold: str, counts: Mapping[str, int]) -> tuple[str, tuple[str, ...]]:
    agree, against = counts["agree"], counts["disagree"] + counts["block"]
    expressed = agree + against
    if threshold == "none":
        return "noted", ()
    if not expressed:
        return "rejected", ("Aucune voix exprimée : tout le monde s’est abstenu.",)
    if threshold == "consent":
        return _consent(agree, counts["disagree"], counts["block"])
    if threshold == "majority" and agree == against:
        return "tie", ("Autant de voix pour que contre : l’égalité n’est pas départagée.",)
    part, whole, words = _SHARES.get(threshold, (1, 2, "Majorité"))
    needed = expressed // 2 + 1 if threshold == "majority" else -(-part * expressed // whole)
    status = "adopted" if agree >= needed else "rejected"
    return status, (
        f"{words} des voix exprimées : {figure(agree)} sur {figure(expressed)}, il en fallait {figure(needed)}.",
    )


def _consent(agree: int, against: int, blocks: int) -> tuple[str, tuple[str, ...]]:
    if blocks:
        return "rejected", ("Un seul blocage suffit : le consentement n’est pas réuni.",)
    if not agree:
        return "rejected", ("Personne ne s’est dit d’accord.",)
    noted = " Un désaccord se note sans arrêter la proposition." if against else ""
    return "adopted", (f"Consentement : aucun blocage.{noted}",)

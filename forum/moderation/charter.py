"""The rules that a report or a decision may name: those of the site's charter, and a group's charter as a whole."""

from dataclasses import dataclass

from forum.groups.models import Group


@dataclass(frozen=True)
class Rule:
    """A rule by its `code`: what a reporter finds wrong, and what is said of a text that was hidden for it."""

    code: str
    wrong: str
    why: str
    number: int = 0

    def address(self, group: Group | None) -> str:
        """Where the rule can be read."""
        return f"/charte#regle-{self.number}" if self.number or group is None else f"/g/{group.handle}/charte"

    @property
    def name(self) -> str:
        """The rule as it is cited."""
        return f"règle {self.number} de la charte" if self.number else "charte du groupe"


OF_THE_GROUP = Rule("group", "Cela ne respecte pas la charte du groupe", "contraire à la charte du groupe")
OF_THE_SITE = (
    Rule("persons", "On s’en prend à une personne, pas à une idée", "attaque contre une personne", 1),
    Rule("private", "On révèle la vie de quelqu’un : nom, adresse, groupe…", "vie privée d’autrui", 2),
    Rule("numbers", "On fait nombre avec plusieurs comptes", "plusieurs comptes pour une personne", 3),
    Rule("flood", "On inonde : publicité, répétition, hors sujet", "publicité ou répétition", 4),
    Rule("law", "C’est contraire à la loi : injure, haine, menace…", "contraire à la loi", 5),
)
RULES = {rule.code: rule for rule in (*OF_THE_SITE, OF_THE_GROUP)}


def rules_for(group: Group | None) -> tuple[Rule, ...]:
    """The rules that hold there: the group's own first, where it has written them."""
    return (OF_THE_GROUP, *OF_THE_SITE) if group is not None and group.charter else OF_THE_SITE


def choices(group: Group | None) -> list[tuple[str, str, str]]:
    """These rules for a form: (code, what is wrong, the rule's name)."""
    return [(rule.code, rule.wrong, rule.name[0].upper() + rule.name[1:]) for rule in rules_for(group)]


def problem(code: str, group: Group | None) -> str | None:
    """The French sentence that says why no rule is meant by this code, or None."""
    known = {rule.code for rule in rules_for(group)}
    return None if code in known else "Dites quelle règle est en cause."

"""The charter, rule by rule, and which rules a report or a decision may name, the charter of a group among them."""

from dataclasses import dataclass

from forum.groups.models import Group


@dataclass(frozen=True)
class Rule:
    """A rule by its `code`: what the charter says, what a reporter finds wrong, what is said of a text hidden for it.

    On the page `text` follows `title` in one paragraph. A rule without `wrong` is nothing that a text could break.
    """

    code: str
    title: str = ""
    text: str = ""
    wrong: str = ""
    why: str = ""

    @property
    def number(self) -> int:
        """The rule's place in the site's charter, from 1; 0 for a group's charter as a whole."""
        return CHARTER.index(self) + 1 if self in CHARTER else 0

    def address(self, group: Group | None) -> str:
        """Where the rule can be read."""
        return f"/charte#regle-{self.number}" if self.number or group is None else f"/g/{group.handle}/charte"

    @property
    def name(self) -> str:
        """The rule as it is cited."""
        return f"règle {self.number} de la charte" if self.number else "charte du groupe"


# The page of the charter in its order, which gives each rule its number. A new one goes to the end: letters that were
# sent cite the others by theirs.
CHARTER = (
    Rule(
        "persons",
        title="On parle à des personnes.",
        text=" On critique une idée, jamais qui la porte.",
        wrong="On s’en prend à une personne, pas à une idée",
        why="attaque contre une personne",
    ),
    Rule(
        "private",
        title="On ne révèle rien de la vie d’autrui",
        text=" : ni nom, ni adresse, ni appartenance à un groupe.",
        wrong="On révèle la vie de quelqu’un : nom, adresse, groupe…",
        why="vie privée d’autrui",
    ),
    Rule(
        "numbers",
        title="On ne fait pas nombre",
        text=" : une personne, un compte, une voix.",
        wrong="On fait nombre avec plusieurs comptes",
        why="plusieurs comptes pour une personne",
    ),
    Rule(
        "flood",
        title="On n’inonde pas",
        text=" : un sujet, une discussion ; une annonce, une fois.",
        wrong="On inonde : publicité, répétition, hors sujet",
        why="publicité ou répétition",
    ),
    Rule(
        "law",
        title="On respecte la loi",
        text=" : ni injure, ni diffamation, ni provocation à la haine.",
        wrong="C’est contraire à la loi : injure, haine, menace…",
        why="contraire à la loi",
    ),
    Rule(
        "open",
        title="Ce qui se décide se voit",
        text=" : une proposition, son vote et son résultat restent lisibles.",
    ),
)
OF_THE_SITE = tuple(rule for rule in CHARTER if rule.wrong)
OF_THE_GROUP = Rule("group", wrong="Cela ne respecte pas la charte du groupe", why="contraire à la charte du groupe")
RULES = {rule.code: rule for rule in (*CHARTER, OF_THE_GROUP)}


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

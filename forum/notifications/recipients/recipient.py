"""One person who is told of a line of the journal, in what words, and which such lines one may wish not to be told."""

from dataclasses import dataclass

# How much of a group one is told, from the least; a notice is told from the level on that it bears (`Recipient.level`).
LEVELS = {
    "named": "Rien, sauf ce qui me nomme",
    "essential": "L’essentiel : discussions, votes et initiatives, une fois chacun",
    "all": "Tout : chaque réponse aussi",
}
USUAL = "essential"
# What one may wish not to be told, in the order of the settings. A notice without kind is always told.
KINDS = {
    "answers": "Les réponses à ce que j’écris",
    "mentions": "Quand on écrit @ et mon pseudonyme",
    "votes": "Les propositions de mes groupes et leurs résultats",
    "life": "La vie de mes groupes",
}
# The kinds that bring the words of one person to another.
WORDS = ("answers", "mentions")


@dataclass(frozen=True)
class Recipient:
    """One person, and what they are told: a whole French sentence, and the local path it leads to.

    While several of one `thread` are unseen they are shown as one, with the words of `together`, in which {number}
    stands for how many. `kind` is one of KINDS, or '' for what is always told; `level` the least of LEVELS at which a
    person is told; `discussion_id` the discussion that may have a level of its own.
    """

    account_id: int
    sentence: str
    address: str
    thread: str = ""
    together: str = ""
    kind: str = "life"
    level: str = USUAL
    discussion_id: int | None = None

    def sentence_for(self, number: int) -> str:
        """The sentence for this one and those before it, `number` in all."""
        return self.together.replace("{number}", str(number)) if number > 1 and self.together else self.sentence

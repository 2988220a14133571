"""What draws are called, in the words of whoever reads them."""

from forum.draws.sources import DICE, EXAMPLE, GAMES, Source
from forum.text import dates

POOLS = {
    "volunteers": "les membres qui se portent volontaires",
    "initiative": "les personnes qui viennent à une initiative du groupe",
    "proposals": "les propositions au vote dans le groupe",
    "list": "une liste que vous collez",
}
DRAWN_AMONG = {
    "volunteers": "parmi les volontaires",
    "initiative": "parmi les personnes qui viennent à l’initiative",
    "proposals": "parmi les propositions au vote",
    "list": "dans une liste",
    "handed": "parmi les candidatures",
}
GROUPINGS = {
    "": "Aucun : tout le monde ensemble",
    "parity": "Parité : chaque genre a sa part des places",
    "place": "Départements : chacun a sa part des places",
    "both": "Genre et département ensemble",
}
SOURCES = {
    "loto": "Le prochain Loto",
    "euromillions": "Le prochain EuroMillions",
    "games": "Les deux",
    "drand": "Un tour de drand, une source de hasard publique sur Internet",
    "dice": "Des dés, dans la salle, devant tout le monde",
}
EXAMPLE_TOLD = "une source fictive, nommée EXEMPLE"


def source_choice(choice: str) -> str:
    """A choice of sources inside a sentence: "le prochain Loto"."""
    told = SOURCES.get(choice, EXAMPLE_TOLD)
    return "le prochain Loto et le prochain EuroMillions" if choice == "games" else told[0].lower() + told[1:]


def source(which: Source) -> str:
    """A frozen source, with its day: "le Loto du 5 décembre 2026"."""
    day = dates.full(which.date)
    if which.name in GAMES:
        return f"{'le Loto' if which.name == 'LOTO' else 'l’EuroMillions'} du {day}"
    if which.name == DICE:
        return f"des dés lancés devant tout le monde le {day}"
    if which.name == EXAMPLE:
        return f"la source fictive EXEMPLE du {day}"
    return f"le tour {which.name.rpartition('-')[2]} de drand ({which.name.split('-')[1].lower()}), du {day}"


def is_game(which: Source) -> bool:
    """Whether it is a game, whose drawing may not be held on its day."""
    return which.name in GAMES


def one_line_of_shell(seed: str, seats: int) -> str:
    """What ranks billets.txt without colleges in any shell, and prints the numbers drawn."""
    hashed = f'echo "$(printf %s "{seed}|$n" | sha256sum | cut -c1-64) $n"'
    return f"cut -d' ' -f1 billets.txt | while read n; do {hashed}; done | sort | cut -d' ' -f2 | head -n {seats}"


def how_to_type(which: Source) -> str:
    """What somebody types of a source."""
    if which.name == "LOTO":
        return "Les cinq numéros, puis le numéro Chance, séparés par des espaces. L’ordre des cinq ne compte pas."
    if which.name == "EUROMILLIONS":
        return "Les cinq numéros, puis les deux étoiles, séparés par des espaces."
    if which.name == DICE:
        return "Les faces dans l’ordre des lancers, dix au moins, séparées par des espaces."
    if which.name == EXAMPLE:
        return "Des nombres, séparés par des espaces."
    return "Les 64 signes du champ « randomness » de ce tour."

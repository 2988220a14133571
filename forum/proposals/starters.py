"""Starting points for common votes: what the form holds when one begins from one of them, all of it to be rewritten."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Starter:
    """A starting point: `why` explains it, `fields` are those of the form.

    The vote opens in `opens_in` days (0: at once) and ends in `ends_in` days, at 20 h; where `evenings` names some, its
    options are the evenings so many days ahead.
    """

    name: str
    label: str
    why: str
    body: str
    fields: Mapping[str, str] = field(default_factory=dict)
    opens_in: int = 0
    ends_in: int = 7
    evenings: tuple[int, ...] = ()


STARTERS = {
    starter.name: starter
    for starter in (
        Starter(
            "consultation",
            "Consultation",
            "Prendre des avis avant de décider : il n’y a pas de seuil, rien n’est adopté ni rejeté. Les "
            "résultats se voient une fois qu’on a donné le sien, pour que les premiers avis ne fassent pas les "
            "suivants.",
            "**La question.** \n\n**Ce qui la pose maintenant.** \n\n**Ce que l’on fera des avis.** Ils n’engagent "
            "pas le groupe : ils serviront à écrire une proposition.",
            {"method": "consent", "threshold": "none", "results": "voted"},
        ),
        Starter(
            "consentement",
            "Décision au consentement",
            "Adoptée si personne ne bloque : on ne cherche pas l’enthousiasme de tout le monde, mais qu’aucune "
            "objection ne reste sans réponse. Qui est en désaccord ou bloque dit pourquoi, et la proposition "
            "s’améliore à partir de là.",
            "**Ce que nous ferions.** \n\n**Qui s’en charge, avec quels moyens.** \n\n**Quand on en reparle.** Dans "
            "six mois au plus tard.",
            {"method": "consent", "threshold": "consent", "reasons": "against"},
        ),
        Starter(
            "election",
            "Élection sans candidat",
            "Personne ne se présente : chaque membre désigne la personne qu’il ou elle verrait dans ce rôle, et "
            "dit pourquoi. Écrivez les premiers noms comme options ; d’autres s’ajoutent en route. Noms et "
            "raisons se découvrent ensemble à la fin. Il reste alors à demander à la personne si elle accepte, "
            "puis au groupe s’il y consent.",
            "**Le rôle, et pour combien de temps.** \n\n**Ce qu’on attend de la personne.** \n\n**Ensuite.** La "
            "personne désignée peut refuser, sans raison à donner. On n’ajoute personne sans lui en parler.",
            {
                "method": "choice",
                "reasons": "required",
                "results": "closed",
                "growing": "1",
                "electorate": "before",
            },
        ),
        Starter(
            "date",
            "Date de réunion",
            "Pour chaque soir : oui, si nécessaire ou non. Remplacez les dates par les vôtres ; les membres "
            "peuvent en ajouter d’autres.",
            "**Pour quoi faire.** \n\n**Où.** \n\n**Combien de temps.** ",
            {"method": "dates", "reasons": "off", "growing": "1"},
            ends_in=5,
            evenings=(9, 10, 12),
        ),
        Starter(
            "semaine",
            "La semaine de Nuit debout",
            "Le rythme des assemblées de place : on présente, on recueille les avis cinq jours durant, puis on "
            "vote deux jours, et il faut quatre voix exprimées sur cinq. Le vote n’ouvre qu’après les avis ; "
            "d’ici là vous pouvez récrire le texte. Lancez-la depuis une discussion, pour que les avis aient où "
            "s’écrire.",
            "**Présentation.** \n\n**Avis.** Jusqu’à l’ouverture du vote, dites ce qui manque ou ce qui gêne : je "
            "récris le texte au fur et à mesure.\n\n**Vote.** Adoptée à quatre voix exprimées sur cinq.",
            {"method": "consent", "threshold": "4/5", "reasons": "against"},
            opens_in=5,
        ),
    )
}

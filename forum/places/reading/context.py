"""The words that tell a place from a count, a date, a reference or a theme inside a longer query."""

MONTHS = frozenset(
    """
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre janv fevr fev avr juil sept
    oct nov dec
    """.split()
)
DAYS = frozenset(
    """
    lundi mardi mercredi jeudi vendredi samedi dimanche
    """.split()
)
# After one of these a number counts, dates or refers; it is no département.
BEFORE = (
    MONTHS
    | DAYS
    | frozenset(
        """
    article articles art loi lois alinea page pages ligne lignes metro bus tram tramway rer covid cop acte chapitre
    saison episode tome top rn cac canal fm boeing airbus rafale smic moins plus environ euro mondial euros fois g a
    o jo usa decret directive resolution motion amendement proposition point mesure titre partie volume numero etape
    jour semaine annee annees vague lot chambre salle quai porte rue avenue windows iphone radio chaine tele les ces
    des au aux vers apres avant depuis jusqu entre et ou
    """.split()
    )
)
# And so it does before one of these.
AFTER = MONTHS | frozenset(
    """
    % € al alinea ans an h heure heures min minute minutes s seconde secondes j jour jours semaine semaines mois
    annee annees euro euros centimes pourcent km kms m m2 kg g l go mo million millions milliard milliards mille
    cent cents personne personnes depute deputes deputees elu elus elues mesure mesures proposition propositions
    point points raison raisons signature signatures voix siege sieges place places page pages fois degre degres e
    er ere eme article articles amendement amendements candidat candidats candidate candidates candidatures militant
    militants militantes femme femmes homme hommes enfant enfants lits eleves salaries postes emplois morts blesses
    participants inscrits membres adherents livres films questions idees etapes vagues logements familles pays
    nations unies et ou a
    """.split()
)
# Words that say "our group there": beside them even a country is where members live, not what they talk about.
GROUP = frozenset(
    """
    groupe groupes action insoumis insoumise insoumises lfi france la le les l de du des d a au aux en dans sur fi
    ga comite local locale section militants militant militantes francais francaise francaises expat expats
    expatries jeunes ji upr contact reunion reunions rejoindre trouver qui est nfp union populaire
    """.split()
)

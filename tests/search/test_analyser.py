"""One analyser for what is written and what is typed."""

import pytest
from hypothesis import given, strategies as st

from forum.search.engines import analyser

MARKS = ["·e·s", "·es", ".e.s", ".es", "-e-s", "⋅e⋅s", "•e•s", "‧es", "∙e", "(e)s", "Es", "/e/s", "*e*s"]
MARKED = [*(f"insoumis{mark}" for mark in MARKS), "INSOUMIS_E", "INSOUMIS·E·S", "#insoumis·e"]


@pytest.mark.parametrize("written", MARKED)
@pytest.mark.parametrize("typed", ["insoumis", "insoumise", "Insoumises", "insoumis·e", "INSOUMIS"])
def test_either_form_finds_every_inclusive_writing(written, typed):
    assert _finds(typed, f"Les {written} se réunissent.")


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("militant(e)s", {"militant", "militante"}),
        ("salarié·e·s", {"salarie", "salariee"}),
        ("auteur·rices", {"auteur", "autrice"}),
        ("directeur·trice", {"directeur", "directrice"}),
        ("joueur·euses", {"joueur", "joueuse"}),
        ("ouvrier·ère·s", {"ouvrier", "ouvriere"}),
        ("nouveau·elle", {"nouveau", "nouvelle"}),
        ("citoyen·ne·s", {"citoyen", "citoyenne"}),
        ("actif·ive", {"actif", "active"}),
        ("actif·ve", {"actif", "active"}),
        ("heureux·se", {"heureu", "heureuse"}),
        ("professionnel.le.s", {"professionnel", "professionnelle"}),
        ("tou·te·s", {"tou", "toute"}),
        ("un·e", {"un", "une"}),
        ("groupe(s)", {"groupe"}),
    ],
)
def test_a_marked_word_stands_under_its_two_forms(written, forms):
    assert analyser.terms(written) == forms


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("l’eau", "eau"),
        ("l'eau", "L’EAU"),
        ("qu’elles", "elles"),
        ("jusqu'ici", "ici"),
        ("les écoles", "ecole"),
        ("Œuvres", "oeuvre"),
        ("les locaux", "local"),
        ("les bureaux", "bureau"),
        ("porte-parole", "parole"),
        ("porte-parole", "porteparole"),
        ("e-mail", "email"),
        ("e-mail", "e-mail"),
        ("aujourd’hui", "aujourd'hui"),
        ("#insoumis-087-03", "087"),
        ("#insoumis-087-03", "insoumis-087-03"),
        ("le 49.3 encore", "49.3"),
        ("le 49.3 encore", "49-3"),
        ("législatives", "legislatives"),
    ],
)
def test_what_is_typed_meets_what_is_written(written, typed):
    assert _finds(typed, written)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("la droite", "droit"),
        ("une commune", "communiste"),
        ("la marche", "marché noir"),
        ("49 sièges", "49.3"),
    ],
)
def test_words_of_another_sense_stay_apart(written, typed):
    assert not _finds(typed, written)


@pytest.mark.parametrize("written", ["haute-vienne", "peut-elle", "a-t-il", "et/ou", "saint-étienne"])
def test_a_sign_without_a_known_ending_marks_nothing(written):
    assert all(len(forms) == 1 for forms in analyser.words(written))


@given(st.text(max_size=200))
def test_any_text_gives_terms_without_signs_and_finds_itself(text):
    found = analyser.terms(text)
    assert all(term and not term.isspace() and "'" not in term for term in found)
    assert all(len(term) <= analyser.LONGEST for term in found)
    assert all(any(form in found for form in forms) for forms in analyser.words(text))


def _finds(typed: str, written: str) -> bool:
    found = analyser.terms(written)
    return all(any(form in found for form in forms) for forms in analyser.words(typed))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("SNCF", "La S.N.C.F. ferme la gare"),
        ("S.N.C.F.", "la SNCF ferme la gare"),
        ("s.n.c.f", "La S.N.C.F. ferme"),
        ("площадь", "Площадь Революции"),
        ("الحرية", "شارع الحُرِّيَّة"),
        ("மக்கள்", "மக்கள் இயக்கம்"),
        ("लोग", "आम लोग"),
        ("Đà Nẵng", "da nang"),
        ("人民", "為人民服務"),
        ("民", "為人民服務"),
        ("服務人民", "人民服務人民"),
    ],
)
def test_initials_and_other_scripts_are_found(typed, written):
    assert analyser.words(typed)
    assert _finds(typed, written)


@pytest.mark.parametrize(
    ("typed", "written"), [("民主", "為人民服務"), ("S.N.C.B.", "La S.N.C.F."), ("люди", "Площадь")]
)
def test_other_words_of_other_scripts_are_not(typed, written):
    assert not _finds(typed, written)


def test_a_whole_title_is_one_term_whatever_its_accents_and_signs():
    assert analyser.whole("L’été à Nantes !") == analyser.whole("l'ete a nantes")
    assert analyser.whole("Nantes à l’été") != analyser.whole("L’été à Nantes")
    assert analyser.whole(" ?! ") == ""

"""What a list of guesses begins with is no password; a short sentence is one."""

import pytest

from forum.accounts import passwords

GUESSED = (
    "12345678 password Password1 iloveyou azertyuiop AZERTYUIOP motdepasse Motdepasse1 motdepasse! Marseille13 "
    "football 11111111 aaaaaaaa 12121212 jetaime1 doudou2017 Insoumis2022 révolution citoyenne soleil123 !parvis2026 "
    "chocolat bordeaux33 Citoyen-ne vacances france98 trustno1 1qaz2wsx"
).split()


@pytest.mark.parametrize("password", [*GUESSED, "mot de passe", "la france", "Je t’aime fort"])
def test_what_is_guessed_first_is_refused(password):
    assert "premiers que l’on essaierait" in (passwords.problem(password) or "")


@pytest.mark.parametrize("password", ["Coquelicot9", "coquelicot", "9coquelicot!", "COQUELICOT", "coqu-elicot"])
def test_ones_own_pseudonym_is_refused(password):
    assert passwords.problem(password, "Coquelicot")


@pytest.mark.parametrize(
    "password", ["une phrase courte", "trois lavoirs bleus", "pain-levain-four", "xK9#mQ2v", "le pain de 8 h 03"]
)
def test_a_short_sentence_is_taken(password):
    assert passwords.problem(password, "Coquelicot") is None

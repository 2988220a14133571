"""The same acts in a text browser, key by key: no JavaScript, no style, no mouse."""

import subprocess
from collections.abc import Iterator

import pytest

from forum.config import ROOT
from tests.browser.conftest import program
from tests.browser.lynx import Lynx
from tests.server.running import RunningSite, command
from tests.server.visitor import PASSWORD, Visitor

GROUP = "insoumis-087"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[RunningSite]:
    """A site with one member."""
    with RunningSite(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="module")
def founder(site) -> Visitor:
    """Who has founded the group of the Haute-Vienne."""
    founder = site.visitor().sign_up("Aubépine")
    founder.found("Haute-Vienne", GROUP, "087")
    return founder


@pytest.fixture
def lynx(site, tmp_path) -> Lynx:
    return Lynx(program("lynx"), tmp_path, site.address)


def test_every_way_onwards_is_a_word(lynx, founder, site):
    """What is drawn as an icon on a phone has its word, and words of two columns do not run into each other."""
    assert "]Chercher" in lynx.read("/charte")
    assert f"#{GROUP} Haute-Vienne" in lynx.read("/")
    site.visitor().sign_up("Silex", GROUP)
    lynx.press("/connexion", "Se connecter", {"Pseudonyme": "Silex", "Mot de passe": PASSWORD})
    assert "]Mes groupes et mon compte, Silex" in lynx.read("/charte")
    assert f"#{GROUP} Haute-Vienne" in lynx.read("/moi")


def test_a_guest_joins_with_one_form(lynx, founder):
    assert "Membre" not in lynx.read(f"/g/{GROUP}")
    lynx.press(
        f"/inscription?groupe={GROUP}&next=/g/{GROUP}", "Rejoindre", {"Pseudonyme": "Loriot", "Mot de passe": PASSWORD}
    )
    assert "Membre" in lynx.read(f"/g/{GROUP}")


def test_a_member_signs_in_joins_answers_and_votes(lynx, founder, site):
    site.visitor().sign_up("Granit")
    discussion = founder.open(GROUP, "Le marché", "Qui vient ?")
    proposal = founder.propose(GROUP, "Tenir un stand")
    lynx.press("/connexion", "Se connecter", {"Pseudonyme": "Granit", "Mot de passe": PASSWORD})
    lynx.press(f"/g/{GROUP}", "Rejoindre")
    assert "Membre" in lynx.read(f"/g/{GROUP}")
    lynx.press(f"/d/{discussion}", "Publier", {"Votre réponse": "Moi, avec une table."})
    assert "Moi, avec une table." in lynx.read(f"/d/{discussion}")
    assert counts(founder, proposal) == {"agree": 0, "abstain": 0, "disagree": 0, "block": 0}
    lynx.press(f"/p/{proposal}", "D’accord")
    assert "Votre voix est comptée" in lynx.read(f"/p/{proposal}")
    assert counts(founder, proposal) == {"agree": 1, "abstain": 0, "disagree": 0, "block": 0}
    lynx.press(f"/p/{proposal}", "Désaccord")
    assert counts(founder, proposal) == {"agree": 0, "abstain": 0, "disagree": 1, "block": 0}


def counts(visitor: Visitor, proposal: str) -> dict[str, int]:
    """How many chose what."""
    return {option["id"]: option["count"] for option in visitor.json(f"/p/{proposal}.json")["options"]}


def test_whoever_runs_the_site_appoints_somebody(lynx, founder, site):
    site.visitor().sign_up("Gravier", GROUP)
    site.visitor().sign_up("Marne", GROUP)
    subprocess.run(command("role", "Gravier", "administrateur"), cwd=ROOT, env=site.environment, check=True)
    lynx.press("/connexion", "Se connecter", {"Pseudonyme": "Gravier", "Mot de passe": PASSWORD})
    assert "Administration du site" in lynx.read("/moi")
    lynx.press("/site", "Enregistrer", {"Pseudonyme": "Marne", "Responsabilité": "", "Pourquoi": "Elle a du temps."})
    record = lynx.read("/site/journal")
    assert "Elle a du temps." in record
    assert "Marne modération du site" in record

"""The macros: forms that speak to everybody, tallies that can be read without colour, nothing the policy forbids."""

import itertools
import re
from datetime import UTC, datetime

import pytest

CONSENT = [
    {"name": "agree", "label": "D’accord", "count": 28},
    {"name": "abstain", "label": "Abstention", "count": 6},
    {"name": "disagree", "label": "Désaccord", "count": 5},
    {"name": "block", "label": "Blocage", "count": 1},
]
NOBODY = [{**option, "count": 0} for option in CONSENT]
FILMS = [{"name": str(place), "label": f"Film {place}", "count": place} for place in range(1, 11)]


def test_a_field_ties_its_label_hint_and_error_to_the_box(ui):
    html = str(
        ui.field("title", "Titre", "Le <marché>", "Trop court.", hint="Une phrase.", required=True, maxlength=80)
    )
    assert '<label for="f-title">Titre</label>' in html
    assert 'aria-describedby="f-title-hint f-title-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="f-title-error">Trop court.' in html
    assert 'value="Le &lt;marché&gt;"' in html
    assert " required" in html
    assert ' maxlength="80"' in html


def test_a_field_without_error_is_not_called_wrong(ui):
    html = str(ui.textarea("body", "Message", "Bonjour"))
    assert "aria-invalid" not in html
    assert "aria-describedby" not in html


def test_what_was_typed_comes_back_even_a_first_empty_line(ui):
    assert ">\n\nBonjour</textarea>" in str(ui.textarea("body", "Message", "\nBonjour"))


def test_a_bare_attribute_stays_bare(ui):
    html = str(ui.field("q", "Mot", autofocus=True, readonly=False, list=None, autocomplete="off"))
    assert ' autofocus autocomplete="off">' in html
    assert "readonly" not in html
    assert "list" not in html


def test_a_choice_made_is_still_made(ui):
    choices = [("ouvert", "Ouvert"), ("ferme", "Fermé", "Sur demande.")]
    assert 'value="ferme" checked' in str(ui.radio("visibility", "Qui lit", choices, "ferme"))
    assert 'value="ferme" selected' in str(
        ui.select("visibility", "Qui lit", [choice[:2] for choice in choices], "ferme")
    )


def test_each_problem_leads_to_its_field(ui):
    html = str(ui.problems({"title": "Donnez un titre.", "body": "Écrivez quelque chose."}))
    assert 'role="alert"' in html
    assert '<a href="#f-title">Donnez un titre.</a>' in html
    assert str(ui.problems({})).strip() == ""


def test_a_member_s_form_carries_the_token_and_a_guest_s_does_not(look, ui, monkeypatch):
    assert 'name="csrf_token" value="a-token"' in str(ui.csrf())
    monkeypatch.setitem(look.jinja_env.globals, "signed_in", lambda: False)
    assert str(look.jinja_env.get_template("ui.html").make_module().csrf()).strip() == ""


def test_the_half_circle_is_told_in_words(ui):
    label = re.search(r'role="img" aria-label="([^"]*)"', str(ui.tally_half(CONSENT, 40, 62)))[1]
    for figure in ("28", "6", "5", "1", "40 voix sur 62", "22 sans réponse"):
        assert figure in label


def test_the_arcs_follow_one_another_and_cover_what_was_counted(ui):
    html = str(ui.tally_half(CONSENT, 40, 62))
    arcs = re.findall(r'<g class="(k-\w+)" stroke-dasharray="(\d+) 62" stroke-dashoffset="(-?\d+)">', html)
    assert arcs == [
        ("k-agree", "28", "0"),
        ("k-abstain", "6", "-28"),
        ("k-disagree", "5", "-34"),
        ("k-block", "1", "-39"),
    ]


@pytest.mark.parametrize("options", [CONSENT, FILMS])
def test_neighbours_differ_by_more_than_their_colour(ui, options):
    html = str(ui.tally_half(options, 60, 62))
    textures = []
    for arc in re.findall(r'<g class="k-.*?</g>', html):
        textures.append(re.findall(r'stroke-width="(\d+)"', arc))
    assert len(textures) == len(options)
    assert all(one != other for one, other in itertools.pairwise(textures))


@pytest.mark.parametrize("macro", ["tally_half", "tally_bar", "legend"])
@pytest.mark.parametrize(
    ("options", "voters", "eligible"), [(NOBODY, 0, 12), (NOBODY, 0, 0), (CONSENT, 40, 0), ([], 0, 5)]
)
def test_a_tally_can_be_drawn_of_little_or_nothing(ui, macro, options, voters, eligible):
    html = str(getattr(ui, macro)(options, voters, eligible))
    assert "nan" not in html
    assert 'stroke-dasharray="0 ' not in html


def test_space_is_kept_for_the_half_circle_before_it_is_drawn(ui):
    assert 'width="240" height="126" viewBox="0 0 240 126"' in str(ui.tally_half(CONSENT, 40, 62))


def test_the_undecided_are_in_the_legend(ui):
    assert "<span>Sans réponse</span><b>22</b>" in str(ui.legend(CONSENT, 40, 62))
    assert "Sans réponse" not in str(ui.legend(CONSENT, 40, 40))


def test_the_choice_made_is_pressed_and_ticked(ui):
    made = str(ui.vote_button("agree", "D’accord", True, "k-agree"))
    assert 'name="choice" value="agree" aria-pressed="true"' in made
    assert made.count("<svg") == 2
    assert 'aria-pressed="false"' in str(ui.vote_button("block", "Blocage", False, "k-block"))


@pytest.mark.parametrize(
    ("name", "place", "kind"), [("agree", 3, "k-agree"), ("42", 0, "k-0"), ("42", 12, "k-2"), ("blockhaus", 1, "k-1")]
)
def test_a_choice_has_its_colour_by_its_name_or_its_place(ui, name, place, kind):
    assert str(ui.choice_class(name, place)) == kind


def test_a_moment_is_written_for_people_and_for_machines(ui):
    assert '<time datetime="2026-11-22T19:00:00+00:00">' in str(ui.when(datetime(2026, 11, 22, 19, tzinfo=UTC)))


def test_pages_lead_both_ways_or_nowhere(ui):
    assert str(ui.pager()).strip() == ""
    html = str(ui.pager("?page=1", "?page=3"))
    assert 'rel="prev" href="?page=1"' in html
    assert 'rel="next" href="?page=3"' in html


def test_nothing_drawn_needs_a_style_attribute_or_a_reference(ui):
    drawn = [ui.tally_half(CONSENT, 40, 62), ui.tally_bar(FILMS, 55, 60), ui.tally_rows(FILMS, 12), ui.legend(FILMS)]
    for html in map(str, drawn):
        assert "style=" not in html
        assert "url(" not in html

"""The macros: forms that speak to everybody, moments and pages as people say them."""

from datetime import UTC, datetime

from forum.web.pages import Sentences


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
    html = str(ui.problems(Sentences({"title": "Donnez un titre.", "body": "Écrivez quelque chose."})))
    assert 'role="alert"' in html
    assert '<a href="#f-title">Donnez un titre.</a>' in html
    assert str(ui.problems(Sentences())).strip() == ""


def test_a_member_s_form_carries_the_token_and_a_guest_s_does_not(look, ui, monkeypatch):
    assert 'name="csrf_token" value="a-token"' in str(ui.csrf())
    monkeypatch.setitem(look.jinja_env.globals, "signed_in", lambda: False)
    assert str(look.jinja_env.get_template("ui.html").make_module().csrf()).strip() == ""


def test_the_choice_made_is_pressed_and_ticked(ui):
    made = str(ui.vote_button("agree", "D’accord", True, "k-agree"))
    assert 'name="choice" value="agree" aria-pressed="true"' in made
    assert made.count("<svg") == 2
    assert 'aria-pressed="false"' in str(ui.vote_button("block", "Blocage", False, "k-block"))


def test_a_moment_is_written_for_people_and_for_machines(ui):
    assert '<time datetime="2026-11-22T19:00:00+00:00">' in str(ui.when(datetime(2026, 11, 22, 19, tzinfo=UTC)))


def test_pages_lead_both_ways_or_nowhere(ui):
    assert str(ui.pager()).strip() == ""
    html = str(ui.pager("?page=1", "?page=3"))
    assert 'rel="prev" href="?page=1"' in html
    assert 'rel="next" href="?page=3"' in html

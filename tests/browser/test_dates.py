"""The dates of a vote are chosen in a calendar, or typed where there is no script."""

from playwright.sync_api import expect

from tests.browser.test_the_square import join


def test_a_vote_on_dates_is_put_without_typing_one(member, javascript):
    join(member)
    member.press("Proposer").fill(title="Quand se voir ?")
    way = member.page.locator("[name=method][value=dates]")
    way.locator("xpath=ancestor::details").evaluate_all("all => all.forEach(one => { one.open = true })")
    picker = member.page.get_by_label("Une date à proposer")
    if javascript:
        expect(picker).to_be_hidden()
    way.check()
    if javascript:
        for moment in ("2031-03-21T20:00", "2031-03-22T18:30"):
            picker.fill(moment)
            member.page.get_by_role("button", name="Ajouter cette date").click()
    else:
        member.fill(options="21/03/2031 20:00\n22/03/2031 18h30")
    member.look().press("Mettre au vote")
    member.says("vendredi 21 mars 2031 à 20 h")
    member.says("samedi 22 mars 2031 à 18 h 30")

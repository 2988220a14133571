"""The demonstration content holds together: everything it names exists, and what is counted can be counted."""

import csv
import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "forum"
DEMO = ROOT / "demo"
CHOICES = {"agree", "abstain", "disagree", "block"}
THRESHOLDS = {"", "consentement", "majorite", "2/3", "4/5"}
WIDEST_TITLE, WIDEST_NAME, MOST_TAGS = 120, 80, 8
MISSPACED = re.compile(r"\w'\w| [;:!?»](?=\s|$)|« |\w[;!?](?=\s|$)|\.\.\.", re.MULTILINE)
LINK = re.compile(r"(?:https?://|www\.)[^\s)>]+")


def read(name: str) -> dict:
    return tomllib.loads((DEMO / f"{name}.toml").read_text(encoding="utf-8"))


CAST = read("members")
GROUPS = {group["handle"]: group for group in read("groups")["group"]}
DISCUSSIONS = read("discussions")["discussion"]
PROPOSALS = read("proposals")["proposal"]
INITIATIVES = read("initiatives")["initiative"]
DRAWS = read("draws")["draw"]
CALLS = read("candidacies")["call"]


def posts(discussion: dict) -> list[dict]:
    return [discussion, *discussion.get("comment", [])]


def places() -> set[str]:
    codes = {""}
    for name in ("departements", "circonscriptions"):
        with (ROOT / "places" / "data" / f"{name}.csv").open(encoding="utf-8") as lines:
            codes |= {row["code"] for row in csv.DictReader(lines)}
    return codes


def writers() -> dict[str, set[str]]:
    """Who animates, writes or gives a reason in each group."""
    found = defaultdict(set)
    for handle, group in GROUPS.items():
        found[handle] |= set(group["animators"])
    for discussion in DISCUSSIONS:
        found[discussion["group"]] |= {post["author"] for post in posts(discussion)}
    for proposal in PROPOSALS:
        found[proposal["group"]] |= {proposal["author"], *(reason["author"] for reason in proposal.get("reason", []))}
    return found


def sentences() -> list[str]:
    """All that a visitor reads."""
    read = [text for group in GROUPS.values() for text in (group["name"], group["description"])]
    read += [text for item in DISCUSSIONS + PROPOSALS + INITIATIVES for text in (item["title"], item["body"])]
    read += [call[field] for call in CALLS for field in ("title", "conditions", "outcome")]
    stand = [candidacy for call in CALLS for candidacy in call["candidacy"]]
    read += [candidacy[field] for candidacy in stand for field in ("statement", "affiliations")]
    read += [word["body"] for candidacy in stand for word in candidacy.get("word", [])]
    read += [comment["body"] for discussion in DISCUSSIONS for comment in discussion.get("comment", [])]
    read += [text for draw in DRAWS for text in (draw["title"], draw["why"], draw.get("reason", ""))]
    return read + [reason["text"] for proposal in PROPOSALS for reason in proposal.get("reason", [])]


def test_the_groups_a_visitor_looks_for_are_there():
    assert {
        "insoumis",
        "insoumis-087",
        "insoumis-087-03",
        "insoumis-informatique",
        "insoumis-legislatives",
        "insoumis-971",
        "insoumis-974",
        "insoumis-02a",
        "insoumis-02b",
    } <= GROUPS.keys()
    assert set(CAST["visitor_groups"]) <= GROUPS.keys()


def test_two_circonscriptions_of_the_haute_vienne_are_left_to_create():
    assert not {"087-01", "087-02"} & {group["place"] for group in GROUPS.values()}
    assert not {"insoumis-087-01", "insoumis-087-02"} & GROUPS.keys()


def test_each_place_exists_and_has_one_group_named_after_it():
    taken = [group["place"] for group in GROUPS.values() if group["place"]]
    assert set(taken) <= places()
    assert len(taken) == len(set(taken))
    assert [h for h, g in GROUPS.items() if g["place"] and h != f"insoumis-{g['place'].lower()}"] == []


def test_each_pseudonym_is_given_once_and_the_visitor_writes_nothing():
    assert len(CAST["names"]) == len({name.casefold() for name in CAST["names"]})
    assert CAST["visitor"] not in CAST["names"]


@pytest.mark.parametrize("handle", GROUPS)
def test_a_group_has_room_for_all_who_write_in_it(handle):
    members = writers()[handle]
    assert members <= set(CAST["names"])
    assert max(3, len(members)) <= GROUPS[handle]["members"] <= min(60, len(CAST["names"]))


def test_everything_is_written_in_a_group_that_exists():
    assert {item["group"] for item in DISCUSSIONS + PROPOSALS + INITIATIVES} <= GROUPS.keys()
    assert len({(item["group"], item["title"]) for item in DISCUSSIONS}) == len(DISCUSSIONS)


@pytest.mark.parametrize("discussion", DISCUSSIONS, ids=lambda discussion: discussion["title"])
def test_comments_come_after_what_they_answer(discussion):
    comments = discussion.get("comment", [])
    ages = [post["days_ago"] for post in posts(discussion)]
    assert ages == sorted(ages, reverse=True)
    assert ages[-1] > 0
    assert [c for place, c in enumerate(comments) if not -1 < c.get("reply_to", 0) < max(place, 1)] == []
    assert "reply_to" not in (comments or [{}])[0]


@pytest.mark.parametrize("proposal", PROPOSALS, ids=lambda proposal: proposal["title"])
def test_votes_can_have_been_cast(proposal):
    votes, reasons = proposal["votes"], proposal.get("reason", [])
    assert votes.keys() == CHOICES
    assert min(votes.values()) >= 0
    assert sum(votes.values()) <= GROUPS[proposal["group"]]["members"]
    said = Counter(reason["choice"] for reason in reasons)
    assert said.keys() <= CHOICES
    assert all(said[choice] <= votes[choice] for choice in CHOICES)
    assert said["block"] == votes["block"]
    assert len({reason["author"] for reason in reasons}) == len(reasons)
    assert proposal["threshold"] in THRESHOLDS


@pytest.mark.parametrize("proposal", PROPOSALS, ids=lambda proposal: proposal["title"])
def test_a_proposal_opens_after_its_discussion_and_before_it_closes(proposal):
    opened = proposal["opened_days_ago"]
    assert opened > 0
    assert -proposal["closes_in_hours"] < 24 * opened
    if "discussion" in proposal:
        told = {d["title"]: d["days_ago"] for d in DISCUSSIONS if d["group"] == proposal["group"]}
        assert opened < told[proposal["discussion"]]


def test_a_visitor_sees_every_moment_of_a_vote():
    hours = [proposal["closes_in_hours"] for proposal in PROPOSALS]
    assert any(limit < 0 for limit in hours)
    assert any(0 < limit <= 6 for limit in hours)
    assert any(limit > 48 for limit in hours)
    assert {proposal["threshold"] for proposal in PROPOSALS} == THRESHOLDS
    assert any(sum(proposal["votes"].values()) <= 1 for proposal in PROPOSALS)
    assert any("opens_in_days" in proposal for proposal in PROPOSALS)
    terms = [proposal.get("terms", {}) for proposal in PROPOSALS]
    assert {"electorate", "reasons", "results"} <= {name for chosen in terms for name in chosen}
    assert any(p["closes_in_hours"] < 0 and p["threshold"] == "consentement" and p["votes"]["block"] for p in PROPOSALS)


def test_a_visitor_sees_short_and_long_discussions():
    counts = [len(discussion.get("comment", [])) for discussion in DISCUSSIONS]
    assert len(DISCUSSIONS) >= 60
    assert max(counts) >= 45
    assert any(20 <= count < 45 for count in counts)
    assert min(counts) == 0
    assert len({discussion["group"] for discussion in DISCUSSIONS}) >= 25


def test_titles_and_tags_fit_their_fields():
    assert [i["title"] for i in DISCUSSIONS + PROPOSALS + INITIATIVES if not 3 <= len(i["title"]) <= WIDEST_TITLE] == []
    assert [g["name"] for g in GROUPS.values() if not 2 <= len(g["name"]) <= WIDEST_NAME] == []
    tagged = [*GROUPS.values(), *DISCUSSIONS, *PROPOSALS]
    assert [item["tags"] for item in tagged if not 0 < len(item["tags"]) <= MOST_TAGS] == []
    assert [tag for item in tagged for tag in item["tags"] if not re.fullmatch(r"[\w·.-]{2,50}", tag)] == []


def test_no_link_leaves_the_demonstration():
    links = [link for text in sentences() for link in LINK.findall(text)]
    assert links
    assert [link for link in links if not link.startswith("https://example.org/")] == []


def test_what_is_read_follows_french_typography():
    found = [
        text[max(0, slip.start() - 30) : slip.end() + 10] for text in sentences() for slip in MISSPACED.finditer(text)
    ]
    assert found == []

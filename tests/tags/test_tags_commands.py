"""The command line of tags."""

from forum.database.transactions import transaction
from forum.tags import actions, queries


def run(site, *words, typed=""):
    return site.app.test_cli_runner().invoke(args=["tags", *words], input=typed)


def test_two_words_are_compared_a_line(site, tmp_path):
    lines = "insoumis,insoumise\ndroit,droite\ninsoumis,insoumis-087\n"
    expected = "insoumis,insoumise,automatic\ndroit,droite,proposed\ninsoumis,insoumis-087,different\n"
    assert run(site, "compare", typed=lines).output == expected
    (tmp_path / "pairs.csv").write_text(lines, encoding="utf-8")
    assert run(site, "compare", str(tmp_path / "pairs.csv")).output == expected


def test_a_downloaded_list_is_taken_in(site, guest, tmp_path):
    with transaction():
        actions.ensure("informatique")
    (tmp_path / "list.csv").write_text("name,tag,state\nnumérique,informatique,accepted\n", encoding="utf-8")
    assert run(site, "import", str(tmp_path / "list.csv")).output == "1 synonyms accepted\n"
    assert queries.resolve("numérique").label == "informatique"
    (tmp_path / "list.csv").write_text(guest.get("/synonymes.csv").text, encoding="utf-8")
    assert run(site, "import", str(tmp_path / "list.csv")).output == "0 synonyms accepted\n"
    (tmp_path / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert run(site, "import", str(tmp_path / "list.csv")).exit_code == 1

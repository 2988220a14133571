"""flask --app app places read."""


def test_one_line_is_printed_for_each_query_with_its_codes(site, tmp_path):
    file = tmp_path / "queries"
    file.write_text("Limoges\n9-3\n20\nécole\n\nsaint denis 93\n", encoding="utf-8")
    answer = site.app.test_cli_runner().invoke(args=["places", "read", str(file)])
    assert answer.exit_code == 0
    assert answer.output == "Limoges\t87085\n9-3\t093\n20\t02A 02B\nécole\t\n\t\nsaint denis 93\t93066\n"


def test_queries_are_read_from_the_standard_input_too(site):
    answer = site.app.test_cli_runner().invoke(args=["places", "read"], input="2a\r\n")
    assert answer.output == "2a\t02A\n"

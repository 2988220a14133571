"""What stands above, below and beside a place."""

from forum.places import queries


def codes(places) -> list[str]:
    return [place.code for place in places]


def test_the_chain_goes_from_the_departement_down_to_the_place(loaded):
    assert codes(queries.chain("087")) == ["087"]
    assert codes(queries.chain("087-03")) == ["087", "087-03"]
    assert codes(queries.chain("87085")) == ["087", "087-01", "087-02", "087-03"]
    assert codes(queries.chain("44180")) == ["044", "044-06", "049-07"]
    assert codes(queries.chain("977-01")) == ["977", "977-01"]
    assert queries.chain("") == queries.chain("G-france") == queries.chain("nowhere") == []


def test_a_departement_lists_its_circonscriptions_with_their_largest_communes(loaded):
    found = queries.constituencies("087")
    assert [place.code for place, _ in found] == ["087-01", "087-02", "087-03"]
    assert "Limoges" in found[0][1]
    assert [place.code for place, _ in queries.constituencies("978")] == ["977-01"]


def test_a_circonscription_lists_its_communes_the_largest_first(loaded):
    communes = queries.communes_of("087-01")
    assert communes[0].name == "Limoges"
    assert len(communes) > 20
    assert "Freigné" not in {place.name for place in communes}


def test_the_neighbours_of_a_circonscription_are_those_of_its_departement(loaded):
    assert codes(queries.neighbours("087-02")) == ["087-01", "087-03"]
    assert codes(queries.neighbours("02A")) == ["02B"]
    assert queries.neighbours("974") == []


def test_departements_stand_under_their_region_overseas_and_abroad_last(loaded):
    regions = queries.departements_by_region()
    headings = [heading for heading, _ in regions]
    assert headings[0] == "Auvergne-Rhône-Alpes"
    assert headings[-2:] == ["Outre-mer", "À l’étranger"]
    assert sum(len(places) for _, places in regions) == 108


def test_each_place_leads_to_the_handle_of_the_nearest_group(loaded):
    suffixes = {
        code: queries.handle_suffix(queries.place(code)) for code in ("087", "087-03", "87085", "G-france", "R75")
    }
    assert suffixes == {"087": "087", "087-03": "087-03", "87085": "087", "G-france": "", "R75": ""}
    (berlin,) = queries.read("berlin").places
    assert (berlin.code, berlin.kind, queries.handle_suffix(berlin)) == ("099-07", "abroad", "099-07")

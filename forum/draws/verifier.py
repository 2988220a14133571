"""Check a draw: python3 verifier.py KEY.json billets.txt KEY.jsonl (the three files of the page of the draw)."""

import hashlib
import json
import pathlib
import sys

sha = lambda text: hashlib.sha256(text.encode()).hexdigest()  # noqa: E731
text, listed, record = (pathlib.Path(path).read_text(encoding="utf-8") for path in sys.argv[1:4])
draw, tickets = json.loads(text), {int(line.split()[0]): line.split()[1:] for line in listed.splitlines()}

# The record: no line is missing or changed, and list, seats and colleges are those frozen.
before, frozen = "0" * 64, {}
for line in map(json.loads, record.strip().split("\n")):
    assert line["head"].split()[4] == before, "a line of the record is missing or was changed"
    assert not line["text"] or sha(f"{line['nonce']}|{line['text']}") == line["head"].split()[3], "a text was changed"
    if line["head"].split()[2] == "frozen" and draw["key"] in line["text"]:
        frozen = json.loads(line["text"])
    before = sha(line["head"])
for fact in ("tickets_sha256", "seats", "colleges"):
    assert frozen[fact] == draw[fact], f"{fact} is not as frozen"

# The list, and who those are that were drawn.
assert sha(listed) == draw["tickets_sha256"], "the list is not the one frozen"
for own in (own for own in draw["opened"] if own["nonce"]):
    made = sha(f"{own['number']}|{own['nonce']}|{own['label']}")[:32]
    assert tickets[own["number"]][0] == made, f"ticket {own['number']} is not {own['label']}"
if not draw["seed"]:
    sys.exit()

# The draw itself.
told = lambda numbers: numbers if isinstance(numbers, str) else ".".join(map(str, numbers))  # noqa: E731
seed = ";".join(f"{each['name']} {each['date']} {told(each['numbers'])}" for each in draw["sources"])
left, drawn = draw["colleges"] or {"": draw["seats"]}, []
for number in sorted(tickets, key=lambda number: sha(f"{seed}|{number}")):
    college = (*tickets[number][1:], "")[0]
    if number not in draw["withdrawn"] and left[college] > 0:
        left[college] -= 1
        drawn.append(number)
assert drawn == draw["drawn"], "others are drawn"
print(*drawn)

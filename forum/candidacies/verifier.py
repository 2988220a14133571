"""Check a record of candidacies: python3 verifier.py KEY.jsonl (what was taken back is counted, and the rest holds)."""

import hashlib
import json
import pathlib
import sys

sha = lambda text: hashlib.sha256(text.encode()).hexdigest()  # noqa: E731
before, gone = "0" * 64, 0
lines = [json.loads(line) for line in pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").strip().split("\n")]
for number, line in enumerate(lines, 1):
    words = line["head"].split()
    assert words[::4] == [str(number), before], f"line {number} does not follow the line before it"
    assert line["text"] is None or sha(f"{line['nonce']}|{line['text']}") == words[3], f"line {number} was changed"
    before, gone = sha(line["head"]), gone + (line["text"] is None)
print(f"{len(lines)} lines hold, {gone} without their words; the last is {before}")

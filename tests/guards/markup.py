"""What a page's markup says that HTML does not allow, or that leads nowhere: one sentence each."""

import re
from collections import Counter
from html.parser import HTMLParser

VOID = set("area base br col embed hr img input link meta source track wbr path rect circle line use".split())
# These hold a line of text, never a block.
LINES = set("b button code em h1 h2 h3 h4 h5 h6 i kbd label legend p pre s small span strong time u".split())
BLOCKS = set(
    "article aside blockquote details div dl fieldset footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre "
    "section table ul".split()
)
# A heading may stand in the words that open a <details> or name a <fieldset>.
TITLED = {"summary", "legend"}
PRESSED = {"a", "button", "input", "select", "textarea", "label"}
# Lines whose links are as high as a finger is wide; in what members wrote they stand as they were put.
ROOMY = {"acts", "crumbs", "plain", "btn", "prose"}
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


def wrong(answers) -> dict[str, list[str]]:
    """What is wrong with these (name, answer) pairs, by name; what is no page, and a way to another, is left out."""
    pages = [
        (name, each) for name, each in answers if each.mimetype == "text/html" and not 300 <= each.status_code < 400
    ]
    found = {name: faults(each.text) for name, each in pages if "<html" in each.text}
    return {name: wrong for name, wrong in found.items() if wrong}


def faults(html: str) -> list[str]:
    """All that is wrong in a whole page, in the order found."""
    page = Page()
    page.feed(html)
    page.close()
    return page.wrong + page.left_open() + page.twice() + page.lost()


class Page(HTMLParser):
    """Reads a page, and notes what stands where it may not."""

    def __init__(self):
        super().__init__()
        self.wrong: list[str] = []
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.pointed: set[str] = set()
        self.level = self.nameless = 0
        self.choices = ""
        self.pressed = self.mute = False
        self.line: list[str] = []
        self.around: list[set[str]] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        said = {name: value or "" for name, value in attrs}
        self._note_ids(said)
        self._place(tag)
        self._look_at(tag, said)
        self.line = [] if tag == "p" else self.line if "a" in self.open else [*self.line, tag]
        if tag not in VOID:
            self.open.append(tag)
            self.around.append(set(said.get("class", "").split()))

    def handle_data(self, data: str) -> None:
        if data.strip() and "a" not in self.open:
            self.line.append("words")

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        self._note_ids({name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag == "svg" and self.mute:
            self.wrong.append("<svg> with neither words nor aria-hidden")
        if tag == "form" and not self.pressed:
            self.wrong.append("a <form> without a button")
        if tag == "a" and "p" in self.open and ROOMY & set.union(*self.around):
            self.line.append("room")
        if tag == "p" and self.line == ["a"]:
            self.wrong.append("a link that stands alone, less than 44 px high")
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes {self.open[-1:]}")
        if tag in self.open:
            while self.around.pop() is not None and self.open.pop() != tag:
                pass

    def _note_ids(self, said: dict[str, str]) -> None:
        self.ids.update([said["id"]] if "id" in said else [])
        for name in POINTERS:
            self.pointed.update(said.get(name, "").split())
        target = said.get("href", "")
        self.pointed.update([target[1:]] if re.match("#.", target) else [])

    def _place(self, tag: str) -> None:
        """A block in a line of text, a form in a form, something to press in something to press."""
        heading = re.fullmatch("h[1-6]", tag) and self.open[-1:] and self.open[-1] in TITLED
        around = next((name for name in reversed(self.open) if name in LINES or name in BLOCKS), "")
        if tag in BLOCKS and around in LINES and not heading:
            self.wrong.append(f"<{tag}> in <{around}>")
        if tag == "form" and "form" in self.open:
            self.wrong.append("<form> in <form>")
        if tag in PRESSED - {"input", "select", "textarea", "label"} and {"a", "button", "label"} & set(self.open):
            self.wrong.append(f"<{tag}> in something that is pressed")

    def _look_at(self, tag: str, said: dict[str, str]) -> None:
        if re.fullmatch("h[1-6]", tag):
            level = int(tag[1])
            if level > self.level + 1:
                self.wrong.append(f"<{tag}> after <h{self.level}>")
            self.level = level
        if tag == "select":
            self.choices = "required" if "required" in said and "multiple" not in said else ""
        if tag == "option":
            if self.choices and said.get("value"):
                self.wrong.append("<select required> whose first choice is one")
            self.choices = ""
        self.pressed = tag != "form" and (self.pressed or tag == "button")
        if tag in ("svg", "text"):
            self.mute = tag == "svg" and not {"aria-hidden", "aria-label"} & set(said)
        if tag == "form" and not {"role", "aria-label"} & set(said):
            self.nameless += 1
            if self.nameless > 1:
                self.wrong.append("a second <form> that has neither a name nor the role none")
        if tag == "img" and "alt" not in said:
            self.wrong.append("<img> without words")

    def left_open(self) -> list[str]:
        return [f"<{tag}> is never closed" for tag in self.open]

    def twice(self) -> list[str]:
        return [f"{number} times the id {name!r}" for name, number in self.ids.items() if number > 1]

    def lost(self) -> list[str]:
        return [f"#{name} leads nowhere" for name in sorted(self.pointed - set(self.ids))]

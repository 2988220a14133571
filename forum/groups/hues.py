"""The hues a group may give its pages instead of the site's own: a handful, legible in light and in dark."""

from typing import NamedTuple


class Hue(NamedTuple):
    """What members read, the accent on the light page, the accent on the dark page, the text upon the latter."""

    label: str
    light: str
    dark: str
    on: str


HUES = {
    "sapin": Hue("Sapin", "#1d6340", "#63cd98", "#03200f"),
    "ocean": Hue("Océan", "#14588c", "#6fb6f0", "#031a2e"),
    "prune": Hue("Prune", "#6a3290", "#c79bf2", "#20053a"),
    "ocre": Hue("Ocre", "#7f4b00", "#e2ab55", "#241300"),
    "ardoise": Hue("Ardoise", "#46525f", "#aab9c9", "#10161c"),
}

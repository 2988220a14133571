"""Draws icon-192.png and icon-512.png, which phones put on their home screen: python static/make_icons.py

The square of icon.svg in the circle that any mask leaves whole (w3.org/TR/appmanifest: 80 % of the width), on paper.
Sixteen colours, drawn by hand: no picture library is needed for eight rounded rectangles.
"""

import re
import struct
import zlib
from pathlib import Path

HERE = Path(__file__).parent
PAPER, INK, MADDER = (255, 253, 249), (28, 26, 34), (194, 31, 82)
SHARE, UNITS, FINE = 0.56, 26, 4
STONE = re.compile(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" rx="([\d.]+)"')


def stones() -> list[tuple[float, ...]]:
    """x, y, width, height and radius of each stone of icon.svg; the last is madder."""
    return [tuple(map(float, found)) for found in STONE.findall((HERE / "icon.svg").read_text())]


def covers(stone: tuple[float, ...], x: float, y: float) -> bool:
    """Whether a point lies on a stone, its corners rounded."""
    left, top, width, height, radius = stone
    if not (left <= x <= left + width and top <= y <= top + height):
        return False
    across = max(left + radius - x, x - (left + width - radius), 0)
    down = max(top + radius - y, y - (top + height - radius), 0)
    return across**2 + down**2 <= radius**2


def levels(size: int) -> list[list[int]]:
    """For each point its place in the palette: 0 paper, 1 to 7 more and more ink, 8 to 14 madder."""
    scale = UNITS / (size * SHARE)
    begin = (size - size * SHARE) / 2
    rows = [[0] * size for _ in range(size)]
    every = stones()
    for rank, stone in enumerate(every):
        first = 7 if rank == len(every) - 1 else 0
        across = range(int(begin + stone[0] / scale) - 1, int(begin + (stone[0] + stone[2]) / scale) + 2)
        down = range(int(begin + stone[1] / scale) - 1, int(begin + (stone[1] + stone[3]) / scale) + 2)
        for y in down:
            for x in across:
                points = [(i + 0.5) / FINE for i in range(FINE)]
                hits = sum(
                    covers(stone, (x + i - begin) * scale, (y + j - begin) * scale) for i in points for j in points
                )
                if hits:
                    rows[y][x] = first + max(1, round(7 * hits / FINE**2))
    return rows


def png(size: int) -> bytes:
    """The picture, four bits a point (PNG, colour type 3)."""
    blend = [PAPER, *(mixed(INK, n) for n in range(1, 8)), *(mixed(MADDER, n) for n in range(1, 8)), PAPER]
    packed = b"".join(b"\0" + bytes(row[x] << 4 | row[x + 1] for x in range(0, size, 2)) for row in levels(size))
    header = struct.pack(">IIBBBBB", size, size, 4, 3, 0, 0, 0)
    palette = bytes(part for colour in blend for part in colour)
    parts = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(packed, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, body) for name, body in parts)


def mixed(colour: tuple[int, ...], level: int) -> tuple[int, ...]:
    """So many sevenths of a colour upon paper."""
    return tuple(round(paper + (own - paper) * level / 7) for paper, own in zip(PAPER, colour, strict=True))


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


if __name__ == "__main__":
    for width in (192, 512):
        (HERE / f"icon-{width}.png").write_bytes(png(width))

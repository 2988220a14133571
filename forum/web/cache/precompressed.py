"""Pages in brotli that differ by a few words of known sizes: compressed once, the words put in as they are.

A brotli stream (RFC 7932) is a row of blocks, and a block may hold its bytes uncompressed (section 9.2). What a decoder
carries from one block to the next is where it is, the last distances it went back, which blocks of bytes as they are
leave alone, and the last two bytes, which here are never a word's. So words of the same sizes can take one another's
place, as long as nothing else in the stream copies from them.
"""

import secrets
from collections.abc import Sequence
from contextlib import suppress

import brotli

# 12 ms for a page, and 2 % less of it on the line than quality 5 gives in 0.5 ms.
QUALITY = 10
WINDOW = 16
MOST = 1 << 16
# By chance words may resemble something after all.
TRIES = 3

_chance = secrets.SystemRandom()


def between(texts: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """The texts with the words between them."""
    parts = [b""] * (len(texts) + len(words))
    parts[::2], parts[1::2] = texts, words
    return b"".join(parts)


def around(texts: Sequence[bytes], sizes: Sequence[int]) -> list[bytes] | None:
    """These texts compressed, so that `between` puts words of these sizes between them; None where that cannot be."""
    if any(len(text) < 2 for text in texts[1:]) or any(not 0 < size <= MOST - 2 for size in sizes):
        return None
    tried = (_compressed_apart(texts, sizes) for _ in range(TRIES))
    return next((parts for parts in tried if _holds(parts, texts, sizes)), None)


def _holds(parts: Sequence[bytes], texts: Sequence[bytes], sizes: Sequence[int]) -> bool:
    """A trial with words that were not there when the texts were compressed: what was copied from a word would show."""
    words = [secrets.token_bytes(size) for size in sizes]
    with suppress(brotli.error):
        return brotli.decompress(between(parts, words)) == between(texts, words)
    return False


def _compressed_apart(texts: Sequence[bytes], sizes: Sequence[int]) -> list[bytes]:
    compressor = brotli.Compressor(quality=QUALITY, lgwin=WINDOW)
    parts, begun = [], b""
    for text, size in zip(texts, sizes, strict=False):
        parts.append(begun + _compressed(compressor, text[len(begun) :]) + _header(size + 2))
        begun = texts[len(parts)][:2]
        # Its own block is thrown away.
        _compressed(compressor, _like_nothing(size) + begun)
    return [*parts, begun + compressor.process(texts[-1][len(begun) :]) + compressor.finish()]


def _compressed(compressor: brotli.Compressor, text: bytes) -> bytes:
    """This much of the stream, up to a whole byte."""
    return compressor.process(text) + compressor.flush()


def _like_nothing(size: int) -> bytes:
    """So many bytes that nobody copies from, nor they from others: no two close by are the same, none is ASCII."""
    return b"".join(bytes(_chance.sample(range(128, 256), 128)) for _ in range(0, size, 128))[:size]


def _header(size: int) -> bytes:
    """Of a block of so many bytes as they are: not the last, its size less one in 16 bits, uncompressed (9.2)."""
    return ((size - 1) << 3 | 1 << 19).to_bytes(3, "little")

"""What is compressed once is read by any decoder as if it had been compressed for whoever asked."""

import random

import brotli

from forum.web.cache import precompressed
from forum.web.cache.precompressed import between

WORDS = "le pain est au four, la pâte lève ; à l’aube on pèse le seigle ".split()


def test_any_words_of_the_same_sizes_take_their_place():
    chance = random.Random(7)
    for holes in (1, 3, 6):
        texts = [" ".join(chance.choices(WORDS, k=chance.choice((2, 40, 900)))).encode() for _ in range(holes + 1)]
        sizes = [chance.choice((1, 8, 91, 3_000)) for _ in range(holes)]
        parts = precompressed.around(texts, sizes)
        assert parts is not None
        for _ in range(4):
            # Among them words that the texts say too.
            words = [chance.choice((chance.randbytes(size), (texts[0] * 3_000)[:size])) for size in sizes]
            assert brotli.decompress(between(parts, words)) == between(texts, words)


def test_texts_lose_weight_and_words_cost_few_bytes_more_than_their_own():
    texts = [(" ".join(WORDS * 60)).encode(), b" fin.</p></html>"]
    plain, parts = between(texts, [b"x" * 56]), precompressed.around(texts, [56])
    assert parts is not None
    assert len(between(parts, [b"x" * 56])) < len(brotli.compress(plain, quality=5)) + 56 + 30


def test_what_would_be_read_otherwise_is_not_kept(monkeypatch):
    texts = [b"Le pain, le sel, ", b" et le seigle."]
    whole = brotli.compress(b"Le pain, le sel, 1234 et le seigle.")
    for wrong in ([whole, b""], [brotli.compress(b"-"), b""], [b"", whole]):
        monkeypatch.setattr(precompressed, "_compressed_apart", lambda texts, sizes, wrong=wrong: wrong)
        assert precompressed.around(texts, [4]) is None


def test_nothing_is_kept_that_was_copied_from_a_word(monkeypatch):
    """Were the words that stand in for others to resemble a text, it would be seen."""
    monkeypatch.setattr(precompressed, "_like_nothing", lambda size: (b"et le seigle. " * 20)[:size])
    assert precompressed.around([b"Le pain, le sel, ", b" et le seigle. et le seigle."], [91]) is None


def test_texts_too_short_to_follow_a_word_are_left_alone():
    assert precompressed.around([b"a", b"b"], [4]) is None
    assert precompressed.around([b"a", b"bc"], [0]) is None
    assert precompressed.around([b"a", b"bc"], [precompressed.MOST]) is None
    assert precompressed.around([b"", b"bc"], [precompressed.MOST - 2]) is not None

"""Articles packed: what comes back is what went in, whoever packs at the same time."""

from concurrent.futures import ThreadPoolExecutor

from generator.kept import Kept, packed, restored
from generator.model import Article, Paragraph


def _kept(number: int) -> Kept:
    body = tuple(Paragraph(f"دریا کا راستہ {number} " * 50, line) for line in range(1, 20))
    article = Article(f"a{number}", "a.txt", "ur", "rtl", "دریا", b"x", body=body)
    return Kept(article, "0" * 64, ("topics=river",))


def test_a_packed_article_is_restored_in_any_thread() -> None:
    many = [_kept(number) for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda kept: restored(packed(kept)), many)) == many


def test_equal_articles_are_packed_alike() -> None:
    assert packed(_kept(1)) == packed(_kept(1))

"""An article as plain text: what its digest on the page stands for, and what its twin among the data holds.

What lives here: which parts, in which order. Blocks are parted by an empty line; a figure gives its words each on a line
of its own; what was set aside is not part of the article.
"""

import hashlib
from collections.abc import Iterator

from generator.model import Article, Block, Figure, ItemList, Quotation, ReadAlso, Table


def plain_text(article: Article) -> str:
    """The words of an article, ending in a line feed."""
    parts = [article.headline]
    if article.standfirst:
        parts.append(article.standfirst)
    parts += [text for block in article.body for text in _words(block) if text]
    return "\n\n".join(parts) + "\n"


def text_sha256(article: Article) -> str:
    """SHA-256 in hex of the words of an article in UTF-8."""
    return hashlib.sha256(plain_text(article).encode()).hexdigest()


def _words(block: Block) -> Iterator[str]:
    if isinstance(block, Figure):
        yield "\n".join(text for text in (block.alt, block.caption, block.credit) if text)
    elif isinstance(block, ItemList):
        yield "\n".join(block.items)
    elif isinstance(block, Table):
        yield "\n".join("\t".join(row) for row in block.rows)
    elif isinstance(block, ReadAlso):
        yield "\n".join((block.text, *(item.text for item in block.items)))
    elif isinstance(block, Quotation):
        yield "\n".join(text for text in (block.text, block.attribution) if text)
    else:
        yield block.text

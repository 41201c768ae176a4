"""An article as plain text: what its digest on the page stands for, and what its twin among the data holds.

What lives here: which parts, in which order. Blocks are parted by an empty line; a figure gives its words each on a line
of its own; what was set aside is not part of the article.
"""

import hashlib

from generator.model import Article, Block, Figure, ItemList, Paragraph, Quotation, ReadAlso, Table


def plain_text(article: Article) -> str:
    """The words of an article, ending in a line feed."""
    parts = [article.headline]
    if article.standfirst:
        parts.append(article.standfirst)
    parts += filter(None, [block.text if type(block) is Paragraph else _words(block) for block in article.body])
    return "\n\n".join(parts) + "\n"


def text_sha256(article: Article) -> str:
    """SHA-256 in hex of the words of an article in UTF-8."""
    return hashlib.sha256(plain_text(article).encode()).hexdigest()


def _words(block: Block) -> str:
    if isinstance(block, Figure):
        return "\n".join(text for text in (block.alt, block.caption, block.credit) if text)
    if isinstance(block, ItemList):
        return "\n".join(block.items)
    if isinstance(block, Table):
        return "\n".join("\t".join(row) for row in block.rows)
    if isinstance(block, ReadAlso):
        return "\n".join((block.text, *(item.text for item in block.items)))
    if isinstance(block, Quotation):
        return "\n".join(text for text in (block.text, block.attribution) if text)
    return block.text

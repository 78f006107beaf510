"""Every word that means a code: the words that a province, a technology or an industry goes by."""

from collections.abc import Iterator

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from analytics.contract import KIND_WORDS
from analytics.errors import BuildError
from analytics.ingest.rules import UNKNOWN
from analytics.taxonomy import Taxonomy

# First and last division of every section, GB/T 4754-2017. The taxonomy keeps divisions of
# manufacturing only; another division means its section.
SECTION_DIVISIONS = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60),
    "H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79),
    "O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
}  # fmt: skip
# Full-width digits, capital and small letters.
WIDE = "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
NARROW = "".join(chr(ord(letter) - 0xFEE0) for letter in WIDE)
Words = Iterator[tuple[str, str]]  # (word, code)


def narrow(text: ir.StringValue) -> ir.StringValue:
    """Write full-width digits and Latin letters as half-width ones."""
    return swap(text, WIDE, NARROW)


def swap(text: ir.StringValue, letters: str, others: str) -> ir.StringValue:
    """Write each of some letters, none of which a pattern takes for a sign, as its counterpart."""
    # Engines translate slowly, and hardly any text needs it.
    return text.re_search(f"[{letters}]").ifelse(text.translate(letters, others), text)


def code_key(text: ir.StringValue) -> ir.StringValue:
    """Write a word for a code in the form in which two of them are compared."""
    return narrow(text).lower().replace(" ", "")


def code_tables(taxonomy: Taxonomy, engine: ibis.BaseBackend) -> dict[str, ir.Table]:
    """Give, for every kind of code, what its words mean.

    Returns
    -------
    dict of str to Table
        By the names that `Column.allowed` uses. `key`: a word as `code_key` writes it, once;
        `code`: the code that it means.

    Raises
    ------
    BuildError
        A word means two codes, so the taxonomy is ambiguous.
    """
    return {allowed: _table(allowed, taxonomy, engine) for allowed in UNKNOWN}


def _table(allowed: str, taxonomy: Taxonomy, engine: ibis.BaseBackend) -> ir.Table:
    words, codes = zip(*_words(allowed, taxonomy), strict=True)
    listed = ibis.memtable(pa.table({"word": words, "code": codes}))
    keys = engine.to_pyarrow(listed.select("code", key=code_key(listed.word)).distinct().order_by("key", "code"))
    known = keys["key"].to_pylist()
    if twice := sorted({word for word in known if known.count(word) > 1}):
        raise BuildError(f"The taxonomy of {allowed} is ambiguous: {', '.join(twice)} mean two codes each.")
    return ibis.memtable(keys)


def _words(allowed: str, taxonomy: Taxonomy) -> Words:
    if allowed == "kinds":
        for kind, others in KIND_WORDS.items():
            yield from ((word, kind) for word in (kind, *others))
    elif allowed == "industries":
        yield from _industry_words(taxonomy)
    elif allowed == "provinces":
        yield from _province_words(taxonomy)
    else:
        yield from _named(taxonomy, allowed)


def _named(taxonomy: Taxonomy, table: str) -> Words:
    frame = taxonomy[table]
    for column in (frame.columns[0], "name_zh", "name_en"):
        yield from zip(frame[column], frame[frame.columns[0]], strict=True)


def _province_words(taxonomy: Taxonomy) -> Words:
    provinces = taxonomy["provinces"]
    yield from _named(taxonomy, "provinces")
    for column in ("adcode", "fullname_zh"):
        yield from zip(provinces[column], provinces["code"], strict=True)
    # What a column of whole numbers becomes when one cell of it was blank.
    for column in ("code", "adcode"):
        yield from zip(provinces[column] + ".0", provinces["code"], strict=True)


def _industry_words(taxonomy: Taxonomy) -> Words:
    kept = set(taxonomy["divisions"]["code"])
    yield from _named(taxonomy, "sections")
    yield from _named(taxonomy, "divisions")
    for section, (first, last) in SECTION_DIVISIONS.items():
        for number in range(first, last + 1):
            code = f"{number:02d}"
            means = code if code in kept else section
            yield from ((word, means) for word in (code, f"{section}{code}", f"{code}.0"))

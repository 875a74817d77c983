"""What a spill is made of: postings as plain columns, and values of which many are the same."""

import numpy as np

from search.engines.local.codec.columns import LONE, Lines, write_strings
from search.engines.local.codec.encode import Lists
from search.engines.local.codec.files import SectionWriter
from search.engines.local.codec.packing import Numbers


def inverted(terms: Numbers, texts: Numbers, positions: Numbers, count: int) -> tuple[Lists, Numbers]:
    """The posting lists of `count` terms, whose words stand in these texts at these positions; and the number of
    positions in each list."""
    terms, texts, positions = _sorted(terms, texts, positions)
    new = np.ones(len(terms), bool)
    new[1:] = (terms[1:] != terms[:-1]) | (texts[1:] != texts[:-1])
    first = np.flatnonzero(new)
    tf = np.diff(np.append(first, len(terms)))
    df = np.bincount(terms[first], minlength=count)
    return Lists(df, texts[first], tf, positions), np.bincount(terms, minlength=count)


def write_postings(file: SectionWriter, field: str, lists: Lists, cf: Numbers) -> None:
    """Write the posting lists of a field as columns."""
    file.column(f"{field}.df", lists.df)
    file.column(f"{field}.cf", cf)
    file.column(f"{field}.documents", lists.documents)
    file.column(f"{field}.tf", lists.tf)
    file.column(f"{field}.positions", lists.positions)


def write_lines(file: SectionWriter, name: str, lines: Lines) -> None:
    """Write lines, and a column with their ends."""
    file.add(name, lines.data)
    file.column(f"{name}.ends", lines.ends)


def write_values(file: SectionWriter, name: str, values: list[str]) -> None:
    """Write a column of strings of which many are the same: their numbers in the sorted values, and the values."""
    distinct = {value: value.encode("utf-8", LONE) for value in set(values)}
    ordered = sorted(distinct, key=distinct.__getitem__)
    number = {value: place for place, value in enumerate(ordered)}
    file.column(name, np.fromiter(map(number.__getitem__, values), np.int64, len(values)))
    write_strings(file, f"{name}.values", [distinct[value] for value in ordered])


def _sorted(terms: Numbers, texts: Numbers, positions: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The words by term, text and position."""
    text_bits, position_bits = (int(part.max()).bit_length() if len(part) else 1 for part in (texts, positions))
    if text_bits + position_bits + int(terms.max(initial=0)).bit_length() > 63:
        order = np.lexsort((positions, texts, terms))
        return terms[order], texts[order], positions[order]
    key = (terms.astype(np.int64) << (text_bits + position_bits)) | (texts << position_bits) | positions
    key.sort()
    return (
        key >> (text_bits + position_bits),
        (key >> position_bits) & ((1 << text_bits) - 1),
        key & ((1 << position_bits) - 1),
    )

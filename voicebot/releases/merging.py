"""Two edits of one text become one, as long as they do not touch the same lines. Pure.

The way of diff3 (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007): stretches that both edits left as they
were divide the text; between them the side that changed wins.
Where both changed they must have done the same, or both have only put lines in.
"""

from difflib import SequenceMatcher

Lines = list[str]


def merged(base: str, mine: str, theirs: str) -> str | None:
    """The text with both edits; None when they change the same lines, or lines beside each other."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    old, one, two = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    done: Lines = []
    at = (0, 0, 0)
    for stable in [*_stable(old, one, two), (len(old), len(one), len(two), 0)]:
        piece = _chosen(old[at[0] : stable[0]], one[at[1] : stable[1]], two[at[2] : stable[2]])
        if piece is None:
            return None
        length = stable[3]
        done += piece + old[stable[0] : stable[0] + length]
        at = (stable[0] + length, stable[1] + length, stable[2] + length)
    return "".join(done)


def _chosen(old: Lines, one: Lines, two: Lines) -> Lines | None:
    if one == old:
        return two
    if two in (old, one):
        return one
    # Both have put something between the same two lines, say an entry each at the end of a list: both stay.
    return two + one if not old else None


def _stable(old: Lines, one: Lines, two: Lines) -> list[tuple[int, int, int, int]]:
    """Stretches that neither edit touched: where they begin in each text, and how many lines they have."""
    in_one, in_two = _kept(old, one), _kept(old, two)
    found: list[tuple[int, int, int, int]] = []
    for at in range(len(old)):
        if at not in in_one or at not in in_two:
            continue
        here = (at, in_one[at], in_two[at])
        if found:
            last = found[-1]
            if here == (last[0] + last[3], last[1] + last[3], last[2] + last[3]):
                found[-1] = (*last[:3], last[3] + 1)
                continue
        found.append((*here, 1))
    return found


def _kept(old: Lines, new: Lines) -> dict[int, int]:
    """For each line of the old text that is still there: where it stands now."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}

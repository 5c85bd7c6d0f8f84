"""Groups of what is alike, by average linkage. Pure; equal input gives equal groups, whatever the order of time.

Agglomerative clustering with the average of all pairs (UPGMA; Sokal and Michener 1958, with the update of Lance and
Williams 1967): the two groups that are most alike become one, until none are alike enough. Averages keep a group from
growing along a chain of neighbours, as single linkage would.
"""

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
_NEVER = np.float32(-1.0)


def clusters(likeness: Matrix, least: float) -> tuple[tuple[int, ...], ...]:
    """Groups of rows, the largest first; every row is in one, perhaps alone.

    Args:
        likeness: Square and symmetric; 1 is the same, 0 and less has nothing in common.
        least: Two groups become one when the average of their pairs is at least this.
    """
    count = len(likeness)
    near = likeness.astype(np.float32, copy=True)
    np.fill_diagonal(near, _NEVER)
    members: dict[int, list[int]] = {place: [place] for place in range(count)}
    nearest = near.argmax(axis=1) if count else np.empty(0, np.intp)
    best = near.max(axis=1) if count else np.empty(0, np.float32)
    while count:
        one = int(best.argmax())
        if best[one] < least or best[one] == _NEVER:
            break
        other = int(nearest[one])
        _join(near, one, other, len(members[one]), len(members[other]))
        members[one] += members.pop(other)
        # Averages never bring a group nearer to a third one than the nearer of the two was.
        stale = np.flatnonzero((nearest == one) | (nearest == other))
        stale = np.union1d(stale, [one, other])
        nearest[stale] = near[stale].argmax(axis=1)
        best[stale] = near[stale].max(axis=1)
    groups = [tuple(sorted(group)) for group in members.values()]
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def _join(near: Matrix, one: int, other: int, many: int, more: int) -> None:
    """Make `other` part of `one`, in place."""
    row = (near[one] * many + near[other] * more) / np.float32(many + more)
    row[(near[one] == _NEVER) | (near[other] == _NEVER)] = _NEVER
    near[one, :], near[:, one] = row, row
    near[other, :], near[:, other] = _NEVER, _NEVER

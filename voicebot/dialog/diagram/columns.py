"""Heights in one column: every box as near as can be to where it would like to stand, none overlapping."""

from collections.abc import Sequence


def spread(wanted: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """Tops in the given order, at least `gap` apart, with the least sum of squared distances from the wanted tops.

    Isotonic regression by pooling adjacent violators (Barlow, Bartholomew, Bremner and Brunk 1972): with the room above each
    box taken off, tops need only not fall.
    """
    above = 0.0
    offsets: list[float] = []
    pools: list[tuple[float, int]] = []
    for top, height in zip(wanted, heights, strict=True):
        offsets.append(above)
        pools.append((top - above, 1))
        above += height + gap
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (right, many), (left, few) = pools.pop(), pools.pop()
            pools.append(((right * many + left * few) / (many + few), many + few))
    levels = [level for level, count in pools for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]

"""Which page of a long list is shown. Pure."""


def place(asked: str, count: int, rows: int) -> tuple[int, int]:
    """The page that an address asks for, the nearest where there is none, and how many there are.

    Args:
        asked: As it stands in the address; anything at all.
        count: Of the whole list.
        rows: On a page.
    """
    pages = max((count + rows - 1) // rows, 1)
    at = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 6 else 1
    return at, pages

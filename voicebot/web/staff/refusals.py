"""Requests that are not answered as they would like."""


class Refusal(Exception):  # noqa: N818  what happens to a request, not a fault of ours
    """The request is refused; answered with a page or, to a script, with JSON.

    Args:
        status: HTTP's status.
        code: Of the words that say why.
    """

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class NotSignedIn(Refusal):
    """Nobody is signed in; a page leads to the sign-in."""

    def __init__(self) -> None:
        super().__init__(401, "staff.signed_out")


class PasswordFirst(Refusal):
    """The password was set by somebody else and must be changed first; a page leads there."""

    def __init__(self) -> None:
        super().__init__(403, "must_change")

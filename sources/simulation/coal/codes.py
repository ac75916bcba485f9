"""Formally valid unified social credit codes that nobody holds."""

from __future__ import annotations

__all__ = ["check_character", "credit_code"]

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_character(first: str) -> str:
    """Give the 18th character of the first 17 (GB 32100-2015, 4.2)."""
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first))
    return ALPHABET[-total % 31]


def _organisation(body: str) -> str:
    """Give the ninth character of an organisation code (GB 11714)."""
    total = sum(int(c, 36) * weight for c, weight in zip(body, _BODY_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def credit_code(area: str, serial: int) -> str:
    """Make a code up: organisation codes beginning with several X have not been issued.

    Parameters
    ----------
    area : str
        Six digits of GB/T 2260.
    serial : int
        From 1 on, one for each unit; beyond 9999 one X fewer.
    """
    body = f"{serial:04d}".rjust(8, "X")
    first = f"91{area}{body}{_organisation(body)}"
    return first + check_character(first)

"""What a command raises when it cannot be done: one clear line for the user, exit code 2."""

from __future__ import annotations


class RefusalError(ValueError):
    """The command cannot be done; the text says why and what is allowed."""

"""The one exception by which a rule says no."""

from __future__ import annotations


class Refused(Exception):
    """A service's "no": the message is a sentence for the reader, in their language."""

    @property
    def message(self) -> str:
        return str(self.args[0])

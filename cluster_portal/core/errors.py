"""The exceptions by which a rule says no."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):
    """A service's "no": the message is a sentence for the reader, in their language."""

    code = "refused"

    @property
    def message(self) -> str:
        return str(self.args[0])


class Overtaken(Refused):
    """Somebody else has saved meanwhile what the sender's form began from.

    The form is shown again with what was typed and, beside it, what is saved now.
    """

    code = "overtaken"

    def __init__(self, message: str = "") -> None:
        usual = _("Somebody else has changed this meanwhile. Check the page and try again.")
        super().__init__(message or usual)

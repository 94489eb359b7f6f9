"""What the acts of the ledger are called for people; the ledger itself holds the plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# What an auditor looks for: accounts, rights, reading and taking out, the ledger itself.
SENSITIVE: dict[str, _StrPromise] = {
    "signed in": _("Signed in"),
    "signed out": _("Signed out"),
    "password set": _("Set a password"),
    "password changed": _("Changed the password"),
    "password reset": _("Reset the password"),
    "address added": _("Added an e-mail address"),
    "address changed": _("Changed the e-mail address"),
    "address removed": _("Removed an e-mail address"),
    "second factor added": _("Added a second factor"),
    "second factor removed": _("Removed a second factor"),
    "second factor renewed": _("Renewed the recovery codes"),
    "read": _("Read"),
    "file read": _("Opened a file"),
    "own data exported": _("Took out the data on oneself"),
    "exported": _("Took out a list"),
    "participants exported": _("Took out the list of participants"),
    "administrator made": _("Made an administrator"),
    "coordinator granted": _("Made a coordinator"),
    "coordinator revoked": _("Ended a coordination"),
    "role changed": _("Changed a role"),
    "contact named": _("Named a contact"),
    "opened": _("Changed who sees the profile"),
    "let in": _("Let an organisation see the profile"),
    "shut out": _("Took the profile from an organisation"),
    "changed in admin": _("Changed in the administration"),
    "added in admin": _("Added in the administration"),
    "account erased": _("Erased an account"),
    "ledger amended": _("Removed or blanked entries of the log"),
}
OTHER: dict[str, _StrPromise] = {
    "accept": _("Accepted"),
    "affiliation confirmed": _("Confirmed a person's place in an organisation"),
    "affiliation declined": _("Declined a person's place in an organisation"),
    "affiliation ended": _("Ended a person's place in an organisation"),
    "affiliation requested": _("Asked for a place in an organisation"),
    "agreed": _("The agreement was confirmed by all"),
    "agreement changed": _("Changed the agreement"),
    "agreement confirmed": _("Confirmed the agreement"),
    "agreement recorded": _("Recorded the membership agreement"),
    "application approved": _("Approved the application"),
    "application rejected": _("Rejected the application"),
    "application submitted": _("Sent the application"),
    "application taken into review": _("Took the application into review"),
    "application withdrawn": _("Withdrew the application"),
    "apply": _("Applied"),
    "approve": _("Approved"),
    "asked": _("Asked"),
    "author hidden": _("Hid the author's name"),
    "author shown": _("Showed the author's name"),
    "budget": _("Changed the budget"),
    "cancelled": _("Cancelled"),
    "capacity changed": _("Changed the number of places"),
    "capacity": _("Changed the number of places"),
    "close": _("Closed"),
    "closed": _("Closed"),
    "colleague invited": _("Invited a colleague"),
    "created": _("Created"),
    "decline": _("Declined"),
    "deleted": _("Deleted"),
    "edited": _("Edited"),
    "end": _("Ended"),
    "expired": _("The time ran out"),
    "extra places": _("Added extra places"),
    "file removed": _("Removed a file"),
    "finish": _("Finished"),
    "imported": _("Imported"),
    "information given": _("Gave the information asked for"),
    "introduced": _("Introduced the parties"),
    "invite": _("Invited"),
    "membership ended": _("Ended the membership"),
    "more information asked": _("Asked for more information"),
    "moved": _("Moved the event"),
    "organisation edited": _("Edited the organisation"),
    "organisation imported": _("Imported the organisation"),
    "organisation made": _("Made the organisation"),
    "publish": _("Published"),
    "published": _("Published"),
    "reject": _("Rejected"),
    "reopen": _("Opened again"),
    "saved": _("Saved"),
    "send": _("Sent"),
    "send_back": _("Sent back to be completed"),
    "submit": _("Sent for review"),
    "withdraw": _("Withdrew"),
}


def name_of(action: str) -> str:
    return str(SENSITIVE.get(action) or OTHER.get(action) or capfirst(action.replace("_", " ")))

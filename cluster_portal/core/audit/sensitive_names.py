"""What an auditor looks for: accounts, rights, reading and taking out, the ledger itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

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
    "challenge opened": _("Opened a challenge shown to named ones"),
    "proposals opened": _("Opened the proposals to a challenge"),
    "calendar address made": _("Made an address for the own calendar"),
    "calendar address given up": _("Gave up the address of the own calendar"),
    "own data exported": _("Took out the data on oneself"),
    "exported": _("Took out a list"),
    "contact list exported": _("Took out the contact list"),
    "survey answers exported": _("Took out the answers of a round"),
    "participants exported": _("Took out the list of participants"),
    "administrator made": _("Made an administrator"),
    "second factor replaced": _("Gave a new second factor"),
    "cluster made": _("Made a cluster"),
    "coordinator granted": _("Made a coordinator"),
    "coordinator revoked": _("Ended a coordination"),
    "shared values accepted": _("Committed to the shared values"),
    "handover begun": _("Began a handover"),
    "handover finished": _("Finished a handover"),
    "coordinator named": _("Named a second coordinator"),
    "coordinator confirmed": _("Confirmed a second coordinator"),
    "coordinator refused": _("Refused a second coordinator"),
    "naming of a coordinator withdrawn": _("Withdrew the naming of a coordinator"),
    "coordination ended": _("Ended the coordination of a second coordinator"),
    "told apart": _("Told two organisations apart"),
    "role changed": _("Changed a role"),
    "contact named": _("Named a contact"),
    "opened": _("Changed who sees the profile"),
    "profile shown": _("Showed the own profile"),
    "profile hidden": _("Hid the own profile"),
    "profile withheld": _("Hid somebody’s profile"),
    "profile released": _("Let somebody show the profile again"),
    "let in": _("Let an organisation see the profile"),
    "shut out": _("Took the profile from an organisation"),
    "changed in admin": _("Changed in the administration"),
    "added in admin": _("Added in the administration"),
    "account erased": _("Erased an account"),
    "ledger amended": _("Removed or blanked entries of the log"),
}

"""An organisation's page is kept alive by its contact: the logo, and that its facts still hold.

A year after they were confirmed the contacts are asked by letter. Its link shows the facts without
signing in and confirms them by one press; it dies when they are confirmed, changed or two months
old, and with the role of who got it.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import transaction
from django.db.models import DateField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, files
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from members.models import Affiliation, Organisation, User
from members.models.affiliations import Role
from members.models.profiles import ASKED_AFTER
from members.services.recipients import contacts_of

if TYPE_CHECKING:
    from cluster_portal.core.files import Upload

SALT = "members.confirm"
KIND = "organisation_confirm"
FOLDER = "logos"
AT_ONCE = 200
ASKED_AGAIN_AFTER = datetime.timedelta(days=365)
LINK_LIVES = datetime.timedelta(days=60)


@transaction.atomic
def set_logo(organisation: Organisation, upload: Upload | None, *, by: User) -> Organisation:
    """Stores the picture in place of the old one; None takes it away."""
    locked = _locked(organisation)
    if not Organisation.objects.editable_by(by).contains(locked):
        raise Refused(_("You cannot do this."))
    old = locked.logo
    locked.logo = files.store(upload, FOLDER) if upload else ""
    locked.save(update_fields=["logo"])  # `updated_at` is the version of the words
    audit.record(locked, "logo changed" if upload else "logo removed", by=by)
    if old:
        transaction.on_commit(lambda: files.discard(old))
    return locked


def sweep_logos() -> int:
    """Pictures that no organisation has: of a stored upload whose transaction failed."""

    def known(names: list[str]) -> set[str]:
        return set(Organisation.objects.filter(logo__in=names).values_list("logo", flat=True))

    return files.sweep(FOLDER, known)


@transaction.atomic
def confirm_facts(
    organisation: Organisation, *, by: User, seen_version: datetime.datetime
) -> Organisation:
    """One of its contacts says that what they saw still holds; a second time changes nothing."""
    locked = _locked(organisation)
    if locked.pk not in audience(by).edits:
        raise Refused(_("Only a contact person of the organisation confirms its facts."))
    today = timezone.localdate()
    if locked.confirmed_on == today and not locked.is_shadow:
        return locked
    if locked.updated_at != seen_version:
        raise Refused(_("Somebody else has changed this meanwhile. Look at the facts again."))
    locked.confirmed_on, locked.is_shadow = today, False
    locked.save(update_fields=["confirmed_on", "is_shadow"])
    audit.record(locked, "facts confirmed", by=by)
    return locked


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def ask_to_confirm() -> int:
    """Asks the contacts of organisations whose facts are due, once a year; how many it asked of."""
    return sum(_ask(pk) for pk in _due().values_list("pk", flat=True)[:AT_ONCE])


def _due() -> Any:
    today = timezone.localdate()
    contacts = Affiliation.objects.confirmed().filter(
        role=Role.CONTACT, user__is_active=True, organisation=OuterRef("pk")
    )
    known_since = Coalesce(F("confirmed_on"), Cast("created_at", DateField()))
    asked_lately = Q(confirmation_asked_on__gt=today - ASKED_AGAIN_AFTER)
    ended = Q(valid_until__lt=today)
    rows = Organisation.objects.standing().alias(known_since=known_since)
    rows = rows.filter(Exists(contacts), known_since__lt=today - ASKED_AFTER)
    return rows.exclude(asked_lately | ended).order_by("pk")


@transaction.atomic
def _ask(pk: int) -> bool:
    """Of one; another worker that asks at the same moment waits and finds it asked."""
    found = _due().select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        return False
    found.confirmation_asked_on = timezone.localdate()
    found.save(update_fields=["confirmation_asked_on"])
    asked = str(found.confirmation_asked_on)
    for contact in contacts_of([found.pk]):
        key = f"{found.pk}:{asked}:{contact.pk}"
        outbox.post(KIND, to=contact, key=key, about=found, values={"asked": asked})
    return True


def confirmation_path(organisation_pk: int, user_pk: int, asked: str) -> str:
    token = signing.dumps([organisation_pk, user_pk, asked], salt=SALT, compress=False)
    return reverse("members:organisation_confirm_by_link", args=[token])


def is_asked(organisation: Organisation, asked: str) -> bool:
    """Whether the question of that day still waits for an answer."""
    if str(organisation.confirmation_asked_on) != asked:
        return False
    confirmed, day = organisation.confirmed_on, datetime.date.fromisoformat(asked)
    return timezone.localdate() <= day + LINK_LIVES and (confirmed is None or confirmed < day)


def read_link(token: str) -> tuple[Organisation, User]:
    """The organisation, and its contact who got the link; `Refused` when the link has died."""
    gone = Refused(
        _("It may have been used already, or its time is over. Sign in to confirm the facts.")
    )
    try:
        organisation_pk, user_pk, asked = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise gone from None
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    organisation = Organisation.objects.standing().filter(pk=organisation_pk).first()
    if user is None or organisation is None or not is_asked(organisation, asked):
        raise gone
    if organisation.pk not in audience(user).edits:
        raise gone
    return organisation, user

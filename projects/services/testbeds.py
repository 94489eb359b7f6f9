"""Entering a test environment, changing it, saying whether it can be used now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from cluster_portal.notifications.services import following
from members.services import contacts
from members.services.contacts import Readers, ReceiverKind
from members.services.needs import home_of
from members.services.receivers import of_organisation
from members.services.recipients import contacts_of
from projects.models import TestEnvironment
from projects.models.testbeds import MOVES, PUBLISHED, RESERVED_SLUGS
from projects.services import entries
from projects.services.arrivals import content_came

if TYPE_CHECKING:
    from members.models import User

KIND = "testbed"


@transaction.atomic
def enter_testbed(values: dict[str, Any], *, by: User) -> TestEnvironment:
    """Stores a draft; the same form makes one."""
    known = entries.sent_before(TestEnvironment, values["form_key"], by)
    if known is not None:
        return known
    plain, terms = _parted(values)
    entries.refuse_stranger(plain["organisation"], by)
    testbed = TestEnvironment(**plain, home_cluster=home_of(plain["organisation"], by), teller=by)
    entries.insert(testbed, testbed.title_fi, empty="testiymparisto", reserved=RESERVED_SLUGS)
    testbed.terms.set(terms or _found(testbed))
    search.reindex(testbed)
    audit.record(testbed, "created", by=by)
    return testbed


def _parted(values: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    plain = dict(values)
    return plain, list(plain.pop("terms", []))


def _found(testbed: TestEnvironment) -> Any:
    return entries.found_terms(testbed.title_fi, testbed.summary_fi, testbed.offers)


@transaction.atomic
def edit_testbed(
    testbed: TestEnvironment, values: dict[str, Any], *, by: User, seen: str = ""
) -> TestEnvironment:
    testbed = _locked(testbed, by)
    entries.refuse_late(testbed, seen)
    plain, terms = _parted(values)
    changed = entries.assign(testbed, plain)
    testbed.save()
    if entries.relink(testbed, "terms", terms):
        changed.append("terms")
    search.reindex(testbed)
    content_came(testbed)
    if changed:
        entry = audit.record(testbed, "edited", by=by, details={"changed": changed})
        if testbed.stage in PUBLISHED:
            following.tell(testbed, "changed", key=str(entry.pk), by=by)
    return testbed


@transaction.atomic
def move_testbed(testbed: TestEnvironment, action: str, *, by: User) -> TestEnvironment:
    """Publishes it, withdraws it, says that it is or is not available; its contacts hear of it."""
    testbed = _locked(testbed, by)
    move = MOVES.step(action, testbed, by)
    if action == "publish" and not testbed.offers.strip():
        raise Refused(_("Tell what can be tried before you publish it."))
    testbed.stage = move.target
    if testbed.stage in PUBLISHED and testbed.published_at is None:
        testbed.published_at = timezone.now()
    testbed.save(update_fields=["stage", "published_at", "updated_at"])
    search.reindex(testbed)
    content_came(testbed)
    entry = audit.record(testbed, f"testbed {action}", by=by, details={"stage": move.target})
    if testbed.stage in PUBLISHED:
        following.tell(testbed, "changed", key=str(entry.pk), by=by)
    outbox.post_to_all(
        "testbed_moved", to=contacts_of([testbed.organisation_id], but=by), key=str(entry.pk),
        about=testbed, values={"stage": move.target},
    )  # fmt: skip
    return testbed


def _locked(testbed: TestEnvironment, by: User) -> TestEnvironment:
    rows = TestEnvironment.objects.editable_by(by)
    found = TestEnvironment.objects.filter(pk__in=rows.filter(pk=testbed.pk).values("pk"))
    locked = found.select_for_update(of=("self",), no_key=True).first()
    if locked is None:
        raise Refused(_("You cannot do this."))
    return locked


def of_testbed(testbed: TestEnvironment) -> Readers:
    """The owner's contacts; where there is none, as for its organisation."""
    organisation = testbed.organisation
    return of_organisation(organisation) if organisation else Readers([], "")


def register() -> None:
    contacts.register(ReceiverKind(KIND, TestEnvironment, of_testbed))

"""The programme item by item, and the materials and recordings of an event."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit, files
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.services import following
from events.models import AgendaItem, Event, Material
from events.models.events import Stage
from events.services.places import lock
from events.services.sessions import drop_choices
from events.services.talks import back_to_review
from projects.services import entries

if TYPE_CHECKING:
    from cluster_portal.core.files import Upload
    from members.models import User

FOLDER = "event-materials"
MOST_ITEMS, MOST_MATERIALS = 200, 50


@transaction.atomic
def add_item(event: Event, values: dict[str, Any], *, by: User) -> AgendaItem:
    event = _organised(event, by)
    known = AgendaItem.objects.filter(
        event=event, title=values["title"], starts_at=values["starts_at"], stream=values["stream"]
    ).first()
    if known is not None:  # the form sent twice
        return known
    if event.agenda.count() >= MOST_ITEMS:
        raise Refused(_("The programme has as many items as can be kept."))
    item = AgendaItem.objects.create(event=event, **values)
    audit.record(event, "programme changed", by=by)
    return item


@transaction.atomic
def edit_item(item: AgendaItem, values: dict[str, Any], *, by: User, seen: str = "") -> AgendaItem:
    event = _organised(item.event, by)
    item = AgendaItem.objects.get(pk=item.pk)
    entries.refuse_changed(item, values, seen)
    changed = entries.assign(item, values)
    if "starts_at" in changed:
        drop_choices(item)
    if item.capacity is not None and item.capacity < item.chosen:
        raise Refused(
            _("%(count)d people have chosen the session already.") % {"count": item.chosen}
        )
    if changed:
        item.save()
        audit.record(event, "programme changed", by=by)
    return item


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User) -> None:
    event = _organised(item.event, by)
    back_to_review(item)
    item.delete()
    audit.record(event, "programme changed", by=by)


@transaction.atomic
def add_material(
    event: Event, values: dict[str, Any], upload: Upload | None, *, by: User
) -> Material:
    """A file or a link; followers of a past event are told that there is something new."""
    event = _organised(event, by)
    known = made_by(Material, values["form_key"], event=event)
    if known is not None:
        return known
    if event.materials.count() >= MOST_MATERIALS:
        raise Refused(_("The event has as many materials as can be kept."))
    material = Material(event=event, sender=by, **values)
    if upload is not None:
        material.name, material.size = upload.name, len(upload.content)
        material.file = files.store(upload, FOLDER)
    material.save()
    entry = audit.record(event, "material added", by=by, details={"material": material.pk})
    if event.is_over and event.stage == Stage.PUBLISHED:
        following.tell(event, "afterwards", key=f"{entry.pk}:material", by=by)
    return material


@transaction.atomic
def remove_material(material: Material, *, by: User) -> None:
    event = _organised(material.event, by)
    stored = material.file
    audit.record(event, "material removed", by=by, details={"material": material.pk})
    material.delete()
    transaction.on_commit(partial(files.discard, stored))


def sweep_files() -> int:
    def known(names: list[str]) -> set[str]:
        return set(Material.objects.filter(file__in=names).values_list("file", flat=True))

    return files.sweep(FOLDER, known)


def _organised(event: Event, by: User) -> Event:
    event = lock(event.pk)
    if not event.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    return event

"""The two ledgers: rows (every change of a tracked row, by trigger) and acts (who did what, why).

Rows are recorded by django-pghistory's database triggers, so `update()` and raw SQL cannot escape.
Acts are recorded by services. Both refuse UPDATE, DELETE and TRUNCATE by trigger; retention and
pseudonymisation go through the database's one function for it (`core.database.ledgers`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

import pghistory.models
import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.audit import names
from cluster_portal.core.database.ledgers import DOOR_SETTING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.db.models import Model

    from cluster_portal.core.visibility import Reader


ModelClass = TypeVar("ModelClass", bound=type[models.Model])


class AppendOnly(pgtrigger.Trigger):
    """Refuses to change or delete a written row unless the transaction is a retention act."""

    name = "append_only"
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete

    def get_func(self, model: Any) -> str:
        return f"""
            IF current_setting('{DOOR_SETTING}', true) IS DISTINCT FROM 'on' THEN
                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """


def tracked(
    *, exclude: tuple[str, ...] = (), unless: str = ""
) -> Callable[[ModelClass], ModelClass]:
    """Class decorator: keep every version of the model's rows in an append-only event table.

    Rows made with the flag `unless` set leave no first version: it would say who made them.
    """
    made = pgtrigger.Q(**{f"new__{unless}": False}) if unless else None
    return pghistory.track(
        pghistory.InsertEvent(condition=made),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        meta={"triggers": [AppendOnly()]},
    )


def track_links(through: type[models.Model]) -> None:
    """Keep every link and unlink of a many-to-many table: `track_links(Thing.terms.through)`."""
    pghistory.track(
        pghistory.InsertEvent("linked"),
        pghistory.DeleteEvent("unlinked"),
        obj_field=None,
        meta={"triggers": [AppendOnly()]},
    )(through)


class AuditEntry(models.Model):
    """One act of a person (or of the portal itself, then without an actor) on one object."""

    at = models.DateTimeField(_("time"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("actor"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,  # an erased person leaves a number behind, nothing else
        related_name="+",
    )
    action = models.CharField(_("action"), max_length=60)
    reason = models.TextField(_("reason"), blank=True, default="")
    details = models.JSONField(_("details"), default=dict, blank=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    about = GenericForeignKey("content_type", "object_id")

    class Meta:
        app_label = "core"
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-id"], name="core_audit_about")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(action=""), name="core_auditentry_action_given"
            )
        ]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {names.name_of(self.action)}"


def record(
    obj: models.Model,
    action: str,
    *,
    by: Any | None,
    reason: str = "",
    details: dict[str, object] | None = None,
) -> AuditEntry:
    """Writes one act, in the caller's transaction. `by=None` means the portal itself."""
    return AuditEntry.objects.create(
        about=obj, action=action, actor=by, reason=reason, details=details or {}
    )


def record_reads(objects: Iterable[models.Model], action: str, *, by: Any) -> None:
    """One row for each of these, in one statement."""
    AuditEntry.objects.bulk_create(
        [AuditEntry(about=obj, action=action, actor=by) for obj in objects]
    )


def record_all(
    objects: Iterable[models.Model], action: str, *, by: Any | None,
    details: dict[str, object] | None = None,
) -> list[AuditEntry]:  # fmt: skip
    """The same act on each of these, in one statement, in their order."""
    return AuditEntry.objects.bulk_create(
        [AuditEntry(about=obj, action=action, actor=by, details=details or {}) for obj in objects]
    )


def entries_about(obj: models.Model) -> models.QuerySet[AuditEntry]:
    """The acts on one object, the latest first; who did them is for auditors."""
    about = ContentType.objects.get_for_model(obj)
    return AuditEntry.objects.filter(content_type=about, object_id=obj.pk)


def change(**values: tuple[Any, Any]) -> dict[str, object]:
    """Details of an act: `change(role=("colleague", "contact"))` is what was before and after.

    What did not change is left out.
    """
    changed = {name: pair for name, pair in values.items() if pair[0] != pair[1]}
    if not changed:
        return {}
    before = {name: _plain(old) for name, (old, _new) in changed.items()}
    after = {name: _plain(new) for name, (_old, new) in changed.items()}
    return {"before": before, "after": after}


def _plain(value: object) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet | list | tuple | set):
        return [_plain(each) for each in value]
    return value if isinstance(value, bool | int | float | None) else str(value)


def trim(rows: models.QuerySet[Any]) -> int:
    """Deletes rows of a ledger."""
    return _amend(rows, None)


def overwrite(rows: models.QuerySet[Any], **values: Any) -> int:
    """Overwrites columns in rows of a ledger."""
    return _amend(rows, {rows.model._meta.get_field(name).column: values[name] for name in values})


def _amend(rows: models.QuerySet[Any], changes: dict[str, Any] | None) -> int:
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    if not keys:
        return 0
    amended = None if changes is None else json.dumps(changes)
    table = connection.ops.quote_name(rows.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT portal_amend_ledger(%s::regclass, %s::text[], %s::jsonb)",
            [table, keys, amended],
        )
        return int(cursor.fetchone()[0])


def record_many(acts: Mapping[Any, dict[str, object]], action: str, *, by: Any | None) -> None:
    """The same act on many saved objects, each with its details."""
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(about=obj, action=action, actor=by, details=details)
            for obj, details in acts.items()
        ],
        batch_size=1000,
    )


def blank(model: Any, rows: models.Q, **values: Any) -> None:
    """Overwrites columns in every kept version of a tracked model's rows."""
    overwrite(model.pgh_event_model.objects.filter(rows), **values)


def forget(model: Any, rows: models.Q) -> None:
    """Drops every kept version of rows that tell of nobody but an erased person."""
    trim(model.pgh_event_model.objects.filter(rows))


def versions_of(model: Any, rows: models.Q) -> list[int]:
    """The keys of the tracked rows that there are or were, by what their versions say."""
    found = model.pgh_event_model.objects.filter(rows).order_by()
    return list(found.values_list("pgh_obj_id", flat=True).distinct())


def blank_words(model: type[Model], keys: list[int]) -> None:
    """The reasons and details of the acts on these objects go; that they happened stays."""
    kind = ContentType.objects.get_for_model(model)
    overwrite(
        AuditEntry.objects.filter(content_type=kind, object_id__in=keys), reason="", details={}
    )


def blank_contexts(person: int) -> None:
    """From which addresses they wrote; their number stays."""
    contexts = pghistory.models.Context.objects.filter(metadata__user=person)
    overwrite(contexts, metadata={"user": person})


def acts_of(user: Reader) -> list[dict[str, Any]]:
    """Their own acts, for their own copy: without what or whom they name."""
    rows = AuditEntry.objects.filter(actor=user.pk).select_related("content_type").order_by("pk")
    return [
        {
            "at": row.at.isoformat(),
            "act": row.action,
            "about": row.content_type.name,
            "number": row.object_id,
            "reason": row.reason,
        }
        for row in rows
    ]


def of(obj: models.Model) -> models.QuerySet[AuditEntry]:
    """The acts on one object, newest first."""
    return acts_on(type(obj)).filter(object_id=obj.pk).select_related("actor")


def acts_on(model: type[Model]) -> models.QuerySet[AuditEntry]:
    """The acts on all objects of a model."""
    kind = ContentType.objects.get_for_model(model)
    return AuditEntry.objects.filter(content_type=kind)


def last_acts(model: type[Model], keys: Iterable[int], actions: Iterable[str]) -> dict[int, str]:
    """Which of these acts was the latest on each of the objects, by their keys."""
    kind = ContentType.objects.get_for_model(model)
    rows = AuditEntry.objects.filter(content_type=kind, object_id__in=keys, action__in=actions)
    latest = rows.order_by("object_id", "-id").distinct("object_id")
    return dict(latest.values_list("object_id", "action"))

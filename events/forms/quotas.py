"""Places held for groups, as rows of the registration step: for whom, how many, until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core import vocabulary
from events.models.quotas import Group
from events.models.seats import MOST_SEATS
from events.services.quotas import MOST, Wanted, last_day_of, seats_with_quotas
from members.models import Cluster
from members.models.kinds import Sector

if TYPE_CHECKING:
    from events.models import Event, Quota

EMPTY_ROWS = 2


@dataclass(frozen=True)
class QuotaRow:
    """The bound fields of one row."""

    number: int
    fields: list[forms.BoundField]


def add_quota_fields(form: forms.Form, event: Event) -> int:
    """Rows for the quotas there are and some empty ones; returns how many."""
    seats = seats_with_quotas(event)
    present = list(seats.quotas.all()) if seats else []
    count = min(len(present) + EMPTY_ROWS, MOST)
    choices = _choices()
    for number in range(1, count + 1):
        quota = present[number - 1] if number <= len(present) else None
        form.fields.update(_fields(number, choices))
        if quota is not None:
            form.initial[f"quota_{number}_group"] = _value(quota)
            form.initial[f"quota_{number}_places"] = quota.places
            form.initial[f"quota_{number}_until"] = quota.held_until
    return count


def _fields(number: int, choices: Any) -> dict[str, forms.Field]:
    day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return {
        f"quota_{number}_group": forms.ChoiceField(
            label=_("Group %(number)d") % {"number": number}, choices=choices, required=False
        ),
        f"quota_{number}_places": forms.IntegerField(
            label=gettext_lazy("Places held"), required=False, min_value=1,
            validators=[MaxValueValidator(MOST_SEATS)],
        ),
        f"quota_{number}_until": forms.DateField(
            label=gettext_lazy("Held until"), required=False, widget=day
        ),
    }  # fmt: skip


def _choices() -> list[tuple[str, Any]]:
    regions = [(f"region:{pk}", label) for pk, _code, label in vocabulary.named("region")]
    clusters = [(f"cluster:{each.pk}", str(each)) for each in Cluster.objects.order_by("pk")]
    return [
        ("", _("Nobody")), (Group.INVITED.value, Group.INVITED.label),
        (_("Sector"), [(f"sector:{value}", label) for value, label in Sector.choices]),
        (_("Region"), regions), (_("Cluster"), clusters),
    ]  # fmt: skip


def _value(quota: Quota) -> str:
    named = quota.sector or quota.region_id or quota.cluster_id
    return f"{quota.group}:{named}" if named else quota.group


def rows_of(form: forms.Form, count: int) -> list[QuotaRow]:
    names = ("group", "places", "until")
    return [
        QuotaRow(number, [form[f"quota_{number}_{name}"] for name in names])
        for number in range(1, count + 1)
    ]


def check_quotas(form: forms.Form, count: int, event: Event) -> None:
    """Whole rows, each group once, no later than registration closes."""
    given = form.cleaned_data
    closes = given.get("registration_closes_at")
    last = timezone.localdate(closes) if closes else last_day_of(event)
    seen: set[str] = set()
    for number in range(1, count + 1):
        group, until = given.get(f"quota_{number}_group"), given.get(f"quota_{number}_until")
        if not group:
            continue
        for name in ("places", "until"):
            if given.get(f"quota_{number}_{name}") is None:
                form.add_error(f"quota_{number}_{name}", _("Give this too, or choose nobody."))
        if group in seen:
            form.add_error(f"quota_{number}_group", _("The same group is on the list already."))
        if until is not None and until > last:
            form.add_error(
                f"quota_{number}_until", _("Places are held until registration closes at the most.")
            )
        seen.add(group)


def wanted_of(given: dict[str, Any], count: int) -> tuple[Wanted, ...]:
    """Of a valid form."""
    return tuple(
        _wanted(given[f"quota_{number}_group"], given[f"quota_{number}_places"],
                given[f"quota_{number}_until"])
        for number in range(1, count + 1)
        if given[f"quota_{number}_group"]
    )  # fmt: skip


def _wanted(value: str, places: int, until: Any) -> Wanted:
    group, _bar, named = value.partition(":")
    return Wanted(
        group, places, until, sector=named if group == Group.SECTOR else "",
        region=int(named) if group == Group.REGION else None,
        cluster=int(named) if group == Group.CLUSTER else None,
    )  # fmt: skip

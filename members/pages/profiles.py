"""What an organisation's page tells, and the pages on which its contact keeps it alive."""

from __future__ import annotations

import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import audit, pictures
from cluster_portal.core.text.addresses import readable_domain
from cluster_portal.core.visibility import audience
from cluster_portal.core.vocabulary import Scheme
from members.forms.profiles import LogoForm, OrganisationEditForm
from members.models.profiles import THEME_SCHEMES
from members.pages.people import frame

if TYPE_CHECKING:
    from django import forms

    from cluster_portal.core.visibility import Reader
    from members.models import Organisation

# The landscape of a page's cover, by the first of these tasks that the organisation carries.
SCENE_OF_TASK = {
    "search": "search", "rescue": "search", "water-rescue": "search", "wildfire": "search",
    "positioning": "search", "first-aid": "search", "immediate-care": "search",
    "evacuation": "evacuation", "shelter": "evacuation", "catering": "evacuation",
    "psychosocial-support": "evacuation", "volunteer-coordination": "evacuation",
    "crowd-safety": "evacuation", "backup-power": "blackout", "continuity": "blackout",
    "communications": "comms", "situational-picture": "comms", "crisis-communication": "comms",
    "logistics": "supply", "supply-chains": "supply", "cyber-security": "cyber",
    "crime-prevention": "cyber", "foresight": "cyber", "guarding": "cyber",
}  # fmt: skip
SCENE_OF_SECTOR = {
    "business": "supply", "public": "evacuation", "third": "search", "research": "cyber",
    "education": "comms",
}  # fmt: skip
A_YEAR = datetime.timedelta(days=365)


def scene_of(organisation: Organisation, themes: list[dict[str, str]]) -> str:
    tasks = [row["code"] for row in themes if row["scheme"] == Scheme.SECURITY_TASK]
    found = (SCENE_OF_TASK[code] for code in tasks if code in SCENE_OF_TASK)
    return next(found, SCENE_OF_SECTOR[organisation.sector])


def head(shown: Organisation, memberships: list[dict[str, Any]]) -> dict[str, Any]:
    """The line below the name: where it is, since when it has been a member, its web site."""
    region = shown.region.label if shown.region else ""
    place = dict.fromkeys(filter(None, [shown.municipality, region]))
    site = urlsplit(shown.website).netloc.removeprefix("www.")
    current = [row["since"] for row in memberships if not row["until"]]
    return {
        "place": ", ".join(place),
        "site": site,
        "member_since": min(current, default=None),
    }


def theme_groups(organisation: Organisation, themes: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Its themes by scheme, and what it is active in."""
    order = list(THEME_SCHEMES)
    known = [row for row in themes if row["scheme"] in order]
    known.sort(key=lambda row: order.index(Scheme(row["scheme"])))
    groups = [
        {"label": Scheme(scheme).label, "names": [row["label"] for row in rows]}
        for scheme, rows in groupby(known, key=lambda row: row["scheme"])
    ]
    gladly = {"label": _("Gladly takes part in"), "names": organisation.activity_names}
    return [*groups, gladly] if gladly["names"] else groups


def facts(shown: Organisation, contacts: list[str]) -> list[dict[str, Any]]:
    names = {"fi": shown.name, "sv": shown.name_sv, "en": shown.name_en}
    others = [name for name in dict.fromkeys(names.values()) if name and name != shown.title]
    former = ", ".join(shown.former_names)
    return [
        {"name": _("Other names"), "value": ", ".join(others)},
        {"name": _("Former names"), "value": former},
        {"name": _("Municipality"), "value": shown.municipality},
        {"name": _("Region"), "value": shown.region.label if shown.region else ""},
        {"name": _("Size class"), "value": shown.get_size_class_display()},
        {"name": _("Business ID"), "value": shown.business_id},
        {"name": _("In existence from"), "value": _day(shown.valid_from)},
        {"name": _("In existence until"), "value": _day(shown.valid_until)},
        {"name": _("Looks after the page"), "value": ", ".join(contacts)},
        {"name": _("Facts confirmed"), "value": _day(shown.confirmed_on)},
    ]


def told(shown: Organisation) -> list[dict[str, Any]]:
    """All that its contact is asked to confirm, in the words of its page."""
    themes = ", ".join(term.label for term in shown.terms.all())
    return [
        {"name": _("What it does"), "value": shown.summary},
        {"name": _("Kind"), "value": shown.get_kind_display()},
        {"name": _("Website"), "value": shown.website},
        {"name": _("Working languages"), "value": ", ".join(shown.language_names)},
        {"name": _("Gladly takes part in"), "value": ", ".join(shown.activity_names)},
        {"name": _("Themes"), "value": themes},
        *facts(shown, []),
    ]


def freshness(shown: Any, user: Reader) -> dict[str, Any]:
    """What the page says of how well its facts are known, to its keeper and to others."""
    known = audience(user)
    is_keeper = shown.pk in known.edits
    has_ended = shown.has_ended or bool(shown.merged_at)
    return {
        "is_keeper": is_keeper and not has_ended,
        "is_free": not (shown.has_contact or has_ended),
        "is_marked": shown.is_stale and not (shown.is_shadow or is_keeper or has_ended),
        "claim_url": _claim_url(shown),
        "version": shown.updated_at.isoformat(),
    }


def _claim_url(shown: Any) -> str:
    """Where one who cannot ask to be confirmed starts: the coordinator, or an application."""
    if any(not row["until"] for row in shown.membership_rows):
        return reverse("members:contact", args=["organisation", shown.slug])
    query = urlencode({"q": shown.name})
    return f"{reverse('members:application_organisation')}?{query}"


def enquiries(shown: Organisation) -> dict[str, Any]:
    """How often somebody wrote through the portal, for the page's keeper: a year, by month."""
    now = timezone.now()
    rows = audit.AuditEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(shown), object_id=shown.pk,
        action="contact request", at__gte=now - A_YEAR,
    )  # fmt: skip
    months = rows.annotate(month=TruncMonth("at")).order_by("month").values_list("month")
    counted = {month.date(): n for month, n in months.annotate(n=Count("pk"))}
    this_month = timezone.localdate().replace(day=1)
    return {
        "total": sum(counted.values()),
        "this_month": counted.get(this_month, 0),
        "bars": pictures.sparks([counted.get(day, 0) for day in _months_until(this_month)]),
    }


def _months_until(day: datetime.date) -> list[datetime.date]:
    """The first days of twelve months, that of `day` last."""
    months = day.year * 12 + day.month - 1
    return [datetime.date(m // 12, m % 12 + 1, 1) for m in range(months - 11, months + 1)]


def _day(day: datetime.date | None) -> str:
    return date_format(day) if day else ""


def values_of(organisation: Organisation) -> dict[str, Any]:
    values = {name: getattr(organisation, name) for name in OrganisationEditForm.facts}
    return {
        **values,
        "terms": list(organisation.terms.all()),
        "email_domains": ", ".join(map(readable_domain, organisation.email_domains)),
        "version": organisation.updated_at.isoformat(),
    }


def editing(organisation: Organisation, form: forms.Form, user: Reader) -> dict[str, Any]:
    return {
        "form": form,
        "is_keeper": organisation.pk in audience(user).edits,
        **frame(organisation, _("Edit the page")),
    }


def conflict(organisation: Organisation, form: OrganisationEditForm) -> list[dict[str, str]]:
    """What somebody else saved since the form was opened, beside what it says; none when nobody.

    A valid form then carries the new version: who has seen both may save over it.
    """
    if form.cleaned_data["version"] == organisation.updated_at:
        return []
    theirs = OrganisationEditForm(initial=values_of(organisation))
    form.cleaned_data["version"] = organisation.updated_at
    sent: Any = form.data.copy()  # type: ignore[attr-defined]
    form.data = sent
    sent["version"] = organisation.updated_at.isoformat()
    return [row for row in (_compared(form, theirs, name) for name in theirs.fields) if row]


def _compared(form: forms.Form, theirs: forms.Form, name: str) -> dict[str, str] | None:
    mine, other = (_in_words(one[name]) for one in (form, theirs))
    if name == "version" or mine == other:
        return None
    return {"label": str(form[name].label), "saved": other or "–", "yours": mine or "–"}


def _in_words(field: forms.BoundField) -> str:
    value = field.value()
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return "\n".join(str(value or "").splitlines())
    values = value if isinstance(value, list | tuple) else [value]
    chosen = {str(getattr(one, "pk", one)) for one in values if one}
    return ", ".join(str(label) for key, label in choices if str(key) in chosen and key)


def logo(organisation: Organisation, form: LogoForm) -> dict[str, Any]:
    context = {"form": form, **frame(organisation, _("Logo"))}
    edit = {
        "name": _("Edit the page"),
        "url": reverse("members:organisation_edit", args=[organisation.slug]),
    }
    return {**context, "trail": [*context["trail"][:-1], edit, context["trail"][-1]]}

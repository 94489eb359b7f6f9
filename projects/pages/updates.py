"""What owners have told of a measure: its page, the form of a report, the page of a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import thread_evidence
from cluster_portal.core.visibility import audience
from members.models import Organisation
from projects.forms.updates import PassOnForm, ReportForm
from projects.models import Measure, MeasureUpdate
from projects.models.measures import State
from projects.models.updates import may_report
from projects.pages.figures import with_seen_source
from projects.pages.measure_lines import MeasureLine
from projects.pages.programmes import implementer_names

if TYPE_CHECKING:
    from collections.abc import Collection

    from cluster_portal.core.visibility import Reader
    from projects.models import ReportRequest

ON_FORM = 5


def measure_line(pk: int, user: Reader) -> MeasureLine:
    """A measure that its reader has been found to see, with what hangs on it."""
    seen = Organisation.objects.visible_to(user)
    rows = with_seen_source(Measure.objects.filter(pk=pk), user).select_related(
        "goal__programme__home_cluster", "responsible", "reporter"
    ).annotate(
        owner_seen=Exists(seen.filter(pk=OuterRef("responsible"))),
        implementer_names=implementer_names(seen),
    )  # fmt: skip
    measure = rows.get()
    return MeasureLine(measure, thread_evidence.evidence_of(Measure, [pk], user)[pk])


def values(pk: int, user: Reader) -> dict[str, Any]:
    line = measure_line(pk, user)
    measure = line.measure
    programme = measure.goal.programme
    known = audience(user)
    is_office = known.is_admin or programme.home_cluster_id in known.coordinates
    is_inside = is_office or measure.responsible_id in known.organisations
    told = named(MeasureUpdate.objects.visible_to(user).filter(measure=measure), user)
    own = [measure.responsible_id] if is_inside else []
    return {
        "line": line,
        "measure": measure,
        "programme": programme,
        "told": history(told, names_of=None if is_office else own),
        "report_url": report_url(measure) if may_report(measure, user) else "",
        "is_office": is_office,
        "asked": asked(measure) if is_office else [],
        "trail": [
            {"name": _("Action programme"), "url": programme.get_absolute_url()},
            {"name": measure.label},
        ],
    }


def report_url(measure: Measure) -> str:
    return reverse("projects:measure_report", args=[measure.public_id])


def asked(measure: Measure) -> list[dict[str, Any]]:
    """Whom the coordinator or the portal has asked, and whose link still opens the form."""
    rows = measure.report_requests.select_related("user").prefetch_related("updates")[:10]
    return [
        {
            "when_text": date_format(timezone.localtime(one.asked_at), "DATE_FORMAT"),
            "what": one.addressee,
            "text": _asked_words(one),
            "state": "done" if one.updates.all() else "",
        }
        for one in rows
    ]


def _asked_words(request: ReportRequest) -> str:
    if request.updates.all():
        return _("Has told")
    if request.revoked_at:
        return _("The link has been closed")
    until = date_format(timezone.localtime(request.expires_at), "DATE_FORMAT")
    return _("%(why)s. The link is valid until %(until)s.") % {
        "why": request.get_reason_display(), "until": until,
    }  # fmt: skip


def named(updates: Any, user: Reader, own: int | None = None) -> Any:
    """Newest first; `is_named` tells whether this reader sees the organisation, or is of it."""
    seen = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    rows = updates.select_related("organisation").newest_first()
    return rows.annotate(is_named=Exists(seen) | Q(organisation=own))


def history(updates: Any, *, names_of: Collection[int | None] | None) -> list[dict[str, Any]]:
    """Who told by name only for those who work with them: of these organisations, or of all."""
    return [
        {
            "when_text": date_format(timezone.localtime(one.told_at), "DATE_FORMAT"),
            "what": headline(one),
            "text": one.text,
            "who": _who(one, with_name=names_of is None or one.organisation_id in names_of),
            "links": one.evidence,
            "is_hidden": one.is_hidden,
        }
        for one in updates
    ]


def headline(update: MeasureUpdate) -> str:
    """38, in progress: the figure and the state that were told."""
    state = str(State(update.state).label)
    if update.achieved is not None:
        words = {"figure": update.achieved, "state": state.lower()}
        return _("%(figure)d, %(state)s") % words
    if update.progress is not None:
        words = {"figure": update.progress, "state": state.lower()}
        return _("%(figure)d %% done, %(state)s") % words
    return state


def _who(update: Any, *, with_name: bool) -> str:
    organisation = update.organisation.title if update.organisation else _("The coordinator")
    if update.organisation and not update.is_named:
        organisation = ""
    name = update.name if with_name else ""
    return ", ".join(filter(None, [name, organisation]))


def form_values(
    measure: Measure, form: ReportForm, user: Reader, request: ReportRequest | None = None
) -> dict[str, Any]:
    """What stands on the form, by a link or signed in: of this measure and nothing else.

    Of an earlier responsible organisation it has what any reader of the measure sees.
    """
    rows = MeasureUpdate.objects.visible_to(user)
    own = measure.responsible_id if request or _speaks_for(measure, user) else None
    told = named(
        measure.updates.filter(Q(pk__in=rows.values("pk")) | Q(organisation=own)), user, own
    )
    told = told[:ON_FORM]
    last = next((one for one in told if one.achieved is not None), None)
    return {
        "measure": measure,
        "form": form,
        "line": MeasureLine(measure),
        "told": history(told, names_of=[own] if own else None),
        "earlier": measure.achieved if "achieved" in form.fields else None,
        "earlier_on": timezone.localtime(last.told_at) if last else None,
        "asked": request,
        "mailbox": masked(request.address) if request else "",
        "pass_on": PassOnForm() if request else None,
    }


def _speaks_for(measure: Measure, user: Reader) -> bool:
    known = audience(user)
    is_office = known.is_admin or measure.goal.programme.home_cluster_id in known.coordinates
    return measure.responsible_id in known.organisations and not is_office


def masked(address: str) -> str:
    """Enough for its holder to know it; a forwarded link tells no address."""
    box, _at, domain = address.partition("@")
    return f"{box[:2]}…@{domain}"


def initial(measure: Measure) -> dict[str, Any]:
    """The form as things stand; the portal proposes what is there, a person confirms it."""
    last = measure.updates.newest_first().first()
    state = measure.state
    if measure.is_late:
        state = State.DELAYED
    return {
        "state": state, "achieved": measure.achieved, "progress": measure.progress,
        "seen": last.pk if last else 0,
    }  # fmt: skip

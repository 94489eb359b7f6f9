"""What owners have told of a measure: its page, the form of a report, the page of a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import origin
from cluster_portal.core.visibility import audience
from members.models import Organisation
from projects.forms.updates import PassOnForm, ReportForm
from projects.models import Measure, MeasureUpdate
from projects.models.measures import State
from projects.models.updates import may_report
from projects.pages.figures import with_seen_source
from projects.pages.programmes import MeasureLine

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import ReportRequest

ON_FORM = 5


def measure_line(pk: int, user: Reader) -> MeasureLine:
    """A measure that its reader has been found to see, with what hangs on it."""
    seen = Organisation.objects.visible_to(user)
    rows = with_seen_source(Measure.objects.filter(pk=pk), user).select_related(
        "goal__programme__home_cluster", "responsible", "reporter"
    ).annotate(
        owner_seen=Exists(seen.filter(pk=OuterRef("responsible")))
    ).prefetch_related(Prefetch("implementers", seen))  # fmt: skip
    measure = rows.get()
    return MeasureLine(measure, origin.results_of(Measure, [pk], user)[pk])


def values(pk: int, user: Reader) -> dict[str, Any]:
    line = measure_line(pk, user)
    measure = line.measure
    programme = measure.goal.programme
    known = audience(user)
    is_office = known.is_admin or programme.home_cluster_id in known.coordinates
    is_inside = is_office or measure.responsible_id in known.organisations
    told = MeasureUpdate.objects.visible_to(user).filter(measure=measure).newest_first()
    return {
        "line": line,
        "measure": measure,
        "programme": programme,
        "told": history(told.select_related("organisation"), names=is_inside),
        "report_url": report_url(measure) if may_report(measure, user) else "",
        "is_office": is_office,
        "asked": asked(measure) if is_office else [],
        "trail": [
            {"name": _("Action programme"), "url": programme.get_absolute_url()},
            {"name": measure.label},
        ],
    }


def report_url(measure: Measure) -> str:
    return reverse("projects:measure_report", args=[measure.pk])


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


def history(updates: Any, *, names: bool) -> list[dict[str, Any]]:
    """Reports, newest first; who told by name only for those who work with them."""
    return [
        {
            "when_text": date_format(timezone.localtime(one.told_at), "DATE_FORMAT"),
            "what": headline(one),
            "text": one.text,
            "who": _who(one, names=names),
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


def _who(update: MeasureUpdate, *, names: bool) -> str:
    organisation = update.organisation.title if update.organisation else _("The coordinator")
    name = update.name if names else ""
    return f"{name}, {organisation}" if name else organisation


def form_values(
    measure: Measure, form: ReportForm, request: ReportRequest | None = None
) -> dict[str, Any]:
    """What stands on the form, by a link or signed in: of this measure and nothing else."""
    told = measure.updates.newest_first().select_related("organisation")[:ON_FORM]
    last = next((one for one in told if one.achieved is not None), None)
    return {
        "measure": measure,
        "form": form,
        "line": MeasureLine(measure),
        "told": history(told, names=True),
        "earlier": measure.achieved if "achieved" in form.fields else None,
        "earlier_on": timezone.localtime(last.told_at) if last else None,
        "asked": request,
        "mailbox": masked(request.address) if request else "",
        "pass_on": PassOnForm() if request else None,
    }


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

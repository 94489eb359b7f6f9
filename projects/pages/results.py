"""The list of results and a result's page: a brief of one sheet, and what has come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from cluster_portal.core import origin, pictures
from cluster_portal.core.database.columns import listed
from cluster_portal.core.lists import ListPage
from cluster_portal.core.visibility import audience
from members.models import Organisation
from projects.filters import ResultFilters
from projects.models import Result, ResultUse
from projects.models.recommendations import USE_MOVES, State, UseStage
from projects.models.results import MOVES, Language, Stage
from projects.services.result_telling import may_edit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader
    from projects.models import Recommendation


def trail(*names: Any) -> list[dict[str, str]]:
    """Results above, then pages with addresses, the last one without."""
    above = [{"name": pgettext("of work", "Results"), "url": reverse("projects:results")}]
    *links, last = names
    return [*above, *({"name": str(n), "url": n.get_absolute_url()} for n in links),
            {"name": str(last)}]  # fmt: skip


def state_of(result: Any) -> tuple[str, str]:
    """Shape and words: used in a decision, or its own state."""
    if result.stage == Stage.PUBLISHED and result.is_used:
        return "done", _("Used in a decision")
    if result.stage == Stage.PUBLISHED:
        return "waiting", _("Nobody has told of its use yet")
    return Stage(result.stage).look, str(Stage(result.stage).label)


def card(result: Result) -> dict[str, Any]:
    shape, words = state_of(result)
    return {
        "kind": result.get_kind_display(),
        "title": result.title,
        "url": result.get_absolute_url(),
        "text": result.summary,
        "state": shape,
        "state_text": words,
        "meta": " · ".join(filter(None, [str(result.get_level_display()), day(result)])),
    }


def row(result: Result) -> dict[str, Any]:
    """A result as a line on other pages; of rows `with_use`."""
    shape, words = state_of(result)
    return {
        "url": result.get_absolute_url(),
        "title": result.title,
        "kind": _("Result"),
        "text": result.summary,
        "state": shape,
        "state_text": words,
    }


def day(result: Result) -> str:
    moment = result.published_at
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def _rows(user: Reader) -> QuerySet[Result]:
    return Result.objects.visible_to(user).with_use().order_by("-published_at", "-pk")


def _around(found: Found) -> dict[str, Any]:
    groups = {group.key: group for group in found.filters.groups}
    counted = groups["level"].options
    return {"stats": [{"label": each.label, "value": each.count_text} for each in counted]}


RESULTS = ListPage(
    "results",
    pgettext_lazy("of work", "Results"),
    "projects:results",
    rows=_rows,
    filters=ResultFilters,
    counted=ngettext_lazy("%(count)s result", "%(count)s results", "count"),
    page="projects/result_list.html",
    results="projects/_challenge_results.html",
    row=card,
    around=_around,
    told=Q(stage=Stage.PUBLISHED),  # its own side sees drafts, which are news to nobody
)


def of_reader(user: Reader) -> QuerySet[Any]:
    """With what the page shows, in the result's own statement."""
    rows = Result.objects.visible_to(user).with_use()
    makers = Organisation.objects.visible_to(user).filter(results=OuterRef("pk"))
    names = ("name", "name_sv", "name_en", "slug")
    return rows.select_related("home_cluster", "contact", "organisation").annotate(
        seen_makers=listed(makers.order_by("sort_name", "pk"), **{name: name for name in names})
    )


def values(result: Result, user: Reader) -> dict[str, Any]:
    is_side = result.is_editable_by(user)
    uses = list(ResultUse.objects.visible_to(user).filter(result=result).order_by("-decided_on"))
    points = list(result.recommendations.all())
    shape, words = state_of(result)
    is_out = result.stage == Stage.PUBLISHED
    return {
        "result": result,
        "state": shape,
        "state_text": _used_words(uses) or words,
        "number": result.label,
        "day": day(result),
        "points": points,
        "costs": cost_lines(result.costs),
        "picture": picture(result),
        "makers": makers(result),
        "facts": facts(result, user),
        "files": [_file(row) for row in result.files.all()],
        "follow_ups": [_follow_up(point, uses, is_side=is_side and is_out) for point in points],
        "uses": [_use(use, user) for use in uses],
        "tell_use_url": _page("result_use", result) if is_out and may_tell_use(user) else "",
        "is_side": is_side,
        "is_out": is_out,
        "tell_url": reverse("projects:result_tell", args=[result.slug, "what"])
        if may_edit(result, user) else "",
        "moves": MOVES.open_to(result, user) if is_side else [],
        "terms": [term.label for term in result.terms.all()],
        "thread": origin.thread_of(result, user),
        "trail": trail(result.title),
    }  # fmt: skip


def _page(name: str, result: Result) -> str:
    return reverse(f"projects:{name}", args=[result.slug])


def _used_words(uses: list[ResultUse]) -> str:
    latest = next((use for use in uses if use.stage == UseStage.CONFIRMED), None)
    if latest is None:
        return ""
    return _("Used in a decision %(day)s") % {"day": date_format(latest.decided_on, "DATE_FORMAT")}


def cost_lines(text: str) -> list[dict[str, str]]:
    """“An exercise: half a day” as a name and a value; a line without a colon is a value alone."""
    parts = [line.partition(":") for line in text.splitlines() if line.strip()]
    return [
        {"name": name.strip(), "value": value.strip()}
        if value.strip()
        else {"name": "", "value": name.strip()}
        for name, _colon, value in parts
    ]


def picture(result: Result) -> dict[str, Any] | None:
    """Before and now as bars, with their table."""
    if result.before is None or result.after is None:
        return None
    pairs = [(result.before_words or _("Before"), result.before),
             (result.after_words or _("Now"), result.after)]  # fmt: skip
    title = result.figure_title
    told = " ".join(f"{words}: {value}." for words, value in pairs)
    caption = pictures.Caption(f"result-{result.pk}", title, told)
    kinds = ("other", "high")
    bars = [
        pictures.Bar(words, value, str(value), kind)
        for (words, value), kind in zip(pairs, kinds, strict=True)
    ]
    return {
        "heading": title,
        "level": "h2",
        "label": title,
        "svg": pictures.bars(caption, bars),
        "head": [{"name": _("When")}, {"name": title, "num": True}],
        "rows": [[words, str(value)] for words, value in pairs],
    }


def makers(result: Any) -> list[dict[str, str]]:
    """Organisations that this reader may see, then others by name."""
    found = [Organisation(**row) for row in result.seen_makers]
    rows = [{"name": each.title, "url": each.get_absolute_url()} for each in found]
    return rows + ([{"name": result.other_makers, "url": ""}] if result.other_makers else [])


def facts(result: Result, user: Reader) -> list[dict[str, Any]]:
    contact = result.contact if audience(user).is_member else None
    languages = ", ".join(str(Language(code).label) for code in result.languages).lower()
    return [
        {"name": _("Sources"), "value": result.sources},
        {"name": _("More"), "value": _site(result.link), "url": result.link},
        {"name": _("Further information"), "value": contact.get_full_name() if contact else ""},
        {"name": _("Languages"), "value": languages},
    ]  # fmt: skip


def _site(link: str) -> str:
    return link.split("//", 1)[-1].split("/", 1)[0] if link else ""


def _file(row: Any) -> dict[str, str]:
    return {
        "name": row.name, "url": row.get_absolute_url(), "size": filesizeformat(row.size),
        "public_id": row.public_id,
    }  # fmt: skip


def _follow_up(point: Recommendation, uses: list[ResultUse], *, is_side: bool) -> dict[str, Any]:
    state = State(point.state)
    used = [
        use for use in uses
        if use.recommendation_id == point.pk and use.stage == UseStage.CONFIRMED
    ]  # fmt: skip
    address = reverse("projects:result_follow_up", args=[point.result.slug, point.position])
    return {
        "title": f"{point.position} {point.title}",
        "text": point.follow_up,
        "used": [{"words": _decision(use), "link": use.link} for use in used],
        "is_silent": not point.follow_up and not used,
        "state": state.look,
        "state_text": state.label,
        "edit_url": address if is_side else "",
    }


def _decision(use: ResultUse) -> str:
    """Mallilan kunnanhallitus 214 §, 12.10.2026"""
    return f"{use.decided_by}, {date_format(use.decided_on, 'DATE_FORMAT')}"


def _use(use: ResultUse, user: Reader) -> dict[str, Any]:
    stage = UseStage(use.stage)
    return {
        "words": _decision(use),
        "link": use.link,
        "note": use.note,
        "state": stage.look,
        "state_text": stage.label,
        "reason": use.reason,
        "moves": USE_MOVES.open_to(use, user) if stage == UseStage.TOLD else [],
        "url": reverse("projects:result_use_move", args=[use.public_id, "x"]).removesuffix("x/"),
    }


def may_tell_use(user: Reader) -> bool:
    return audience(user).is_member

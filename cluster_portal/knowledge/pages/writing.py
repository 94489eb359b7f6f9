"""The guided form of an article: its steps, what is missing, what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core import pictures
from cluster_portal.knowledge.forms.articles import (
    LanguagesForm,
    PictureForm,
    ReadersForm,
    SourcesForm,
    TextForm,
)
from cluster_portal.knowledge.models.articles import MOVES, coordinates
from cluster_portal.knowledge.pages.articles import motif_among, trail
from projects.pages.challenges import moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from cluster_portal.core.visibility import Reader
    from cluster_portal.knowledge.models import Article

STEPS: dict[str, tuple[Any, Any]] = {
    "text": (gettext_lazy("Text"), gettext_lazy("heading and words")),
    "languages": (gettext_lazy("Languages"), gettext_lazy("in Swedish and English")),
    "pictures": (gettext_lazy("Pictures"), gettext_lazy("cover, licence and words")),
    "sources": (gettext_lazy("Sources and files"), gettext_lazy("links, evidence, reading")),
    "check": (gettext_lazy("Check and send"), gettext_lazy("readers and themes")),
}
HEADINGS = {
    "text": gettext_lazy("What do you want to tell?"),
    "languages": gettext_lazy("The same in Swedish and English"),
    "pictures": gettext_lazy("What does one see?"),
    "sources": gettext_lazy("What is it based on?"),
    "check": gettext_lazy("Whom does it concern?"),
}
LEADS = {
    "text": gettext_lazy(
        "Write to somebody who was not there. It is kept as a draft that only your own people see."
    ),
    "languages": gettext_lazy(
        "Readers get the text in their language; where it is missing, they are told so and read "
        "the Finnish one. You can leave this to a coordinator."
    ),
    "pictures": gettext_lazy(
        "Without a picture of your own, a chart is drawn from the heading and the theme."
    ),
    "sources": gettext_lazy("Links, evidence with its source, files. Leave out what you lack."),
    "check": gettext_lazy(
        "A coordinator reads the article, usually within a week, and publishes it or returns it "
        "with a reason."
    ),
}
MISSING = {
    "title_fi": ("text", gettext_lazy("The heading")),
    "summary_fi": ("text", gettext_lazy("The article in two sentences")),
    "body_fi": ("text", gettext_lazy("The text")),
    "link": ("sources", gettext_lazy("The link to the recording")),
    "entries": ("sources", gettext_lazy("At least one entry with its source")),
}


def form_of(
    step: str, article: Article, user: Reader, data: QueryDict | None, files: MultiValueDict | None
) -> forms.Form:
    forms_of: dict[str, Callable[[], forms.Form]] = {
        "text": lambda: TextForm(data, user=user, article=article),
        "languages": lambda: LanguagesForm(data, article=article),
        "pictures": lambda: PictureForm(data, files),
        "sources": lambda: SourcesForm(data, files, article=article),
        "check": lambda: ReadersForm(
            data, article=article, is_coordinator=coordinates(article, user)
        ),
    }
    return forms_of[step]()


def after(step: str) -> str:
    names = list(STEPS)
    return names[names.index(step) + 1]


def before(step: str) -> str:
    names = list(STEPS)
    return names[max(0, names.index(step) - 1)]


def address(article: Article, step: str) -> str:
    return reverse("knowledge:write", args=[article.slug, step])


def values(step: str, article: Article | None, user: Reader) -> dict[str, Any]:
    number = list(STEPS).index(step) + 1
    page = {
        "step": step,
        "number": number,
        "heading": HEADINGS[step],
        "lead": LEADS[step],
        "steps": _steps(step, article),
        "trail": trail(_("Write an article")),
        "article": article,
        "has_files": step in {"sources", "pictures"},
    }
    if article is None:
        return page
    page["saved"] = moment(article.updated_at)
    page["back"] = address(article, before(step)) if number > 1 else ""
    if step == "sources":
        page["files"] = article.files.all()
    if step == "pictures":
        page["pictures"] = article.pictures.all()
        page["drawn"] = pictures.cover(article.title_fi, motif_among(article.terms.order_by("pk")))
    if step == "check":
        page |= _checked(article, user)
    return page


def _checked(article: Article, user: Reader) -> dict[str, Any]:
    missing = [MISSING[name] for name in article.missing]
    return {
        "missing": [{"name": name, "url": address(article, step)} for step, name in missing],
        "acts": [] if missing else _acts(article, user),
    }


def _acts(article: Article, user: Reader) -> list[dict[str, Any]]:
    """What the last step offers besides saving: the coordinator's steps first."""
    offered = [
        {"key": name, "label": MOVES.moves[name].label, "css": ""}
        for name in ("publish", "schedule", "submit")
        if MOVES.may(name, article, user)
    ]
    for act in offered[1:]:
        act["css"] = " button--secondary"
    return offered


def said_of(action: str) -> str:
    return {
        "publish": _("The article is published."),
        "schedule": _("The article comes out at its moment."),
        "submit": _("The article waits for a coordinator. You are told what happens."),
    }[action]


def _steps(current: str, article: Article | None) -> list[dict[str, Any]]:
    names = list(STEPS)
    here = names.index(current)
    return [
        {
            "name": STEPS[name][0],
            "note": STEPS[name][1],
            "state": "current" if name == current else "done" if number < here else "",
            "url": address(article, name) if article and name != current else "",
        }
        for number, name in enumerate(names)
    ]

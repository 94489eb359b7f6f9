"""The library: its list, what is new in the reader's themes, a document with its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core import interests, search
from cluster_portal.core.lists import ListPage
from cluster_portal.core.visibility import Visibility
from cluster_portal.knowledge.filters import LibraryFilters
from cluster_portal.knowledge.forms.library import OF_BODY
from cluster_portal.knowledge.models import LibraryDocument
from cluster_portal.knowledge.services.library import bodies_of, may_add

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

TITLE = gettext_lazy("Library")
LOOKED_AT, NEW, MOST_ABOUT, MOST_OF_BODY = 40, 5, 3, 20


def trail(*names: Any) -> list[dict[str, str]]:
    above = [{"name": str(TITLE), "url": reverse("library:list")}]
    *links, last = names
    return [*above, *({"name": str(n), "url": u} for n, u in links), {"name": str(last)}]


def of_reader(user: Reader) -> Any:
    return (
        LibraryDocument.objects.visible_to(user)
        .select_related("home_cluster")
        .defer("search")
        .newest_first()
    )


def day(document: LibraryDocument) -> str:
    return date_format(timezone.localtime(document.changed_at), "SHORT_DATE_FORMAT")


def row(document: Any) -> dict[str, Any]:
    return {
        "title": document.title, "url": document.get_absolute_url(), "text": document.summary,
        "kind": f"{document.get_kind_display()}, {day(document)}",
        "tags": [str(document.home_cluster)],
    }  # fmt: skip


def about(text: str, user: Reader) -> list[dict[str, Any]]:
    """Documents that share a concept with the text."""
    rows = LibraryDocument.objects.visible_to(user).select_related("home_cluster").defer("search")
    return [row(document) for document in search.about(rows, text, MOST_ABOUT)]


def of_thing(thing: Any, user: Reader) -> list[dict[str, Any]]:
    """A body's own documents, the newest first."""
    if not isinstance(thing, apps.get_model("events", "Body")):
        return []
    return [row(document) for document in of_reader(user).filter(body=thing)[:MOST_OF_BODY]]


def new_in_mine(user: Reader) -> list[dict[str, Any]]:
    """The newest documents that concern the reader, each with the reason in words."""
    if not user.is_authenticated:
        return []
    rows = {each.pk: each for each in of_reader(user)[:LOOKED_AT]}
    of_bodies = _of_my_bodies(rows.values(), user)
    own = interests.interests_of([user])[user.pk]
    weights = {key: each.weight for key, each in interests.reasons().items() if not each.weak}
    found = []
    for pk, tags in interests.tags_of(LibraryDocument, list(rows)).items():
        why = [own[mark] for mark in tags if mark in own and own[mark].reason in weights]
        if any(each.reason == interests.MUTED for each in why) or not why:
            continue
        best = max(why, key=lambda each: weights[each.reason])
        found.append((pk, (best.reason, best.value)))
    words = interests.in_words({reason for _pk, reason in found}, user)
    told = dict(of_bodies)
    told |= {pk: words[reason] for pk, reason in found if reason in words and pk not in told}
    return [{**row(rows[pk]), "text": told[pk]} for pk in rows if pk in told][:NEW]


def _of_my_bodies(documents: Iterable[Any], user: Reader) -> dict[int, str]:
    """Those of the bodies that the reader sits in or looks after, each with the body's name."""
    of_bodies = [each for each in documents if each.body_id]
    names = {body.pk: str(body) for body in bodies_of(user)} if of_bodies else {}
    return {
        each.pk: _("Of the body: %(name)s") % {"name": names[each.body_id]}
        for each in of_bodies
        if each.body_id in names
    }


def _around(found: Found) -> dict[str, Any]:
    return {
        "feed_query": found.params.urlencode(), "may_add": may_add(found.user),
        "mine": new_in_mine(found.user) if not found.q else [],
    }  # fmt: skip


LIBRARY = ListPage(
    "library",
    TITLE,
    "library:list",
    rows=of_reader,
    filters=LibraryFilters,
    counted=ngettext_lazy("%(count)s document", "%(count)s documents", "count"),
    page="knowledge/library_list.html",
    results="components/results_rows.html",
    row=row,
    around=_around,
)


def values(document: LibraryDocument, user: Reader) -> dict[str, Any]:
    versions = list(document.versions.all())
    is_editor = document.is_editable_by(user)
    return {
        "trail": trail(document.title), "document": document, "is_editor": is_editor,
        "versions": _versions(versions), "terms": list(document.terms.all()),
        "body": _body(document, user),
        "readers": OF_BODY[1] if document.visibility == Visibility.GROUP
        else document.get_visibility_display(),
    }  # fmt: skip


def _body(document: LibraryDocument, user: Reader) -> Any:
    """Whose document it is, with an address where the reader sees the body."""
    if document.body_id is None:
        return None
    return apps.get_model("events", "Body").objects.visible_to(user).filter(
        pk=document.body_id
    ).first()  # fmt: skip


def _versions(versions: Iterable[Any]) -> list[dict[str, Any]]:
    return [
        {
            "number": each.number, "name": each.name, "url": each.get_absolute_url(),
            "size": filesizeformat(each.size), "note": each.note,
            "sent": date_format(timezone.localtime(each.sent_at), "SHORT_DATE_FORMAT"),
        }
        for each in versions
    ]  # fmt: skip

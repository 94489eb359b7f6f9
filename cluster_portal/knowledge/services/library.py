"""The library: a document is added with its first file, later files stand beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, files, search
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.core.matching import themes
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.knowledge.models import LibraryDocument, LibraryVersion
from cluster_portal.knowledge.models.library import RESERVED_SLUGS
from cluster_portal.knowledge.services.writing import may_write, may_write_alone
from cluster_portal.notifications import outbox
from cluster_portal.notifications.services import following
from members.matching import NAMED
from members.models import Cluster, Organisation, User
from members.services.arrivals import came
from members.services.needs import home_of, organisations_of
from members.services.recipients import coordinators_of
from projects.services.entries import refuse_late

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.services.documents import Sent

FOLDER = "library"
MOST_VERSIONS = 50


@transaction.atomic
def add_document(values: dict[str, Any], sent: Sent, *, by: User) -> LibraryDocument:
    """The same form makes one document."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one form, one document
    known = made_by(LibraryDocument, sent.form_key, author=by)
    if known is not None:
        return known
    if not may_add(by):
        raise Refused(_("Only members add documents."))
    organisation, body = values.pop("organisation", None), values.pop("body", None)
    if body is None:
        _refuse_owner(organisation, by)
        home = _home(organisation, by)
    elif bodies_of(by).contains(body):
        organisation, home = None, body.home_cluster
    else:
        raise Refused(_("You cannot add documents for this body."))
    _refuse_public(values.get("visibility", ""), by)
    terms = values.pop("terms", [])
    document = LibraryDocument(
        **values, organisation=organisation, body=body, home_cluster=home, author=by,
        form_key=sent.form_key,
    )  # fmt: skip
    document.slug = cleaning.free_slug(
        LibraryDocument.objects.all(), document.title_fi, empty="asiakirja",
        reserved=RESERVED_SLUGS,
    )  # fmt: skip
    document.save(force_insert=True)
    _set_terms(document, terms)
    _keep(document, sent, number=1, by=by)
    search.reindex(document)
    audit.record(document, "document added", by=by)
    came("library", document, since=document.created_at)
    return document


def _refuse_owner(organisation: Organisation | None, by: User) -> None:
    if organisation is None and not may_write_alone(by):
        raise Refused(_("Choose the organisation whose document it is."))
    if organisation is not None and not organisations_of(by).contains(organisation):
        raise Refused(_("You cannot add documents for this organisation."))


def bodies_of(user: Reader) -> Any:
    """Working bodies whose documents the reader adds: they sit in it, or coordinate its cluster.

    Bodies are of a sibling app, so they are named only.
    """
    known = audience(user)
    bodies = apps.get_model("events", "Body").objects
    if known.user_id is None:
        return bodies.none()
    seats = apps.get_model("events", "BodyMember").objects.current().filter(user=known.user_id)
    mine = Q(pk__in=seats.values("body")) | Q(home_cluster__in=known.coordinates)
    return bodies.working().filter(mine).order_by("title_fi", "pk")


def may_add(user: Reader) -> bool:
    return may_write(user) or bodies_of(user).exists()


def _home(organisation: Organisation | None, by: User) -> Cluster:
    mine = audience(by).coordinates
    if organisation is None and mine:
        return Cluster.objects.get(pk=min(mine))
    return home_of(organisation, by)


def may_publish(user: Reader) -> bool:
    """What everybody may read is opened by coordinators."""
    known = audience(user)
    return known.is_admin or bool(known.coordinates)


def _refuse_public(visibility: str, by: User, before: str = "") -> None:
    is_widened = visibility == Visibility.PUBLIC and before != Visibility.PUBLIC
    if is_widened and not may_publish(by):
        raise Refused(_("A coordinator opens documents to everyone. Choose the members first."))


def _set_terms(document: LibraryDocument, terms: Any) -> None:
    document.terms.set(terms)
    if not terms:
        text = f"{document.title_fi}\n{document.summary_fi}"
        document.terms.set(themes.found_in(text, NAMED))


def _locked(document: LibraryDocument, by: User) -> LibraryDocument:
    rows = LibraryDocument.objects.select_for_update(of=("self",), no_key=True)
    document = rows.get(pk=document.pk)
    if not document.is_editable_by(by):
        raise Refused(_("The document is changed by who added it, or by a coordinator."))
    return document


@transaction.atomic
def add_version(document: LibraryDocument, sent: Sent, *, by: User) -> LibraryVersion:
    """The document's lock gives two senders two numbers."""
    document = _locked(document, by)
    known = made_by(LibraryVersion, sent.form_key, document=document)
    if known is not None:
        return known
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_VERSIONS:
        raise Refused(_("The document has as many versions as can be kept. Add a new document."))
    before = document.visibility
    document.changed_at = timezone.now()
    closes = _close_until_checked(document, by)
    document.save()
    version = _keep(document, sent, number=last + 1, by=by)
    readers = audit.change(visibility=(before, document.visibility))
    entry = audit.record(
        document, "document version added", by=by, details={"number": version.number, **readers}
    )
    if closes:
        _ask_to_open(document, key=str(entry.pk), by=by)
    following.tell(document, "version", key=str(entry.pk), by=by)
    return version


def is_closed_by_change(document: LibraryDocument, *, by: User) -> bool:
    """What everybody reads was opened by a coordinator, who has not seen the change."""
    return document.visibility == Visibility.PUBLIC and not may_publish(by)


def _close_until_checked(document: LibraryDocument, by: User) -> bool:
    closes = is_closed_by_change(document, by=by)
    if closes:
        document.visibility = Visibility.MEMBERS
    return closes


def _ask_to_open(document: LibraryDocument, *, key: str, by: User) -> None:
    readers = list(coordinators_of([document.home_cluster_id], but=by))
    outbox.post_to_all("document_changed", to=readers, key=key, about=document)


def _keep(document: LibraryDocument, sent: Sent, *, number: int, by: User) -> LibraryVersion:
    """What a rollback leaves behind in the folder, the sweep takes."""
    return LibraryVersion.objects.create(
        document=document, form_key=sent.form_key, number=number, name=sent.upload.name,
        file=files.store(sent.upload, FOLDER), size=len(sent.upload.content), note=sent.note,
        sender=by,
    )  # fmt: skip


@transaction.atomic
def edit_document(
    document: LibraryDocument, values: dict[str, Any], *, by: User, seen: str
) -> None:
    """`seen` is the `stamp` of what the editor saw."""
    document = _locked(document, by)
    refuse_late(document, seen)
    before = document.visibility
    _refuse_public(values.get("visibility", ""), by, before)
    terms = values.pop("terms", [])
    is_changed = any(getattr(document, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(document, name, value)
    closes = is_changed and _close_until_checked(document, by)
    document.save()
    _set_terms(document, terms)
    search.reindex(document)
    readers = audit.change(visibility=(before, document.visibility))
    entry = audit.record(document, "document edited", by=by, details=readers)
    if closes:
        _ask_to_open(document, key=str(entry.pk), by=by)
    came("library", document, since=document.created_at, before=before)


@transaction.atomic
def remove_document(document: LibraryDocument, *, by: User) -> None:
    """With all of its versions, whose files go once this is certain."""
    document = _locked(document, by)
    stored = list(document.versions.values_list("file", flat=True))
    audit.record(document, "document removed", by=by)
    document.delete()
    for name in stored:
        transaction.on_commit(partial(files.discard, name))


def sweep_files() -> int:
    def known(names: list[str]) -> set[str]:
        return set(LibraryVersion.objects.filter(file__in=names).values_list("file", flat=True))

    return files.sweep(FOLDER, known)

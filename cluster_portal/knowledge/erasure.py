"""Articles in erasing an account: what is out stays without the name, own drafts go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.files import discard
from cluster_portal.knowledge.models import (
    Agreement,
    Article,
    ArticleEntry,
    ArticleFile,
    ArticlePicture,
    Correction,
    LibraryDocument,
    LibraryVersion,
    Measurement,
    PageVersion,
    Signal,
    SignalSource,
    SignalSupport,
)
from cluster_portal.knowledge.models.articles import Stage
from cluster_portal.knowledge.models.signals import OUT

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.content import Person
    from members.models import User


def _own_drafts(user: User) -> QuerySet[Article]:
    """Begun in no organisation's name and never published: nobody else goes on with them."""
    never = Article.objects.filter(author=user, organisation=None, published_at=None)
    return never.filter(stage__in=[Stage.DRAFT, Stage.WITHDRAWN])


def effects(user: User) -> list[str]:
    drafts = _own_drafts(user).count()
    staying = Article.objects.filter(author=user).count() - drafts
    told = {
        _("Articles that stay without your name: %(count)s."): staying,
        _("Own drafts of articles that are deleted: %(count)s."): drafts,
    }
    return [words % {"count": count} for words, count in told.items() if count]


def erase(user: User) -> None:
    for article in _own_drafts(user).order_by("pk"):
        for file in ArticleFile.objects.filter(article=article):
            transaction.on_commit(partial(discard, file.file.name or ""))
        for picture in ArticlePicture.objects.filter(article=article):
            transaction.on_commit(partial(discard, picture.stored))
        audit.record(article, "deleted", by=None)
        article.delete()
    Article.objects.filter(author=user).update(author=None)
    PageVersion.objects.filter(saved_by=user).update(saved_by=None)


def forget(person: Person) -> None:
    """Of own drafts that were deleted, all versions go, and the words of their acts."""
    keys = set(audit.versions_of(Article, Q(author_id=person.pk, organisation_id=None)))
    keys -= set(Article.objects.filter(pk__in=keys).values_list("pk", flat=True))
    for part in (ArticleEntry, ArticleFile, ArticlePicture, Article.terms.through):
        audit.forget(part, Q(article_id__in=keys))
    audit.forget(Article, Q(pgh_obj_id__in=keys))
    audit.blank_words(Article, sorted(keys))


def situation_effects(user: User) -> list[str]:
    figures = Measurement.objects.filter(entered_by=user).count()
    words = _("Figures of the regional situation that stay without your name: %(count)s.")
    return [words % {"count": figures}] if figures else []


def leave_situation(user: User) -> None:
    """The figures and an organisation's opinion are not the person's."""
    Measurement.objects.filter(entered_by=user).update(entered_by=None)
    Correction.objects.filter(corrected_by=user).update(corrected_by=None)
    Agreement.objects.filter(given_by=user).update(given_by=None)


def signal_effects(user: User) -> list[str]:
    mine = Signal.objects.filter(author=user)
    told = {
        _("Published signals that stay without your name: %(count)s."):
            mine.filter(stage__in=OUT).count(),
        _("Proposed signals that are deleted: %(count)s."): mine.exclude(stage__in=OUT).count(),
    }  # fmt: skip
    return [words % {"count": count} for words, count in told.items() if count]


def leave_signals(user: User) -> None:
    """What nobody has published goes, support goes, what is published stays nameless."""
    for signal in Signal.objects.filter(author=user).exclude(stage__in=OUT).order_by("pk"):
        audit.record(signal, "deleted", by=None)
        signal.delete()
    Signal.objects.filter(author=user).update(author=None)
    SignalSupport.objects.filter(user=user).delete()


def forget_signals(person: Person) -> None:
    """Of signals that were deleted all versions go, and of support that was given."""
    keys = set(audit.versions_of(Signal, Q(author_id=person.pk)))
    keys -= set(Signal.objects.filter(pk__in=keys).values_list("pk", flat=True))
    for part in (SignalSource, Signal.terms.through):
        audit.forget(part, Q(signal_id__in=keys))
    audit.forget(SignalSupport, Q(user_id=person.pk))
    audit.forget(Signal, Q(pgh_obj_id__in=keys))
    audit.blank_words(Signal, sorted(keys))


def library_effects(user: User) -> list[str]:
    count = LibraryDocument.objects.filter(author=user).count()
    words = _("Documents of the library that stay without your name: %(count)s.")
    return [words % {"count": count}] if count else []


def leave_library(user: User) -> None:
    """What others read stays, nameless."""
    LibraryDocument.objects.filter(author=user).update(author=None)
    LibraryVersion.objects.filter(sender=user).update(sender=None)

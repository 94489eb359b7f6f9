"""Writing an article: a draft at any time, until its writer sends it to be reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.files import discard, store, sweep
from cluster_portal.core.matching import themes
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import audience
from cluster_portal.knowledge.models import Article, ArticleEntry, ArticleFile
from cluster_portal.knowledge.models.articles import OF_WRITER, RESERVED_SLUGS, Stage, coordinates
from cluster_portal.knowledge.services.arrivals import article_came
from members.matching import NAMED
from members.models import Cluster, User
from members.services.needs import home_of, is_private_member, organisations_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from cluster_portal.core.files import Upload
    from cluster_portal.core.visibility import Reader
    from members.models import Organisation

FOLDER = "articles"
MOST_FILES = 6
Entry = tuple[str, str, str]  # title or source, address, text


def may_write(user: Reader) -> bool:
    """Members, for their organisation or as private persons, and coordinators."""
    if not user.is_authenticated:
        return False
    return organisations_of(user).exists() or may_write_alone(user)


def may_write_alone(user: Reader) -> bool:
    """In no organisation's name: a private member in their own, a coordinator in the cluster's."""
    return bool(audience(user).coordinates) or is_private_member(user)


@transaction.atomic
def write_article(values: dict[str, Any], *, by: User) -> Article:
    """Stores a draft; the same form makes one article."""
    values = dict(values)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one form, one article
    known = made_by(Article, values["form_key"], author=by)
    if known is not None:
        return known
    organisation = values.get("organisation")
    if organisation is None and not may_write_alone(by):
        raise Refused(_("Choose the organisation in whose name you write."))
    if organisation is not None and not organisations_of(by).contains(organisation):
        raise Refused(_("You cannot write for this organisation."))
    home = _home(organisation, values.pop("home_cluster", None), by)
    article = Article(**values, home_cluster=home, author=by)
    _insert(article)
    _find_themes(article)
    search.reindex(article)
    audit.record(article, "created", by=by)
    return article


def own_clusters(user: Reader) -> QuerySet[Cluster]:
    """In whose name a coordinator writes, where it is in no organisation's."""
    return Cluster.objects.filter(pk__in=audience(user).coordinates).order_by("pk")


def _home(organisation: Organisation | None, chosen: Cluster | None, by: User) -> Cluster:
    mine = list(own_clusters(by)) if organisation is None else []
    if not mine:
        return home_of(organisation, by)
    if chosen is None and len(mine) > 1:
        raise Refused(_("Choose the cluster in whose name you write."))
    if chosen is not None and chosen not in mine:
        raise Refused(_("You cannot write for this cluster."))
    return chosen or mine[0]


def _insert(article: Article) -> None:
    """An address taken meanwhile by another makes a second try."""
    article.slug = _free_slug(article.title_fi)
    try:
        with transaction.atomic():
            article.save(force_insert=True)
    except IntegrityError:
        article.slug = _free_slug(article.title_fi)
        article.save(force_insert=True)


def _free_slug(title: str) -> str:
    rows = Article.objects.all()
    return cleaning.free_slug(rows, title, empty="juttu", reserved=RESERVED_SLUGS)


def _find_themes(article: Article) -> None:
    """Those that the text speaks of, where its writer has chosen none."""
    if not article.terms.exists():
        text = "\n".join([article.title_fi, article.summary_fi, article.body_fi])
        article.terms.set(themes.found_in(text, NAMED))


def may_edit(article: Article, user: Reader) -> bool:
    """What waits for its moment or is published is changed by the coordinators."""
    if article.stage in OF_WRITER:
        return article.is_editable_by(user)
    return article.stage != Stage.WITHDRAWN and coordinates(article, user)


@transaction.atomic
def edit_article(article: Article, values: dict[str, Any], *, by: User, seen: str = "") -> Article:
    """One step of the form. `seen` is the `stamp` of what the editor saw; another's change since
    is not lost."""
    article = editable(article, by=by, seen=seen)
    before = article.visibility
    special = {"terms", "entries", "uploads"}
    plain = {name: value for name, value in values.items() if name not in special}
    changed = [name for name, value in plain.items() if getattr(article, name) != value]
    for name in changed:
        setattr(article, name, plain[name])
    if "terms" in values and _set_terms(article, values["terms"]):
        changed.append("terms")
    if "entries" in values and _set_entries(article, values["entries"]):
        changed.append("entries")
    if values.get("uploads"):
        _keep_files(article, values["uploads"])
        changed.append("files")
    if not changed:
        return article
    _refuse_incomplete(article)
    article.save()
    if "terms" not in values:
        _find_themes(article)
    search.reindex(article)
    audit.record(article, "edited", by=by, details={"changed": changed})
    article_came(article, before=before)
    return article


def _refuse_incomplete(article: Article) -> None:
    """What is out, or comes out by itself, stays whole."""
    if article.stage == Stage.SCHEDULED and article.publish_at is None:
        raise Refused(_("It waits for a moment: set one, or return the article to draft."))
    if article.stage in {Stage.SCHEDULED, Stage.PUBLISHED} and article.missing:
        raise Refused(_("Something is still missing. Check the article first."))


def locked(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",), no_key=True).get(pk=article.pk)


def editable(article: Article, *, by: User, seen: str = "") -> Article:
    """The locked row, for who may change it and has seen its last version."""
    article = locked(article)
    if seen and seen != article.stamp:
        raise Overtaken
    if not may_edit(article, by):
        raise Refused(_("A coordinator looks after this article now. Ask them to change it."))
    return article


def _set_terms(article: Article, rows: Iterable[Any]) -> bool:
    had = {row.pk for row in article.terms.all()}
    wanted = {row.pk for row in rows}
    article.terms.set(wanted)
    return had != wanted


def _set_entries(article: Article, entries: Sequence[Entry]) -> bool:
    """In the order that they are given."""
    rows = list(article.entries.all())
    if [(row.title, row.url, row.text) for row in rows] == list(entries):
        return False
    article.entries.all().delete()
    for position, (title, url, text) in enumerate(entries, start=1):
        ArticleEntry.objects.create(
            article=article, position=position, title=title, url=url, text=text
        )
    return True


def _keep_files(article: Article, uploads: Iterable[Upload]) -> None:
    """Stored within the transaction; what a rollback leaves behind, the sweep takes."""
    uploads = list(uploads)
    if article.files.count() + len(uploads) > MOST_FILES:
        raise Refused(_("At most %(count)s files can be added.") % {"count": MOST_FILES})
    for upload in uploads:
        ArticleFile.objects.create(
            article=article, name=upload.name, file=store(upload, FOLDER),
            size=len(upload.content),
        )  # fmt: skip


@transaction.atomic
def remove_file(file: ArticleFile, *, by: User) -> None:
    article = editable(file.article, by=by)
    row = article.files.filter(pk=file.pk).first()
    if row is None:
        raise Refused(_("Somebody else has removed this meanwhile."))
    audit.record(article, "file removed", by=by)
    name = row.file.name or ""
    row.delete()
    touch(article)
    transaction.on_commit(lambda: discard(name))


def touch(article: Article) -> None:
    """So that an editor who looked before sees that something has changed."""
    Article.objects.filter(pk=article.pk).update(updated_at=timezone.now())


def sweep_files() -> int:
    def known(names: list[str]) -> set[str]:
        return set(ArticleFile.objects.filter(file__in=names).values_list("file", flat=True))

    return sweep(FOLDER, known)

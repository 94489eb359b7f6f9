"""The example's library: short text files, of nobody and nowhere."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from cluster_portal.core import search
from cluster_portal.core.files import Upload, store
from cluster_portal.core.vocabulary import Term
from cluster_portal.knowledge.models import LibraryDocument, LibraryVersion
from cluster_portal.knowledge.services.library import FOLDER
from members.matching import NAMED
from members.models import Cluster, Organisation, User

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
TEXTS = tuple(f"{stem}_{code}" for stem in ("title", "summary") for code in ("fi", "sv", "en"))
NOON = datetime.time(12)


@transaction.atomic
def load(folder: Path, today: datetime.date) -> None:
    rows = tomllib.loads((folder / "library.toml").read_text(encoding="utf-8"))
    for row in rows["document"]:
        if not LibraryDocument.objects.filter(slug=row["slug"]).exists():
            _load_document(row, today)


def _body(row: Row) -> Any:
    """Of a sibling app, whose example is loaded before."""
    bodies = apps.get_model("events", "Body").objects
    return bodies.filter(slug=row["body"]).first() if "body" in row else None


def _load_document(row: Row, today: datetime.date) -> None:
    owner = row.get("organisation")
    document = LibraryDocument(
        home_cluster=Cluster.objects.get(slug=row["cluster"]),
        organisation=Organisation.objects.get(external_id=owner) if owner else None,
        body=_body(row),
        author=User.objects.filter(email=row["by"]).first(),
        **{name: row[name] for name in ("slug", "kind", "visibility")},
        **{name: row[name].strip() for name in TEXTS if name in row},
    )
    document.full_clean(exclude=["search"])
    document.save()
    document.terms.set(Term.objects.filter(scheme__in=NAMED, code__in=row.get("terms", [])))
    for number, each in enumerate(row["version"], start=1):
        day = today - datetime.timedelta(days=each["days_ago"])
        sent_at = timezone.make_aware(datetime.datetime.combine(day, NOON))
        content = each["text"].strip().encode()
        LibraryVersion.objects.create(
            document=document, number=number, name=each["name"], size=len(content),
            file=store(Upload(each["name"], "txt", content), FOLDER), note=each.get("note", ""),
            sender=document.author, sent_at=sent_at,
        )  # fmt: skip
        document.changed_at = sent_at
    document.save()
    search.reindex(document)

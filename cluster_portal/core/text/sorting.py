"""Alphabetical order of names without ICU: … z å ä ö, letters with other marks among their base.

The order is that of the Finnish collation of CLDR: ü sorts as y, æ as ä, ø as ö, š as s.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Expression, Func, Value
from django.db.models.functions import Lower

# å and ä change places, since their code points stand the other way round than in the alphabet.
_FROM = "åäæøüéèëêûúáàâãšžčçñóòôõíì"
_TO = "äååöyeeeeuuaaaaszccnooooii"


def sort_key(field: str | Expression, *, max_length: int = 255) -> models.GeneratedField:
    """A stored column that orders `field` alphabetically by code point on any server."""
    return models.GeneratedField(
        expression=Func(Lower(field), Value(_FROM), Value(_TO), function="translate"),
        output_field=models.CharField(max_length=max_length, db_collation="C"),
        db_persist=True,
    )

"""What messages hold of an account that is erased: theirs go, others' lose their name."""

import json
import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.core.content import Person
from cluster_portal.notifications.models import OutboxMail, Preference, SavedSearch

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

CHUNK = 500


def blockers(user: "Reader") -> list[str]:
    return []


def effects(user: "Reader") -> list[str]:
    rows = (
        (_("Received messages that are deleted: %(count)s."), OutboxMail.objects, "recipient"),
        (_("Saved searches that are deleted: %(count)s."), SavedSearch.objects, "user"),
        (_("Choices about messages that are deleted: %(count)s."), Preference.objects, "user"),
    )
    counted = [(words, found.filter(**{key: user.pk}).count()) for words, found, key in rows]
    return [words % {"count": count} for words, count in counted if count]


def erase(user: "Reader") -> None:
    """All rows point at the account and go with it; sooner they would be waited for."""


def forget(person: Person) -> None:
    """Messages to their addresses go; in others' messages their name gives way to plain words."""
    to_her = Q()
    for address in person.addresses:
        to_her |= Q(guest_address__iexact=address)
    OutboxMail.objects.filter(to_her).delete()
    words = [word for word in (person.name, *person.addresses) if word]
    texts = {name: Cast(name, TextField()) for name in ("values", "titles")}
    named = Q()
    for word in words:
        inside = json.dumps(word, ensure_ascii=False)[1:-1]
        named |= Q(values_text__icontains=inside) | Q(titles_text__icontains=inside)
        named |= Q(last_error__icontains=word)
    rows = OutboxMail.objects.alias(values_text=texts["values"], titles_text=texts["titles"])
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    found = rows.filter(named).select_related("recipient").order_by("pk")
    for mail in found.iterator(CHUNK):
        _rename(mail, pattern)


def _rename(mail: OutboxMail, pattern: re.Pattern[str]) -> None:
    mail.values = {key: _without(text, pattern, mail.language) for key, text in mail.values.items()}
    mail.titles = {key: _without(text, pattern, key) for key, text in mail.titles.items()}
    mail.last_error = pattern.sub("–", mail.last_error)
    mail.save(update_fields=["values", "titles", "last_error"])


def _without(text: Any, pattern: re.Pattern[str], language: str) -> Any:
    if not isinstance(text, str):
        return text
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(known):
        plain = _("Erased user")
    return pattern.sub(plain, text)

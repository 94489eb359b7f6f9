"""What messages hold of an account that is erased: theirs go, others' lose their name."""

import json
import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.core import audit
from cluster_portal.core.content import Person
from cluster_portal.notifications.models import (
    Digest,
    Follow,
    Letter,
    LetterReceiver,
    MailTrouble,
    OutboxMail,
    Preference,
    SavedSearch,
)
from cluster_portal.notifications.models.letters import TEXTS

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

CHUNK = 500


def blockers(user: "Reader") -> list[str]:
    return []


def effects(user: "Reader") -> list[str]:
    rows = (
        (_("Received messages that are deleted: %(count)s."), OutboxMail.objects, "recipient"),
        (_("Saved searches that are deleted: %(count)s."), SavedSearch.objects, "user"),
        (_("Digests that are deleted: %(count)s."), Digest.objects, "user"),
        (_("Things that are no longer followed: %(count)s."), Follow.objects, "user"),
        (_("Letters that the archive no longer shows: %(count)s."), LetterReceiver.objects, "user"),
        (_("Choices about messages that are deleted: %(count)s."), Preference.objects, "user"),
    )
    counted = [(words, found.filter(**{key: user.pk}).count()) for words, found, key in rows]
    return [words % {"count": count} for words, count in counted if count]


def erase(user: "Reader") -> None:
    """Rows that point at the account go with it; sooner they would be waited for.

    A letter that they wrote stays with the cluster, without their name and address.
    """
    words = re.compile("|".join(map(re.escape, filter(None, _named(user)))), re.IGNORECASE)
    for letter in Letter.objects.filter(sender=user.pk).order_by("pk"):
        letter.sender_name = letter.reply_to = ""
        for name in TEXTS:
            setattr(letter, name, words.sub("–", getattr(letter, name)))
        letter.save()


def _named(user: Any) -> list[str]:
    return [user.get_full_name(), user.email]


def forget(person: Person) -> None:
    """Messages to their addresses go; in others' messages their name gives way to plain words."""
    to_her = Q()
    for address in person.addresses:
        to_her |= Q(guest_address__iexact=address)
    OutboxMail.objects.filter(to_her).delete()
    MailTrouble.objects.filter(address__in=[one.lower() for one in person.addresses]).delete()
    _forget_letters(person)
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


def _forget_letters(person: Person) -> None:
    """Kept versions of what they wrote lose their words, which may name the writer."""
    for address in person.addresses:
        LetterReceiver.objects.filter(address__iexact=address).delete()
    named = Q(sender_id=person.pk) | Q(sender_name__iexact=person.name)
    for address in person.addresses:
        named |= Q(reply_to__iexact=address)
    audit.blank(Letter, named, sender_name="", reply_to="", **dict.fromkeys(TEXTS, "–"))


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

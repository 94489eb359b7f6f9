"""The words of `events.presentation` for templates."""

import uuid

from django import template

from events.models import Event
from events.pages import facts, words

register = template.Library()

register.simple_tag(words.event_state)
register.simple_tag(facts.event_facts)
register.simple_tag(words.free_modes)
register.simple_tag(facts.participants)
register.simple_tag(words.registration_words)
register.simple_tag(facts.registration_facts)


@register.simple_tag
def event_span(event: Event) -> str:
    return words.span(event.starts_at, event.ends_at)


register.simple_tag(words.card_line, name="event_when")


@register.simple_tag
def new_key() -> str:
    """For the hidden field by which a form sent twice makes one thing."""
    return str(uuid.uuid4())

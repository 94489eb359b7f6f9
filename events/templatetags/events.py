"""The words of `events.presentation` for templates."""

from django import template

from events import presentation
from events.models import Event

register = template.Library()

register.simple_tag(presentation.event_state)
register.simple_tag(presentation.event_facts)
register.simple_tag(presentation.participants)
register.simple_tag(presentation.registration_words)
register.simple_tag(presentation.registration_facts)


@register.simple_tag
def event_span(event: Event) -> str:
    return presentation.span(event.starts_at, event.ends_at)


register.simple_tag(presentation.card_line, name="event_when")

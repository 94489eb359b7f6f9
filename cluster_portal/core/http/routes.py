"""Views and routes, read before anybody asks for a page."""

from django.conf import settings
from django.urls import get_resolver
from django.utils.translation import override


def load() -> None:
    """Imports every view and learns the addresses of each language; for before a server forks."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            _ = get_resolver().app_dict  # what `reverse` looks up, made once for each language

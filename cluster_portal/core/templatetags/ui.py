"""Formatting for the templates: words, numbers, addresses and form controls. No decisions here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms, template
from django.conf import settings
from django.urls import translate_url
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cluster_portal.core import pictures
from cluster_portal.core.admin.ticks import FOLDED_FROM, folded
from cluster_portal.core.http.overtaken import is_overtaken, saved_meanwhile
from cluster_portal.core.narrowing import Narrowing
from cluster_portal.core.text.hyphenate import soft_hyphens, swedish_seams
from cluster_portal.core.text.languages import calendar_word
from cluster_portal.core.vocabulary import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from django.core.paginator import Page
    from django.forms import BoundField
    from django.http import HttpRequest
    from django.template import Context

register = template.Library()
register.filter("calendar_word", calendar_word)
register.simple_tag(pictures.emblem)
register.simple_tag(pictures.outline)
register.simple_tag(pictures.portrait)
register.simple_tag(pictures.readiness)
register.simple_tag(pictures.scene)

# Other languages have patterns in the browser or shorter words; only monsters are broken there.
LONGEST_WORD = {"fi": 12}
LONGEST_WORD_ELSEWHERE = 20
LANGUAGE_NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


@register.filter
def unstopped(text: object) -> str:
    """A sentence without its full stop, for more to follow."""
    return str(text).removesuffix(".")


@register.filter
def before_colon(label: object) -> str:
    """A label with its colon; a question keeps its mark alone."""
    return str(label) if str(label).endswith("?") else f"{str(label).removesuffix('.')}:"


@register.filter(is_safe=True)
def shy(text: object) -> str:
    """Soft hyphens in long words: for headings and links that must fit a phone."""
    language, shown = get_language() or "", str(text)
    shown = swedish_seams(shown) if language == "sv" else shown
    return soft_hyphens(shown, LONGEST_WORD.get(language, LONGEST_WORD_ELSEWHERE))


@register.simple_tag(takes_context=True)
def refused_form(context: Context) -> forms.BaseForm | None:
    """The form of the page that was sent and refused, by whatever name its view gave it."""
    request = context.get("request")
    if request is None or request.method != "POST":
        return None
    values: Iterable[Any] = context.flatten().values()
    found = (value for value in values if isinstance(value, forms.BaseForm))
    return next((form for form in found if form.is_bound and form.errors), None)


@register.simple_tag(takes_context=True)
def seen(context: Context, stamp: object) -> object:
    """The stamp of what the editor saw, for a form that must not undo another's change.

    A form that comes back refused or computed still began from what it began from; only who has
    just been shown another's change goes on from that one.
    """
    request = context.get("request")
    began = request.POST.get("seen") if request is not None and request.method == "POST" else None
    refused = refused_form(context)
    if began is None or (refused and is_overtaken(refused)):
        return stamp
    return began


register.filter(saved_meanwhile)


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def status(state: str, words: object) -> SafeString:
    """A state as shape and words. `state`: open running waiting done late stopped, or empty."""
    return format_html('<span class="status" data-state="{}">{}</span>', state, words)


ROW = dict.fromkeys(
    ("kind", "text", "tags", "state", "state_text", "when", "when_text", "action", "action_url"), ""
)


@register.inclusion_tag("components/row.html")
def row(values: dict[str, Any]) -> dict[str, Any]:
    """One line of a list, from what the list's `row` makes; the button leads to the same page.

    Drawn by itself: of twenty lines each looks up nothing in the rest of the page.
    """
    return (
        ROW | {"level": "h3", "near": False, "unread": False, "action_url": values["url"]} | values
    )


@register.filter
def number(value: float | Decimal, digits: int = 0) -> str:
    """1 234,5 in the reader's language, with a real minus."""
    return number_format(value, digits, force_grouping=True).replace("-", "\u2212")


@register.filter
def euros(value: float | Decimal, digits: int = 0) -> str:
    """`{{ sum|euros }}` is 453 668 €, `{{ sum|euros:2 }}` has cents."""
    words = number(value, digits)
    return f"€{words}" if get_language() == "en" else f"{words}\u00a0€"


@register.filter
def percent(value: float | Decimal, digits: int = 0) -> str:
    """`{{ share|percent:2 }}` is 80,00 %; the value is in hundredths already (80, not 0.8)."""
    words = number(value, digits)
    return f"{words}%" if get_language() == "en" else f"{words}\u00a0%"


@register.filter
def drawing(svg: str) -> SafeString:
    """A picture drawn by this server's own code, put into the page without its XML head."""
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 – never called with a user's text


@register.filter
def initials(name: str) -> str:
    """Two letters for the round logo: Pohjois-Savon liitto is PS, VTT is VT."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
    if len(words) > 1:
        return "".join(word[0] for word in words[:2]).upper()
    return name[:2].upper()


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[dict[str, Any]]:
    """The same page in each language; what has no address of its own leads to the front page."""
    request: HttpRequest | None = context.get("request")
    here = request.get_full_path() if request else "/"
    current = get_language()
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES.get(code, code),
            "url": here if code == current else _in_language(here, code),
            "is_current": code == current,
        }
        for code, _ in settings.LANGUAGES
    ]


def _in_language(address: str, code: str) -> str:
    translated = translate_url(address, code)
    if translated != address:
        return translated
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


@register.simple_tag(takes_context=True)
def sections(context: Context) -> list[dict[str, Any]]:
    """The navigation with its addresses; current is the one a view names as `current`, else the
    one whose address is the longest beginning of this page's."""
    items = [
        {"key": item.key, "name": item.name, "url": item.url} for item in context.get("nav") or ()
    ]
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    under = [item for item in items if path.startswith(item["url"])]
    nearest = max(under, key=lambda item: len(item["url"]), default={"key": ""})
    current = context.get("current") or nearest["key"]
    return [{**item, "is_current": item["key"] == current} for item in items]


@register.simple_tag(takes_context=True)
def before_number(context: Context) -> str:
    """The address of another page of this list, but for its number."""
    rest = context["request"].GET.copy()
    rest.pop("page", None)
    rest["page"] = ""
    return f"?{rest.urlencode()}"


@register.filter
def page_numbers(page: Page) -> Iterator[int | None]:
    """Page numbers around the current one; None stands for a gap."""
    for found in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1):
        yield found if isinstance(found, int) else None


KINDS: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "tick"),
    (forms.MultiWidget, "group"),
    (forms.SelectDateWidget, "group"),
]
# Browsers offer a calendar for these; Django's own widgets ask for plain text.
NATIVE_TYPES = {
    forms.DateInput: "date",
    forms.DateTimeInput: "datetime-local",
    forms.TimeInput: "time",
}


@register.filter
def kind(field: BoundField) -> str:
    """How field.html lays a field out: tick, choices, group or input."""
    widget = field.field.widget
    return next((name for cls, name in KINDS if isinstance(widget, cls)), "input")


@register.simple_tag
def folding(field: BoundField) -> dict[str, Any] | None:
    """A long list of ticks in two parts: the chosen ones stay in view, the others fold away.

    None for a list that one takes in at a glance.
    """
    options = list(field) if isinstance(field.field.widget, forms.CheckboxSelectMultiple) else []
    if len(options) < FOLDED_FROM:
        return None
    rows = getattr(field.field, "queryset", None)
    form = field.form
    words = form.narrowed_by(field.html_name) if isinstance(form, Narrowing) else ""
    parts = folded(options, by_scheme=rows is not None and rows.model is Term, words=words)
    is_open = bool(words or (field.errors and not parts["chosen"]))
    return {**parts, "is_open": is_open, "can_narrow": isinstance(form, Narrowing)}


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's own widget with our class; placeholders go, for a label says it better."""
    widget = field.field.widget
    native = NATIVE_TYPES.get(type(widget))
    if native:
        widget.input_type = native
    widget.attrs.pop("placeholder", None)
    look = (
        {} if kind(field) == "tick" else {"class": f"input {widget.attrs.get('class', '')}".strip()}
    )
    return field.as_widget(attrs={**look, **_described(field)})


@register.filter
def target(field: BoundField) -> str:
    """The id that a link in the error summary leads to."""
    first = f"{field.auto_id}_0"
    return first if kind(field) in {"choices", "group"} else str(field.auto_id)


@register.simple_tag
def described_by(field: BoundField) -> str:
    """Ids of error and help, the error first, for a fieldset or a tick box of our own."""
    parts = [
        f"{field.auto_id}_error" if field.errors else "",
        f"{field.auto_id}_helptext" if field.help_text else "",
    ]
    return " ".join(filter(None, parts))


def _described(field: BoundField) -> dict[str, str]:
    words = described_by(field)
    invalid = {"aria-invalid": "true"} if field.errors else {}
    return {"aria-describedby": words, **invalid} if words else invalid

"""Coordinators write letters: draft, preview, test, sending, progress, archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.admin.scoped import choosable, coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.forms.letters import LetterForm, SendForm
from cluster_portal.notifications.models import Letter
from cluster_portal.notifications.models.letters import MOVES, Stage
from cluster_portal.notifications.pages import letters as pages
from cluster_portal.notifications.services import letters

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

ADD, CHANGE = "admin:notifications_letter_add", "admin:notifications_letter_change"
PREVIEW, SEND = "admin:notifications_letter_preview", "admin:notifications_letter_send"
FOLDED = ["collapse"]


@dataclass(frozen=True)
class ToWhom:
    """A column in the words of who reads the list: the sender may have erased their account."""

    reader: Any
    short_description = gettext_lazy("to whom")
    __name__ = "to_whom"

    def __call__(self, letter: Letter) -> str:
        return " + ".join(pages.audience_words(letter, self.reader))


def _facts(request: HttpRequest) -> tuple[Any, ...]:
    return ("cluster", ToWhom(request.user), "stage", "moment", "progress", "words")


@admin.register(Letter)
class LetterAdmin(MovesOnPage):
    partitive = pgettext_lazy("partitive", "letter")
    form = LetterForm
    change_form_template = "admin/notifications/letter_form.html"
    workflow = MOVES.without("send", "schedule")
    waiting_stages = frozenset({Stage.DRAFT})
    list_select_related = ("cluster",)
    list_filter = ("stage", "cluster")
    search_fields = ("subject_fi", "subject_sv", "subject_en")
    ordering = ("-created_at", "-pk")
    fieldsets = (
        (gettext_lazy("To whom"), {"fields": ("cluster", "audience")}),
        (gettext_lazy("Message"), {"fields": ("subject_fi", "body_fi")}),
        (gettext_lazy("In Swedish"), {"fields": ("subject_sv", "body_sv"), "classes": FOLDED}),
        (gettext_lazy("In English"), {"fields": ("subject_en", "body_en"), "classes": FOLDED}),
        (gettext_lazy("Who answers"), {"fields": ("sender_name", "reply_to")}),
    )

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        return ("subject_fi", ToWhom(request.user), "stage", "moment")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        is_draft = obj is None or obj.stage == Stage.DRAFT
        return self.fieldsets if is_draft else ((None, {"fields": _facts(request)}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        is_draft = obj is None or obj.stage == Stage.DRAFT
        written = [name for _title, part in self.fieldsets for name in part["fields"]]
        return () if is_draft else (*_facts(request), *written)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        form.user = request.user
        if "cluster" in form.base_fields:
            widget = form.base_fields["cluster"].widget
            widget.can_change_related = widget.can_view_related = False
        return form

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A draft that nobody has got."""
        is_draft = obj is not None and obj.stage == Stage.DRAFT
        return is_draft and self.has_change_permission(request, obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """`?to=` entries of audiences; `?reminder=` an audience with its ready text."""
        user: Any = request.user
        clusters = list(choosable(Letter._meta.get_field("cluster").related_model, user)[:2])
        reminder = letters.audiences().get(request.GET.get("reminder", ""))
        return {
            "sender_name": user.get_full_name(),
            "reply_to": user.email,
            "cluster": request.GET.get("cluster") or (clusters[0] if len(clusters) == 1 else None),
            "audience": [reminder.key] if reminder else request.GET.getlist("to"),
            **(pages.ready_texts(reminder) if reminder else {}),
        }

    def save_model(self, request: HttpRequest, obj: Letter, form: ModelForm, change: bool) -> None:
        if not change:
            obj.sender = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Letter, *args: Any, **kwargs: Any) -> Any:
        answer = super().response_add(request, obj, *args, **kwargs)
        return redirect(PREVIEW, obj.pk) if "_preview" in request.POST else answer

    def response_change(self, request: HttpRequest, obj: Letter) -> Any:
        answer = super().response_change(request, obj)
        return redirect(PREVIEW, obj.pk) if "_preview" in request.POST else answer

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kw: Any
    ) -> Any:
        letter = kw.get("obj")
        context["is_draft"] = letter is None or letter.stage == Stage.DRAFT
        context["is_on_its_way"] = letter is not None and letter.stage == Stage.SENDING
        answer = super().render_change_form(request, context, *args, **kw)
        if not context["is_draft"]:
            answer.context_data["title"] = capfirst(self.opts.verbose_name)
        return answer

    def move(self, obj: Letter, action: str, *, by: Any, reason: str) -> None:
        steps = {"take_back": letters.take_back, "stop": letters.stop}
        steps[action](obj, by=by)

    def get_urls(self) -> list[Any]:
        steps = (
            ("preview", self.preview_view), ("test", self.test_view), ("send", self.send_view),
        )  # fmt: skip
        own = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"notifications_letter_{name}",
            )
            for name, view in steps
        ]
        return [*own, *super().get_urls()]

    def _draft(self, request: HttpRequest, object_id: str) -> Letter:
        letter = self.get_object(request, object_id)
        if letter is None:
            raise Http404
        if not self.has_change_permission(request, letter):
            raise PermissionDenied
        return letter

    @method_decorator(require_safe)
    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        letter = self._draft(request, object_id)
        if letter.stage != Stage.DRAFT:
            return redirect(CHANGE, letter.pk)
        values = {"shown": pages.shown(letter, request.user)}
        return self._page(request, letter, "preview", _("Preview"), values)

    @method_decorator(require_POST)
    def test_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        letter = self._draft(request, object_id)
        letters.send_test(letter, by=request.user)
        address = {"address": getattr(request.user, "email", "")}
        messages.success(request, _("A test is on its way to %(address)s.") % address)
        return redirect(PREVIEW, letter.pk)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def send_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        letter = self._draft(request, object_id)
        if letter.stage != Stage.DRAFT:
            return redirect(CHANGE, letter.pk)
        form = SendForm(request.POST or None, initial={"seen": letters.version_of(letter)})
        if request.method == "POST" and form.is_valid():
            return self._send(request, letter, form.cleaned_data)
        values = {"form": form, "action": reverse(SEND, args=[letter.pk])}
        return self._page(request, letter, "send", _("Send the letter"), values)

    def _send(self, request: HttpRequest, letter: Letter, values: dict[str, Any]) -> HttpResponse:
        try:
            letters.send(letter, by=request.user, seen=values["seen"], at=values["at"])
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(PREVIEW, letter.pk)
        words = _("The letter waits for its moment.") if values["at"] else _("The letter leaves.")
        messages.success(request, words)
        return redirect(CHANGE, letter.pk)

    def _page(
        self, request: HttpRequest, letter: Letter, name: str, title: str, values: dict[str, Any]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "letter": letter,
            "reach": pages.reach_of(letter),
            "to_whom": pages.audience_words(letter, request.user),
            **values,
        }
        return TemplateResponse(request, f"admin/notifications/letter_{name}.html", context)

    @admin.display(description=gettext_lazy("moment"), ordering="send_at")
    def moment(self, letter: Letter) -> str:
        at = letter.sent_at or letter.send_at
        return date_format(localtime(at), "DATETIME_FORMAT") if at else "–"

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, letter: Letter) -> SafeString:
        is_open = letter.stage == Stage.SENDING
        values = {"progress": pages.progress_of(letter), "is_open": is_open}
        return render_to_string("admin/notifications/letter_progress.html", values)

    @admin.display(description=gettext_lazy("text"))
    def words(self, letter: Letter) -> SafeString:
        return render_to_string("admin/notifications/letter_words.html", {"letter": letter})


@admin_page("letter_write", "notifications/letter/write/", gettext_lazy("Write a letter"))
@require_safe
@coordinators_only
def letter_write(request: HttpRequest) -> HttpResponse:
    return redirect(ADD)


@admin_page("letter_reminders", "notifications/letter/reminders/", gettext_lazy("Reminders"))
@require_safe
@coordinators_only
def letter_reminders(request: HttpRequest) -> HttpResponse:
    clusters = choosable(Letter._meta.get_field("cluster").related_model, request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Reminders"),
        "reminders": pages.reminders_for(clusters),
    }
    return TemplateResponse(request, "admin/notifications/letter_reminders.html", context)

"""The forms of a section and of a question with its options; both lead back to the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cluster_portal.core.admin.scoped import CurrentStays, ScopedAdmin, ScopedTabularInline
from cluster_portal.core.admin.ticks import TickList
from cluster_portal.core.numbers import whole_of
from cluster_portal.surveys.admin.drafts import redirect_to_draft
from cluster_portal.surveys.admin.templates import in_languages
from cluster_portal.surveys.models import Option, Question, Section, Version
from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.pages.outline import answer_labels
from cluster_portal.surveys.services.outlines import Outline
from cluster_portal.surveys.services.template_checks import BRANCHING, FILLABLE, record_field
from cluster_portal.surveys.services.templates import free_key

if TYPE_CHECKING:
    from django.db.models import Model
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

MORE_OPTIONS = 3
TYPED = frozenset({Kind.TEXT, Kind.NUMBER, Kind.MONEY})


class PartForm(CurrentStays):
    """A text that is missing in a language says so in its place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            stem, _separator, language = name.rpartition("_")
            if language in {"sv", "en"} and getattr(self.instance, f"{stem}_fi", ""):
                field.widget.attrs["placeholder"] = _("Missing: shown in Finnish")


class PartAdmin(ScopedAdmin):
    """A section or a question: found on the draft's page only, and back to it after saving."""

    change_form_template = "admin/surveys/part_change.html"
    may_delete = True

    def version_of(self, obj: Any) -> Version:
        raise NotImplementedError

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("admin:surveys_template_changelist")

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.parent_of(request)
        return super().add_view(request, *args, **kwargs)

    def parent_of(self, request: HttpRequest) -> Any:
        """The draft or section that the address names; out of scope it is refused."""
        raise NotImplementedError

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        version = self.version_of(obj) if obj else self.version_of_new(request)
        context |= {
            "version": version, "show_save_and_add_another": False,
            "show_save_and_continue": False,
        }  # fmt: skip
        return super().render_change_form(request, context, *args, **kwargs)

    def version_of_new(self, request: HttpRequest) -> Version:
        raise NotImplementedError

    def _to_draft(self, obj: Model) -> HttpResponse:
        anchor = f"s{obj.pk}" if isinstance(obj, Section) else f"q{obj.pk}"
        return redirect_to_draft(self.version_of(obj).pk, anchor)

    def response_add(self, request: HttpRequest, obj: Model, *args: Any, **kwargs: Any) -> Any:
        return self._to_draft(obj)

    def response_change(self, request: HttpRequest, obj: Model) -> Any:
        return self._to_draft(obj)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        request.draft = self.version_of(obj).pk  # type: ignore[attr-defined]
        super().delete_model(request, obj)

    def response_delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return redirect("admin:surveys_draft", request.draft)  # type: ignore[attr-defined]


def _number(request: HttpRequest, name: str) -> int:
    return whole_of(request.GET.get(name, "")) or 0


@admin.register(Section)
class SectionAdmin(PartAdmin):
    partitive = pgettext_lazy("partitive", "section of a questionnaire")
    form = PartForm
    fieldsets = (
        (None, {"fields": (in_languages("title"), in_languages("help"))}),
        (gettext_lazy("What comes of the answers"), {"fields": ("becomes",)}),
    )

    def version_of(self, obj: Section) -> Version:
        return obj.version

    def version_of_new(self, request: HttpRequest) -> Version:
        return self.parent_of(request)

    def parent_of(self, request: HttpRequest) -> Version:
        rows = Version.objects.editable_by(request.user)
        found = rows.filter(pk=_number(request, "version")).first()
        if found is None:
            raise PermissionDenied
        return found

    def save_model(self, request: HttpRequest, obj: Section, form: ModelForm, change: bool) -> None:
        if not change:
            obj.version = self.parent_of(request)
            obj.key = free_key(obj.title_fi, obj.version.sections.values_list("key", flat=True))
            obj.position = obj.version.sections.count() + 1
        super().save_model(request, obj, form, change)


class QuestionForm(PartForm):
    """`shown_if_keys` offers the answers of the question that was chosen before."""

    shown_if_keys = forms.MultipleChoiceField(
        label=gettext_lazy("Shown by these answers"), required=False
    )
    fills = forms.ChoiceField(
        label=gettext_lazy("Field of the record"), required=False,
        help_text=gettext_lazy("What this answer says of the record that the section becomes."),
    )  # fmt: skip
    section_of_new: Section | None = None

    class Meta:
        help_texts = {
            "kind": gettext_lazy(
                "Several of several: any number of options. Table: the same options for many rows."
            ),
            "is_narrow": gettext_lazy(
                "For dual-use, money and the like: seen by who answered and by the coordinators."
            ),
            "scheme": gettext_lazy("Instead of options of your own: sectors, regions and others."),
            "shown_if": gettext_lazy(
                "Empty: always shown. Choose an earlier question and save; its answers appear here."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section = self.instance.section if self.instance.section_id else self.section_of_new
        if section is None or "shown_if" not in self.fields:
            return
        self.outline = Outline.of(section.version)
        earlier = self._earlier(section)
        self._offer_questions(earlier)
        self._offer_answers(earlier)
        self._offer_fields(section)

    def _earlier(self, section: Section) -> list[Question]:
        """Those before this one that have answers to choose."""
        found = []
        for question in self.outline.questions:
            if question.pk == self.instance.pk:
                break
            if not self.instance.pk and question.section.position > section.position:
                break
            if question.kind in BRANCHING:
                found.append(question)
        return found

    def _offer_questions(self, earlier: list[Question]) -> None:
        field: Any = self.fields["shown_if"]
        field.queryset = Question.objects.filter(pk__in=[each.pk for each in earlier])
        field.choices = [("", "---------"), *((each.pk, str(each.text)) for each in earlier)]

    def _offer_answers(self, earlier: list[Question]) -> None:
        chosen = self["shown_if"].value()
        parent = next((each for each in earlier if str(each.pk) == str(chosen)), None)
        field: Any = self.fields["shown_if_keys"]
        field.widget = TickList(field.label)
        field.choices = list(answer_labels(self.outline, parent).items()) if parent else []
        if parent is None:
            field.widget = forms.MultipleHiddenInput()

    def _offer_fields(self, section: Section) -> None:
        names = FILLABLE.get(section.becomes, ())  # type: ignore[call-overload]
        found = [(name, record_field(section.becomes, name)) for name in names]
        labels = [(name, capfirst(str(field.verbose_name))) for name, field in found if field]
        self.fields["fills"].choices = [("", "---------"), *labels]  # type: ignore[attr-defined]

    def clean_shown_if_keys(self) -> list[str]:
        chosen = self.cleaned_data["shown_if_keys"]
        return chosen if self.data.get("shown_if") else []


class OptionInline(ScopedTabularInline):
    model = Option
    fields = (*in_languages("text"), "position", "is_row")

    def get_extra(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> int:
        return MORE_OPTIONS


@admin.register(Question)
class QuestionAdmin(PartAdmin):
    partitive = pgettext_lazy("partitive", "question")
    form = QuestionForm
    inlines = (OptionInline,)
    fieldsets = (
        (None, {"fields": (in_languages("text"), in_languages("help"), "kind", "is_required")}),
        (gettext_lazy("Text and number"), {
            "fields": ("is_long", ("minimum", "maximum", "unit")),
        }),
        (gettext_lazy("Scale"), {
            "fields": ("steps", in_languages("low"), in_languages("high")),
        }),
        (gettext_lazy("Options from the vocabulary"), {"fields": ("scheme",)}),
        (gettext_lazy("Shown only after a certain answer"), {
            "fields": ("shown_if", "shown_if_keys"),
        }),
        (gettext_lazy("What comes of the answer"), {"fields": ("fills", "is_narrow")}),
    )  # fmt: skip

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> Any:
        """What this question does not need is folded."""
        kind = obj.kind if obj else ""
        is_open = (
            True, kind in TYPED, kind == Kind.SCALE, bool(obj and obj.scheme),
            bool(obj and obj.shown_if_id), bool(obj and (obj.section.becomes or obj.is_narrow)),
        )  # fmt: skip
        return [
            (name, {**options, "classes": [] if opened else ["collapse"]})
            for opened, (name, options) in zip(is_open, self.fieldsets, strict=True)
        ]

    def version_of(self, obj: Question) -> Version:
        return obj.section.version

    def version_of_new(self, request: HttpRequest) -> Version:
        return self.parent_of(request).version

    def parent_of(self, request: HttpRequest) -> Section:
        rows = Section.objects.editable_by(request.user).select_related("version__template")
        found = rows.filter(pk=_number(request, "section")).first()
        if found is None:
            raise PermissionDenied
        return found

    def get_form(
        self, request: HttpRequest, obj: Question | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Question]]:
        form = super().get_form(request, obj, change, **kwargs)
        if "shown_if" in form.base_fields:  # chosen here, made on the page of the draft
            wrapped = form.base_fields["shown_if"].widget
            for act in ("add", "change", "delete", "view"):
                setattr(wrapped, f"can_{act}_related", False)
        if obj is None and issubclass(form, QuestionForm):
            form.section_of_new = self.parent_of(request)
        return form

    def save_model(
        self, request: HttpRequest, obj: Question, form: ModelForm, change: bool
    ) -> None:
        if not change:
            obj.section = self.parent_of(request)
            asked = Question.objects.filter(section__version=obj.section.version)
            obj.key = free_key(obj.text_fi, asked.values_list("key", flat=True))
            obj.position = obj.section.questions.count() + 1
        super().save_model(request, obj, form, change)

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: forms.BaseModelFormSet, change: bool
    ) -> None:
        """An option gets its key from its words, once; a new one comes last."""
        question = form.instance
        for row in formset.save(commit=False):
            taken = question.options.filter(is_row=row.is_row).exclude(pk=row.pk)
            if not row.pk:
                row.key = free_key(row.text_fi, taken.values_list("key", flat=True))
                row.position = max(row.position, taken.count() + 1)
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()

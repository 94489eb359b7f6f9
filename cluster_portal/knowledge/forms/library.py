"""Adding a document to the library, its next version, its facts."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.files import FilesField
from cluster_portal.core.narrowing import Narrowing
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Term
from cluster_portal.knowledge.models.library import Kind
from cluster_portal.knowledge.services.library import bodies_of, may_publish
from cluster_portal.knowledge.services.writing import may_write, may_write_alone
from members.forms.members import LineField
from members.matching import NAMED
from members.models import Organisation
from members.services.needs import organisations_of
from projects.forms.challenges import keep_present, prose
from projects.forms.documents import FILE_HELP
from projects.forms.results import READERS
from projects.services.documents import Sent

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from cluster_portal.knowledge.models import LibraryDocument

TEXTS = ("title_fi", "summary_fi", "title_sv", "summary_sv", "title_en", "summary_en")


OF_BODY = (Visibility.GROUP.value, _("The body’s members only"))


class FactsForm(Narrowing):
    """What a document is and who reads it."""

    title_fi = LineField(label=_("Title of the document"), min_length=3, max_length=150)
    summary_fi = prose(2, label=_("What is it for?"), required=False, max_length=600)
    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind, widget=forms.RadioSelect)
    visibility = forms.ChoiceField(
        label=_("Who may read it?"), choices=READERS, widget=forms.RadioSelect
    )
    terms = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=Term.objects.filter(scheme__in=NAMED), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By these those who follow a theme hear of it."),
    )  # fmt: skip
    title_sv = LineField(label=_("Heading in Swedish"), required=False, max_length=150)
    summary_sv = prose(2, label=_("The same in Swedish"), required=False, max_length=600)
    title_en = LineField(label=_("Heading in English"), required=False, max_length=150)
    summary_en = prose(2, label=_("The same in English"), required=False, max_length=600)

    def __init__(
        self, *args: Any, user: Reader, document: LibraryDocument | None = None, **kwargs: Any
    ) -> None:
        if document is not None:
            names = (*TEXTS, "kind", "visibility")
            kwargs["initial"] = {name: getattr(document, name) for name in names} | {
                "terms": [term.pk for term in document.terms.all()]
            }
        else:
            kwargs.setdefault(
                "initial",
                {"form_key": uuid.uuid4(), "kind": Kind.GUIDE, "visibility": Visibility.MEMBERS},
            )
        super().__init__(*args, **kwargs)
        readers: Any = self.fields["visibility"]
        if not may_publish(user):
            readers.choices = [row for row in READERS if row[0] != Visibility.PUBLIC]
        if document is not None and document.body_id is not None:
            readers.choices = [*readers.choices, OF_BODY]
        if document is not None:
            keep_present(readers, document.visibility)

    @property
    def values(self) -> dict[str, Any]:
        left_out = {"file", "form_key"}
        return {name: each for name, each in self.cleaned_data.items() if name not in left_out}


class AddForm(FactsForm):
    organisation = forms.ModelChoiceField(
        label=_("Whose document is it?"), queryset=Organisation.objects.none()
    )
    body: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Or is it a document of a body?"), queryset=None, required=False,
        empty_label=_("No, of no body"),
        help_text=_("Then it stands on the body’s page, and no organisation is told as its owner."),
    )  # fmt: skip
    file = FilesField(limit=1, label=_("File"), help_text=FILE_HELP)
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["organisation", "body", "title_fi", "file"]

    def __init__(self, *args: Any, user: Reader, begun: str = "", **kwargs: Any) -> None:
        """`begun` is the address of the body from whose page the reader came."""
        super().__init__(*args, user=user, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations_of(user).order_by("sort_name", "pk")
        if may_write_alone(user):
            field.required, field.empty_label = False, _("My own, or the cluster’s")
        self._offer_bodies(user, begun)

    def _offer_bodies(self, user: Reader, begun: str) -> None:
        """Who sits in none is not asked; for who has nothing else it is one of them."""
        bodies, fields = bodies_of(user), dict[str, Any](self.fields)
        if not bodies.exists():
            del self.fields["body"]
            return
        field, owner, readers = (fields[name] for name in ("body", "organisation", "visibility"))
        field.queryset = bodies
        if body := bodies.filter(slug=begun).first() if begun else None:
            self.initial = {**self.initial, "body": body.pk, "visibility": Visibility.GROUP}
        readers.choices = [*readers.choices, OF_BODY]
        if owner.required:
            owner.required, owner.empty_label = False, _("Choose, or choose a body below")
        if not may_write(user):
            del self.fields["organisation"]
            field.required, field.label, field.help_text = True, _("Of which body?"), ""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("visibility") == Visibility.GROUP and not given.get("body"):
            self.add_error("visibility", _("Choose the body whose members read it."))
        if given.get("body") and given.get("organisation"):
            self.add_error("organisation", _("Choose the organisation or the body, not both."))
        return given

    @property
    def sent(self) -> Sent:
        return Sent(self.cleaned_data["file"][0], self.cleaned_data["form_key"])

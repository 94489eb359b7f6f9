"""Writing an article in steps."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.files import FilesField
from cluster_portal.core.files.pictures import PictureField
from cluster_portal.core.narrowing import Narrowing
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.knowledge.models.article_parts import MAX_ENTRIES, Licence
from cluster_portal.knowledge.models.articles import LONGEST_TEXT, Kind
from cluster_portal.knowledge.services.writing import may_write_alone, own_clusters
from members.forms.members import LineField
from members.matching import NAMED
from members.models import Cluster, Organisation
from members.models.kinds import Sector
from members.services.needs import organisations_of
from projects.forms.challenges import ask_for, keep_present, prose
from projects.forms.results import READERS

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from cluster_portal.knowledge.models import Article

EMPTY_ENTRIES = 3


class TextForm(forms.Form):
    """The first step, from which the draft is made."""

    organisation = forms.ModelChoiceField(
        label=_("In whose name do you write?"), queryset=Organisation.objects.none()
    )
    home_cluster = forms.ModelChoiceField(
        label=_("In which cluster’s name?"), queryset=Cluster.objects.none(), required=False,
        help_text=_("Where you do not write for an organisation."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind, widget=forms.RadioSelect)
    title_fi = LineField(
        label=_("Heading"), min_length=5, max_length=160,
        help_text=_("Say what is new. In an argument, the heading is the claim."),
    )  # fmt: skip
    summary_fi = prose(
        3, label=_("In two sentences"), required=False, max_length=400,
        help_text=_("What it is about and for whom. In an argument, the grounds in short."),
    )  # fmt: skip
    body_fi = prose(
        14, label=_("Text"), required=False, max_length=LONGEST_TEXT,
        help_text=_(
            "An empty line begins a paragraph, ## a heading, a hyphen a line of a list. "
            "A reading list and a recording need no text."
        ),
    )  # fmt: skip
    shows_author = forms.BooleanField(
        label=_("My name is shown with the article"), required=False, initial=True
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Reader, article: Article | None = None, **kw: Any) -> None:
        names = ("kind", "title_fi", "summary_fi", "body_fi", "shows_author")
        kw["initial"] = (
            {name: getattr(article, name) for name in names}
            if article
            else {"form_key": uuid.uuid4(), "kind": Kind.NEWS, "shows_author": True}
        )
        super().__init__(*args, **kw)
        for name in ("summary_fi", "body_fi"):
            ask_for(self.fields[name])
        if article is not None:
            for name in ("organisation", "home_cluster", "form_key"):
                del self.fields[name]
            if article.author_id != user.pk:  # whose name it is decides
                del self.fields["shows_author"]
        else:
            self._offer_owners(self.fields["organisation"], user)
            self._offer_clusters(user)

    def _offer_owners(self, field: Any, user: Reader) -> None:
        field.queryset = organisations_of(user).order_by("sort_name", "pk")
        if may_write_alone(user):
            field.required, field.empty_label = False, _("My own, or the cluster’s")
            return
        offered = list(field.queryset[:2])
        if len(offered) == 1:
            field.empty_label, field.initial = None, offered[0].pk

    def _offer_clusters(self, user: Reader) -> None:
        """Only who coordinates several has to say which."""
        field: Any = self.fields["home_cluster"]
        field.queryset = own_clusters(user)
        if len(field.queryset) < 2:
            del self.fields["home_cluster"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        is_open = "home_cluster" in self.fields and "home_cluster" not in self.errors
        if is_open and not values.get("organisation") and not values.get("home_cluster"):
            self.add_error("home_cluster", _("Choose the cluster in whose name you write."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class LanguagesForm(forms.Form):
    """The other languages beside the Finnish text; what is empty is told as missing."""

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        names = [f"{stem}_{code}" for code in ("sv", "en") for stem in ("title", "summary", "body")]
        kwargs["initial"] = {name: getattr(article, name) for name in names}
        super().__init__(*args, **kwargs)
        labels = {
            "sv": (_("Heading in Swedish"), _("In two sentences in Swedish"), _("Text in Swedish")),
            "en": (_("Heading in English"), _("In two sentences in English"), _("Text in English")),
        }
        for code, (title, summary, body) in labels.items():
            self.fields[f"title_{code}"] = LineField(label=title, required=False, max_length=160)
            self.fields[f"summary_{code}"] = prose(3, label=summary, required=False, max_length=400)
            self.fields[f"body_{code}"] = prose(
                10, label=body, required=False, max_length=LONGEST_TEXT
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for code in ("sv", "en"):
            told = values.get(f"summary_{code}") or values.get(f"body_{code}")
            if told and not values.get(f"title_{code}") and f"title_{code}" not in self.errors:
                self.add_error(f"title_{code}", _("The text needs a heading in its language."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class PictureForm(forms.Form):
    """One picture at a time: without words and licence it is not taken."""

    picture = PictureField(
        label=_("Picture"), is_square=False, required=False,
        help_text=_("PNG, JPEG or WebP, at most 2 MB. Place and time are removed from it."),
    )  # fmt: skip
    alt_fi = LineField(
        label=_("What does the picture show?"), max_length=250, required=False,
        help_text=_("In one sentence, for those who do not see it."),
    )  # fmt: skip
    alt_sv = LineField(label=_("The same in Swedish"), max_length=250, required=False)
    alt_en = LineField(label=_("The same in English"), max_length=250, required=False)
    licence = forms.ChoiceField(
        label=_("Licence"), choices=[("", "–"), *Licence.choices], required=False
    )
    credit = LineField(
        label=_("Who made it?"), max_length=150, required=False,
        help_text=_("The name that is shown with the picture."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        told = [name for name in ("alt_fi", "licence", "credit") if values.get(name)]
        if values.get("picture"):
            for name in ("alt_fi", "licence", "credit"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Every picture needs this."))
        elif told and "picture" not in self.errors:
            self.add_error("picture", _("Choose the picture."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        """Nothing where no picture was chosen."""
        values = dict(self.cleaned_data)
        return {"picture": values} if values.get("picture") else {}


class SourcesForm(forms.Form):
    """The recording's address, what to read or the evidence in order, files."""

    link = forms.URLField(
        label=_("Link"), required=False, max_length=500, validators=[WEB],
        assume_scheme="https",
        help_text=_("Where the recording or the whole publication is."),
    )  # fmt: skip
    uploads = FilesField(
        label=_("Files"), required=False,
        help_text=_("At most three at a time. Their content is checked."),
    )  # fmt: skip

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        rows = list(article.entries.all())
        self.count = min(MAX_ENTRIES, len(rows) + EMPTY_ENTRIES)
        kwargs["initial"] = {"link": article.link}
        super().__init__(*args, **kwargs)
        plain = dict(self.fields)
        self.fields.clear()
        self.fields["link"] = plain.pop("link")
        for number in range(1, self.count + 1):
            self._add_entry(number, rows[number - 1] if number <= len(rows) else None)
        self.fields.update(plain)

    def _add_entry(self, number: int, row: Any) -> None:
        self.fields[f"title{number}"] = LineField(
            label=_("Entry %(number)s: title or source") % {"number": number}, max_length=200,
            required=False, initial=row.title if row else "",
            help_text=_("What to read, or where the evidence is from.") if number == 1 else "",
        )  # fmt: skip
        self.fields[f"url{number}"] = forms.URLField(
            label=_("Entry %(number)s: address") % {"number": number}, max_length=500,
            required=False, validators=[WEB], assume_scheme="https",
            initial=row.url if row else "",
        )  # fmt: skip
        self.fields[f"text{number}"] = prose(
            2, label=_("Entry %(number)s: what it says, or why to read it") % {"number": number},
            required=False, max_length=600, initial=row.text if row else "",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for number in range(1, self.count + 1):
            told = values.get(f"url{number}") or values.get(f"text{number}")
            if told and not values.get(f"title{number}") and f"title{number}" not in self.errors:
                self.add_error(f"title{number}", ValidationError(_("Name the source.")))
        return values

    @property
    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        entries = [
            tuple(values.pop(f"{name}{number}") for name in ("title", "url", "text"))
            for number in range(1, self.count + 1)
        ]
        return {**values, "entries": [entry for entry in entries if entry[0]]}


class ReadersForm(Narrowing):
    """The last step: who reads it, whom it concerns; a coordinator sets the moment."""

    visibility = forms.ChoiceField(
        label=_("Who may read it?"), choices=READERS, widget=forms.RadioSelect
    )
    terms = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=Term.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By these those who need the article find it."),
    )  # fmt: skip
    sectors = forms.MultipleChoiceField(
        label=_("Which sectors does it concern?"), choices=Sector, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    region = forms.ModelChoiceField(
        label=_("Which region does it concern?"), queryset=Term.objects.none(), required=False,
        empty_label=_("The whole country"),
    )  # fmt: skip
    publish_at = forms.DateTimeField(
        label=_("When is it published?"), required=False,
        help_text=_("Nothing is shown before this moment. Empty: at once."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    def __init__(self, *args: Any, article: Article, is_coordinator: bool, **kwargs: Any) -> None:
        names = ("visibility", "sectors", "region", "publish_at")
        chosen = [term.pk for term in article.terms.all()]
        kwargs["initial"] = {name: getattr(article, name) for name in names} | {"terms": chosen}
        super().__init__(*args, **kwargs)
        keep_present(self.fields["visibility"], article.visibility)
        if not is_coordinator or article.is_out:
            del self.fields["publish_at"]
        field: Any = self.fields["terms"]
        field.queryset = Term.objects.filter(scheme__in=NAMED)
        every = [term for scheme in NAMED for term in vocabulary.terms(scheme)]
        first = sorted(every, key=lambda term: term.pk not in chosen)
        field.choices = [(term.pk, term.label) for term in first]
        region: Any = self.fields["region"]
        region.queryset = Term.objects.filter(scheme=Scheme.REGION)

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

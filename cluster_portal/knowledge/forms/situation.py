"""Forms of the regional situation: a figure, the figures of a survey, a review, an evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.numbers import decimal_of
from cluster_portal.core.vocabulary import Term
from cluster_portal.knowledge.models import Evaluation, Indicator, periods
from cluster_portal.knowledge.models.evaluations import Verdict
from cluster_portal.knowledge.models.reviews import Level, Trend, themes
from cluster_portal.knowledge.models.situation import regions_measured_by
from cluster_portal.knowledge.services.measuring import Figure, example
from members.forms.members import LineField
from members.models import Cluster
from projects.forms.challenges import prose
from projects.models import Pilot

if TYPE_CHECKING:
    import datetime
    from decimal import Decimal

    from cluster_portal.core.visibility import Reader
    from cluster_portal.knowledge.models import SituationReview

LANGUAGE_NAMES = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}


class PeriodField(LineField):
    """A period of the indicator, as the first day of it."""

    def __init__(self, *args: Any, interval: str, **kwargs: Any) -> None:
        super().__init__(*args, max_length=20, **kwargs)
        self.interval = interval

    def clean(self, value: object) -> datetime.date:
        text = super().clean(value)
        day = periods.read(text, self.interval)
        if day is None:
            raise ValidationError(gettext("Write the period as in the example."))
        return day


class ValueField(LineField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=30, **kwargs)

    def clean(self, value: object) -> Decimal:
        number = decimal_of(super().clean(value))
        if number is None:
            raise ValidationError(gettext("Write a number, for example 4,9."))
        return number


class MeasurementForm(forms.Form):
    region = forms.ModelChoiceField(label=_("Region"), queryset=Term.objects.none())
    value = ValueField(label=_("Value"))
    note = LineField(
        label=_("Note"), required=False, max_length=200,
        help_text=_("What a reader should know of this figure."),
    )  # fmt: skip
    reason = LineField(
        label=_("Why does the figure change?"), required=False, max_length=300,
        help_text=_("Only when a figure of the period exists. The correction is told on the page."),
    )  # fmt: skip

    def __init__(self, *args: Any, indicator: Indicator, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions_measured_by(indicator, user)
        offered = list(region.queryset[:2])
        if len(offered) == 1:
            region.empty_label, region.initial = None, offered[0].pk
        value = self.fields["value"]
        value.help_text = gettext("In the unit: %(unit)s") % {"unit": indicator.unit}
        shown = {"example": example(indicator)}
        period = PeriodField(
            label=_("Period"), interval=indicator.interval,
            help_text=gettext("For example %(example)s") % shown,
        )  # fmt: skip
        fields = dict(self.fields)
        self.fields.clear()
        self.fields["region"] = fields.pop("region")
        self.fields["period"] = period
        self.fields.update(fields)

    @property
    def figure(self) -> Figure:
        values = self.cleaned_data
        return Figure(
            values["region"], values["period"], values["value"], values["note"], values["reason"]
        )


class SurveyFigureForm(forms.Form):
    """Which published question becomes figures of which period."""

    question = forms.ChoiceField(label=_("Published question"), widget=forms.RadioSelect)
    reason = LineField(
        label=_("Why do earlier figures change?"), required=False, max_length=300,
        help_text=_("Only when figures of the period exist."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, indicator: Indicator, choices: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        question: Any = self.fields["question"]
        question.choices = choices
        shown = {"example": example(indicator)}
        self.fields["period"] = PeriodField(
            label=_("Period"), interval=indicator.interval,
            help_text=gettext("For example %(example)s") % shown,
        )  # fmt: skip


class ReviewForm(forms.Form):
    """The texts in three languages, then the four themes."""

    def __init__(self, *args: Any, review: SituationReview, **kwargs: Any) -> None:
        assessed = {each.theme_id: each for each in review.assessments.all()}
        super().__init__(*args, **kwargs)
        for code, language in LANGUAGE_NAMES.items():
            self.fields[f"lead_{code}"] = prose(
                2, label=gettext("In one sentence, %(language)s") % {"language": language},
                required=False, max_length=300, initial=getattr(review, f"lead_{code}"),
            )  # fmt: skip
            self.fields[f"meaning_{code}"] = prose(
                5, label=gettext("What it means, %(language)s") % {"language": language},
                required=False, max_length=3000, initial=getattr(review, f"meaning_{code}"),
            )  # fmt: skip
        self.themes = themes()
        for theme in self.themes:
            self._add_theme(theme, assessed.get(theme.pk))

    def _add_theme(self, theme: Term, known: Any) -> None:
        name = {"theme": theme}
        self.fields[f"level_{theme.pk}"] = forms.ChoiceField(
            label=gettext("%(theme)s: how it stands") % name, required=False,
            choices=[("", gettext("Not assessed yet")), *Level.choices],
            initial=known.level if known else "",
        )  # fmt: skip
        self.fields[f"trend_{theme.pk}"] = forms.ChoiceField(
            label=gettext("%(theme)s: trend") % name, choices=Trend, required=False,
            initial=known.trend if known else Trend.SAME,
        )  # fmt: skip
        self.fields[f"forecast_{theme.pk}"] = forms.ChoiceField(
            label=gettext("%(theme)s: forecast for the next period") % name, choices=Level,
            required=False, initial=known.forecast if known else Level.YELLOW,
        )  # fmt: skip
        for code, language in LANGUAGE_NAMES.items():
            self.fields[f"reasons_{code}_{theme.pk}"] = prose(
                3, required=False, max_length=600,
                label=gettext("%(theme)s: reasons, %(language)s") % {**name, "language": language},
                initial=getattr(known, f"reasons_{code}") if known else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for theme in self.themes:
            name = f"reasons_fi_{theme.pk}"
            if values.get(f"level_{theme.pk}") and not values.get(name) and name not in self.errors:
                self.add_error(name, gettext("Say in Finnish why it stands so."))
        return values

    @property
    def texts(self) -> dict[str, str]:
        names = [f"{stem}_{code}" for stem in ("lead", "meaning") for code in LANGUAGE_NAMES]
        return {name: self.cleaned_data[name] for name in names}

    @property
    def assessed(self) -> dict[int, dict[str, str] | None]:
        return {theme.pk: self._of(theme.pk) for theme in self.themes}

    def _of(self, pk: int) -> dict[str, str] | None:
        values = self.cleaned_data
        if not values[f"level_{pk}"]:
            return None
        plain = {name: values[f"{name}_{pk}"] for name in ("level", "trend", "forecast")}
        told = {f"reasons_{code}": values[f"reasons_{code}_{pk}"] for code in LANGUAGE_NAMES}
        return plain | told


class EvaluationForm(forms.ModelForm):
    class Meta:
        model = Evaluation
        fields = (
            "home_cluster", "title_fi", "began_on", "ended_on", "tried_fi", "told_fi", "verdict",
            "pilot", "indicators", "title_sv", "tried_sv", "told_sv", "title_en", "tried_en",
            "told_en",
        )  # fmt: skip
        widgets = {
            "began_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ended_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "indicators": forms.CheckboxSelectMultiple,
            "verdict": forms.RadioSelect,
        }

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["home_cluster"].queryset = Cluster.objects.managed_by(user)
        fields["pilot"].queryset = Pilot.objects.visible_to(user)
        fields["indicators"].queryset = Indicator.objects.visible_to(user).in_use()
        fields["verdict"].choices = Verdict.choices
        for name in ("tried_fi", "told_fi", "tried_sv", "told_sv", "tried_en", "told_en"):
            fields[name].widget.attrs["rows"] = 4

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

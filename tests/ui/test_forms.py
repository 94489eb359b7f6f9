import re
from datetime import date

import pytest
from django import forms
from django.template import Context, Template


class Example(forms.Form):
    name = forms.CharField(label="Name", help_text="As registered.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    day = forms.DateField(label="Day", widget=forms.DateInput, initial=date(2027, 3, 11))
    themes = forms.MultipleChoiceField(
        label="Themes", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    accepts = forms.BooleanField(label="I accept", help_text="You may withdraw.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def shown(form: forms.Form, component: str = "form_fields") -> str:
    template = Template(f'{{% include "components/{component}.html" %}}')
    return template.render(Context({"form": form}))


@pytest.fixture
def blank() -> str:
    return shown(Example())


@pytest.fixture
def refused() -> str:
    return shown(Example({"day": "x"}))


def test_label_help_and_control_belong_together(blank):
    assert '<label class="field__label" for="id_name">' in blank
    assert 'id="id_name_helptext"' in blank
    assert 'aria-describedby="id_name_helptext"' in blank


def test_only_optional_fields_are_marked(blank):
    assert blank.count("field__optional") == 1


def test_dates_get_the_browser_s_own_control(blank):
    assert 'type="date"' in blank
    assert 'value="2027-03-11"' in blank


def test_list_of_ticks_is_a_fieldset_with_a_legend(blank):
    assert re.search(r"<legend>\s*Themes", blank)
    assert 'for="id_themes_0"' in blank


def test_hidden_fields_have_no_label(blank):
    assert '<input type="hidden" name="token" id="id_token">' in blank
    assert 'for="id_token"' not in blank


def test_nothing_to_mend_is_not_announced(blank):
    assert 'role="alert"' not in blank


def test_summary_leads_to_each_faulty_field():
    summary = shown(Example({"day": "x"}), "form_errors")

    assert 'role="alert"' in summary
    anchors = re.findall(r'<a href="#([^"]+)"', summary)
    assert anchors == ["id_name", "id_day", "id_themes_0", "id_accepts"]


def test_fields_of_a_refused_form_leave_the_summary_to_the_page(refused):
    assert "error-summary" not in refused


def test_faulty_control_is_described_by_error_then_help(refused):
    assert 'aria-describedby="id_name_error id_name_helptext"' in refused
    assert 'aria-invalid="true"' in refused
    assert 'id="id_name_error"' in refused


def test_errors_of_the_whole_form_are_listed():
    form = Example({})
    form.add_error(None, "<b>Too late.")

    assert "<li>&lt;b&gt;Too late.</li>" in shown(form, "form_errors")

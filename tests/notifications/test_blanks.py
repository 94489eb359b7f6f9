"""Asked with blanks, every model's rule says word for word what it says of the reader herself."""

import re
from itertools import product

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import EmptyResultSet
from django.db.models import BigIntegerField, Func, Q

from cluster_portal.core.visibility import Audience, audience
from cluster_portal.notifications import blanks
from cluster_portal.notifications.blanks import GROUPS, NoForm, form_of, sorts_of
from theses.models import StudentProfile

EVERY = [model for model in apps.get_models() if hasattr(model._default_manager, "visible_to")]
THING = 7


def person(sorts):
    """Of these sorts, with ids of her own; in each group there are two."""
    made = get_user_model()(pk=4, is_active=sorts[0], is_superuser=sorts[1])
    some = zip(GROUPS, range(10, 50, 10), sorts[2:], strict=True)
    groups = {name: frozenset({n, n + 1} if is_some else ()) for name, n, is_some in some}
    made._audience = Audience(user_id=4, is_admin=sorts[1], **groups)
    return made


def in_words(sql, params):
    return re.sub("%s", lambda _place: str(next(params)), sql)


def of_herself(model, reader):
    try:
        rows = model.objects.visible_to(reader).filter(pk=THING).order_by().values("pk")
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return ""
    return in_words(sql, iter(params))


def filled_in(form, reader):
    words = in_words(form.condition, iter(form.params))
    for name in GROUPS:
        ids = ", ".join(map(str, getattr(audience(reader), name)))
        words = words.replace(f" = ANY (wanted.{name})", f" IN ({ids})")
    return words.replace("wanted.reader", str(reader.pk)).replace("wanted.thing", str(THING))


@pytest.mark.parametrize("sorts", list(product([True], *[[False, True]] * 5)))
def test_form_filled_in_is_the_rule_as_asked_of_the_reader(db, sorts):
    reader = person(sorts)

    for model in EVERY:
        try:
            form = form_of(model, sorts_of(reader))
        except NoForm:
            assert model is StudentProfile  # whether she supervises is asked meanwhile
        else:
            assert filled_in(form, reader) == of_herself(model, reader), model


def test_closed_account_has_a_form_of_its_own(db):
    closed = person((False, *[False] * 5))

    for model in EVERY:
        form = form_of(model, sorts_of(closed))
        assert filled_in(form, closed) == of_herself(model, closed), model


class Asking:
    """A model whose rule is the test's."""

    def __init__(self, rule):
        self.objects = self
        self.visible_to = lambda reader: rule(audience(reader))


def rows(**conditions):
    return get_user_model().objects.filter(**conditions)


@pytest.mark.parametrize(
    "rule",
    [
        lambda known: rows(is_staff=3 in known.edits),
        lambda known: rows(pk__in=known.organisations - known.edits),
        lambda known: rows(pk__in=known.organisations | known.edits),
        lambda known: rows(is_staff=known.edits <= known.organisations),
        lambda known: rows(is_staff=known.edits == known.organisations),
        lambda known: rows(is_staff=known.edits != {3}),
        lambda known: rows(is_staff=len(known.edits) == 1),
        lambda known: rows(pk__in=list(rows(pk=known.user_id))),
        lambda known: rows(is_staff=rows(pk=known.user_id).exists()),
        lambda known: rows(pk=next(iter(known.edits))),
        lambda known: rows(email=f"{known.user_id}@example.org"),
        lambda known: rows(pk=Func(template=str(known.user_id), output_field=BigIntegerField())),
    ],
)
def test_rule_that_looks_closer_has_no_form(db, rule):
    reader = person((True, False, True, True, True, True))

    with pytest.raises(NoForm):
        form_of(Asking(rule), sorts_of(reader))


def test_rule_with_a_percent_sign_and_values_of_its_own_keeps_them(db):
    def rule(known):
        percent = rows().extra(where=["email LIKE '%%@example.org'"])
        return percent.filter(Q(pk=known.user_id) | Q(first_name="%s", pk__in=known.edits))

    form = form_of(Asking(rule), sorts_of(person((True, False, False, False, False, True))))

    assert form.params == ("%s",)
    assert "'%%@example.org'" in form.condition
    assert "ANY (wanted.edits)" in form.condition


def test_marks_fit_a_key_and_are_none():
    assert blanks.THING.bit_length() <= 63
    assert min(blanks.READER, blanks.THING, *blanks.MARKS) > 2**62

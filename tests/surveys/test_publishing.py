"""Publishing: once, fixed tables, and an attacker with everything that was published."""

import datetime
import itertools
import json

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.surveys.disclosure import FEWEST
from cluster_portal.surveys.models import PublishedTable, Response, Round
from cluster_portal.surveys.questionnaire import Questionnaire
from cluster_portal.surveys.services.publishing import publish, tables
from tests import factories
from tests.surveys import factories as make
from tests.theses.test_races import at_once

ASKED = {
    "maturity": [
        {"key": "level", "kind": "scale", "steps": 5},
        {"key": "plan", "kind": "choice", "options": ["yes", "no", "soon"]},
        {"key": "tested", "kind": "scale", "steps": 5, "shown_if": ("plan", ["yes"])},
        {"key": "soon", "kind": "scale", "steps": 5, "shown_if": ("plan", ["soon"])},
        {"key": "risks", "kind": "many", "options": ["power", "cyber", "staff"]},
        {"key": "claims", "kind": "matrix", "options": ["no", "some", "yes"], "rows": ["a", "b"]},
        {"key": "people", "kind": "number", "minimum": 0},
        {"key": "share", "kind": "number", "minimum": 0, "maximum": 100},
        {"key": "cost", "kind": "money"},
        {"key": "drill", "kind": "date"},
        {"key": "dual", "kind": "choice", "options": ["yes", "no"], "is_narrow": True},
        {"key": "words", "kind": "text"},
    ]
}


def answered(in_round, answers, **values):
    """An answer of each of these, of an organisation of its own unless told otherwise."""
    values = {"stage": "checked", "sector": "business", "region": "06", **values}
    return [make.response(in_round, answers=each, **values) for each in answers]


@pytest.fixture
def closed(home_cluster):
    version = make.version(ASKED)
    return make.survey_round(home_cluster, stage="closed", version=version)


def told(in_round):
    return {(row.question_key, row.dimension): row.table for row in tables(in_round)}


def columns(table, row=""):
    part = next(each for each in table["parts"] if each["row"] == row)
    return list(zip(part["columns"], part["counts"], strict=True))


def keys(*names, **more):
    return {"keys": list(names), **more}


def classed(start, end, count):
    return {"from": start, "to": end}, count


def test_scale_is_told_with_neighbours_merged(closed):
    answered(closed, [{"level": n} for n in [1] * 3 + [2] * 5 + [4] * 6 + [5] * 5])

    table = told(closed)["level", "all"]

    assert table["answered"] == 19
    assert columns(table) == [
        (keys("1", "2"), 8), (keys("3"), 0), (keys("4"), 6), (keys("5"), 5)
    ]  # fmt: skip


def test_only_answers_that_were_sent_count(closed):
    answered(closed, [{"level": n} for n in [1] * 5 + [5] * 5])
    answered(closed, [{"level": 3}] * 9, stage="invited")

    assert told(closed)["level", "all"]["answered"] == 10


def test_few_answers_are_not_counted_aloud(closed):
    answered(closed, [{"level": 3}] * 4)

    assert told(closed)["level", "all"] == {"answered": None, "parts": []}


def test_each_option_of_many_is_told_where_enough_chose_it_and_enough_did_not(closed):
    answered(closed, [{"risks": ["power", "cyber"]}] * 6 + [{"risks": ["power"]}] * 4 + [{}] * 6)

    table = told(closed)["risks", "all"]

    assert {part["row"]: part["counts"] for part in table["parts"]} == {
        "power": [10, 6], "cyber": [6, 10]
    }  # fmt: skip


def test_rows_of_a_table_are_told_one_by_one(closed):
    rows = [{"claims": {"a": "no", "b": "yes"}}] * 6 + [{"claims": {"a": "yes", "b": "yes"}}] * 6
    answered(closed, rows)

    table = told(closed)["claims", "all"]

    assert [part["row"] for part in table["parts"]] == ["a"]  # of b all have said the same


def test_numbers_are_told_in_classes(closed):
    answered(closed, [{"people": str(n)} for n in [3] * 5 + [12] * 6 + [700] * 5])

    assert columns(told(closed)["people", "all"]) == [
        classed(None, "2", 0), classed("2", "5", 5), classed("5", "10", 0),
        classed("10", "20", 6), classed("20", "500", 0), classed("500", "1000", 5),
        classed("1000", None, 0),
    ]  # fmt: skip


def test_where_classes_end_does_not_tell_where_somebody_is(closed):
    """Fewer than five are told with a whole block of fixed classes, wherever in it they are."""
    found = []
    for somebody in (500, 999, 1500, 1999):
        Response.objects.filter(round=closed).delete()
        answered(closed, [{"people": str(n)} for n in [3] * 6 + [120] * 6 + [somebody]])
        found.append(columns(told(closed)["people", "all"]))

    assert all(each == found[0] for each in found)
    assert classed("100", "2000", 7) in found[0]


def test_numbers_between_limits_have_even_classes(closed):
    answered(closed, [{"share": str(n)} for n in [3] * 5 + [35] * 6 + [100] * 5])

    assert columns(told(closed)["share", "all"]) == [
        classed(None, "10", 5), classed("10", "30", 0), classed("30", "40", 6),
        classed("40", "90", 0), classed("90", None, 5),
    ]  # fmt: skip


def test_money_is_told_in_classes_of_euros(closed):
    answered(closed, [{"cost": cents} for cents in [900_00] * 5 + [90_000_00] * 5])

    assert columns(told(closed)["cost", "all"]) == [
        classed(None, "500", 0), classed("500", "1000", 5), classed("1000", "50000", 0),
        classed("50000", "100000", 5), classed("100000", None, 0),
    ]  # fmt: skip


def test_days_are_told_by_year(closed):
    answered(closed, [{"drill": day} for day in ["2024-03-31"] * 5 + ["2026-01-01"] * 5])

    assert columns(told(closed)["drill", "all"]) == [
        classed(None, "2024", 0), classed("2024", "2025", 5), classed("2025", "2026", 0),
        classed("2026", "2027", 5), classed("2027", None, 0),
    ]  # fmt: skip


def test_few_far_from_the_others_are_told_with_those_next_to_their_block(closed):
    days = ["1987-03-31"] * 2 + ["2003-05-01"] * 7 + ["2024-01-01"] * 6
    answered(closed, [{"drill": day} for day in days])

    assert columns(told(closed)["drill", "all"]) == [
        classed(None, "2010", 9), classed("2010", "2024", 0), classed("2024", "2025", 6),
        classed("2025", None, 0),
    ]  # fmt: skip


def test_years_of_few_are_told_in_fives(closed):
    days = ["2016-03-31"] * 5 + ["2021-01-01"] * 4 + ["2024-01-01"] * 3
    answered(closed, [{"drill": day} for day in days])

    assert columns(told(closed)["drill", "all"]) == [
        classed(None, "2016", 0), classed("2016", "2017", 5), classed("2017", "2020", 0),
        classed("2020", "2025", 7), classed("2025", None, 0),
    ]  # fmt: skip


def test_texts_and_narrow_questions_have_no_table(closed):
    answered(closed, [{"dual": "yes", "words": "salaisuus"}] * 20)

    assert {key for key, _dimension in told(closed)} & {"dual", "words"} == set()


def test_follow_up_question_is_told_of_those_who_were_asked(closed):
    yes = [{"plan": "yes", "tested": n} for n in [1] * 6 + [5] * 6]
    answered(closed, [*yes, *[{"plan": "no"}] * 7])

    assert columns(told(closed)["tested", "all"]) == [
        (keys("1"), 6), (keys("2"), 0), (keys("3"), 0), (keys("4"), 0), (keys("5"), 6)
    ]  # fmt: skip


def test_follow_up_question_does_not_tell_a_merged_column_apart(closed):
    """3 have said no and 10 soon, which are told as 13: those asked would tell the 10."""
    soon = [{"plan": "soon", "soon": n} for n in [1] * 5 + [5] * 5]
    answered(closed, [*[{"plan": "yes"}] * 12, *[{"plan": "no"}] * 3, *soon])

    found = told(closed)

    assert columns(found["plan", "all"]) == [(keys("yes"), 12), (keys("no", "soon"), 13)]
    assert found["soon", "all"]["parts"] == []


def test_groups_have_a_table_of_their_own(closed):
    levels = [1] * 6 + [5] * 6
    answered(closed, [{"level": n} for n in levels])
    answered(closed, [{"level": n} for n in levels], sector="public")
    answered(closed, [{"level": n} for n in [1, 1, 5]], sector="third")

    part = told(closed)["level", "sector"]["parts"][0]

    assert [row["codes"] for row in part["rows"]] == [["public", "third"], ["business"]]


def publishable(in_round):
    answered(in_round, [{"level": n} for n in [1] * 6 + [5] * 6])


def test_publishing_stores_the_tables_and_is_recorded(closed, office):
    publishable(closed)
    expected = told(closed)

    publish(closed, by=office)

    closed.refresh_from_db()
    rows = PublishedTable.objects.filter(round=closed)
    assert closed.stage == "published"
    assert closed.tables_published_at is not None
    assert {(row.question_key, row.dimension): row.table for row in rows} == expected
    assert list(AuditEntry.objects.values_list("action", "actor")) == [("publish", office.pk)]


def test_second_press_is_refused(closed, office):
    publishable(closed)
    publish(closed, by=office)
    before = list(PublishedTable.objects.values_list("pk", flat=True))

    with pytest.raises(Refused):
        publish(closed, by=office)

    assert list(PublishedTable.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("stage", ["draft", "open"])
def test_round_that_takes_answers_is_not_published(home_cluster, office, stage):
    in_round = make.survey_round(home_cluster, stage=stage)

    with pytest.raises(Refused):
        publish(in_round, by=office)


@pytest.mark.parametrize("who", ["member", "lead", "other_office", "outsider"])
def test_only_the_rounds_coordinators_publish(closed, cast, who):
    publishable(closed)

    with pytest.raises(Refused):
        publish(closed, by=cast[who])

    assert not PublishedTable.objects.exists()


def test_what_was_published_stays_whatever_is_answered_later(closed, office):
    publishable(closed)
    publish(closed, by=office)
    Response.objects.update(answers={"level": 3})

    row = PublishedTable.objects.get(question_key="level", dimension="all")

    assert columns(row.table)[0] == (keys("1"), 6)
    for change in (row.delete, lambda: PublishedTable.objects.update(table={})):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_publish_once(closed, office):
    publishable(closed)

    results = at_once(*(lambda: publish(closed, by=office) for _ in range(3)))

    assert sum(isinstance(result, Refused) for result in results) == 2
    assert PublishedTable.objects.filter(question_key="level", dimension="all").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_presses_without_the_lock_run_into_each_other(closed, office, monkeypatch):
    publishable(closed)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_how: rows.all())

    results = at_once(*(lambda: publish(closed, by=office) for _ in range(6)))

    assert any(isinstance(result, IntegrityError) for result in results)


# --- two rounds ---


@pytest.fixture
def organisations(db):
    return [factories.organisation() for _ in range(20)]


def of(in_round, organisations):
    for number, organisation in enumerate(organisations):
        make.response(
            in_round, organisation=organisation, stage="checked",
            answers={"level": 1 if number % 2 else 5},
        )  # fmt: skip


def next_round(before):
    before.refresh_from_db()
    return make.survey_round(
        before.home_cluster, stage="closed", version=before.version, previous=before
    )


@pytest.mark.parametrize(
    ("who", "again"),
    [
        pytest.param((slice(0, 15), slice(0, 15)), 15, id="the same"),
        pytest.param((slice(0, 15), slice(5, 20)), 10, id="five came, five went"),
        pytest.param((slice(0, 15), slice(0, 16)), 15, id="one came, who is left out"),
        pytest.param((slice(0, 16), slice(0, 15)), None, id="one went"),
        pytest.param((slice(0, 10), slice(10, 20)), None, id="all are others"),
    ],
)
def test_rounds_are_compared_where_nobodys_answer_is_the_difference(
    closed, office, organisations, who, again
):
    of(closed, organisations[who[0]])
    publish(closed, by=office)
    now = next_round(closed)
    of(now, organisations[who[1]])

    table = told(now)["level", "all"]

    assert table.get("again") == again
    assert table.get("previous") == (closed.pk if again else None)


@pytest.fixture
def organisations_before(closed, office, organisations):
    of(closed, organisations[:12])
    publish(closed, by=office)
    return organisations


def test_few_newcomers_are_left_out_of_all_figures_until_they_are_five(
    organisations_before, office
):
    second = next_round(Round.objects.get())
    of(second, organisations_before[:15])
    table = told(second)["level", "all"]
    assert (table["answered"], table["again"], table["left_out"]) == (12, 12, True)
    assert sum(table["parts"][0]["counts"]) == 12

    publish(second, by=office)
    third = next_round(second)
    of(third, organisations_before[:16])
    assert told(third)["level", "all"]["answered"] == 12, "four that no round has told of yet"

    of(third, organisations_before[16:17])
    table = told(third)["level", "all"]
    assert (table["answered"], table.get("left_out")) == (17, None)


def test_where_few_have_gone_common_questions_are_not_told_by_groups(closed, office, organisations):
    def answer(in_round, who):
        for number, each in enumerate(who):
            make.response(
                in_round, organisation=each, stage="checked",
                answers={"level": 1 + 4 * (number % 2)},
                sector="public" if number % 4 < 2 else "business",
            )  # fmt: skip

    more = [*organisations, *(factories.organisation() for _ in range(10))]
    answer(closed, more)
    assert ("level", "sector") in told(closed)
    publish(closed, by=office)
    same, fewer = next_round(closed), next_round(closed)
    answer(same, more)
    answer(fewer, more[:28])

    assert ("level", "sector") in told(same)
    assert ("level", "sector") not in told(fewer)
    assert told(fewer)["level", "all"]["few_gone"] is True


def test_of_interviews_only_what_was_confirmed_is_counted(home_cluster):
    talks = make.survey_round(
        home_cluster, stage="closed", mode="interviews", version=make.version(ASKED)
    )
    answered(talks, [{"level": n} for n in [1] * 5 + [5] * 5])
    answered(talks, [{"level": 3}] * 9, stage="answered")

    assert told(talks)["level", "all"]["answered"] == 10


def test_round_that_was_not_published_is_not_compared(closed, organisations):
    of(closed, organisations)
    now = next_round(closed)
    of(now, organisations)

    assert "previous" not in told(now)["level", "all"]


# --- an attacker with every table of a round ---


@st.composite
def answers(draw):
    chance = draw(st.randoms(use_true_random=False))
    rows = []
    for _ in range(draw(st.integers(10, 60))):
        plan = chance.choices(["yes", "no", "soon", None], [6, 3, 2, 1])[0]
        row = {
            "level": chance.choices([1, 2, 3, 4, 5, None], [5, 4, 3, 1, 2, 1])[0],
            "plan": plan,
            "tested": chance.choice([1, 2, 5, None]) if plan == "yes" else None,
            "soon": chance.choice([1, 5]) if plan == "soon" else None,
            "risks": [key for key in ("power", "cyber", "staff") if chance.random() < 0.4],
            "claims": {"a": chance.choice(["no", "yes"])},
            "people": str(chance.choice([0, 3, 12, 900])),
            "cost": chance.choice([100, 5_000_00, None]),
            "drill": chance.choice(["2024-01-31", "2026-05-01", None]),
            "dual": chance.choice(["yes", "no"]),
        }
        given_ = {key: value for key, value in row.items() if value not in (None, [])}
        rows.append((given_, chance.choice("abb"), chance.choice(["06", "06", "11"])))
    return rows


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(answers())
def test_everything_published_of_a_round_keeps_five(closed, rows):
    Response.objects.filter(round=closed).delete()
    Response.objects.bulk_create(
        Response(
            round=closed, stage="checked", answers=given_, sector=sector, region=region,
            answered_on=datetime.date(2026, 11, 1),
        )
        for given_, sector, region in rows
    )  # fmt: skip

    found = told(closed)

    for (key, _dimension), table in found.items():
        for part in table["parts"]:
            shown = [row["counts"] for row in part.get("rows", [])] or [part["counts"]]
            for counts in (*shown, [sum(column) for column in zip(*shown, strict=True)]):
                _no_small_rest(counts)
            whole = next(p for p in found[key, "all"]["parts"] if p["row"] == part["row"])
            assert sum(map(sum, shown)) == sum(whole["counts"])
    _follow_ups_tell_no_rest(found, len(rows))


def _no_small_rest(counts):
    """No sum of some of these and no rest of one is of fewer than five."""
    for length in range(1, len(counts) + 1):
        for some in itertools.combinations(counts, length):
            assert sum(some) == 0 or sum(some) >= FEWEST


def _follow_ups_tell_no_rest(found, total):
    """How many were asked is a number that the question before tells already."""
    if not found["tested", "all"]["parts"]:
        return
    asked = sum(found["tested", "all"]["parts"][0]["counts"])
    before = found["plan", "all"]["parts"][0]["counts"]
    sums = {sum(some) for n in range(len(before) + 1) for some in itertools.combinations(before, n)}
    assert asked in sums
    assert total - asked == 0 or total - asked >= FEWEST


def test_tables_hold_neither_names_nor_texts(closed, office, company):
    secret = {"words": "salaisuus", "dual": "yes", "level": 1}
    make.response(closed, organisation=company, stage="checked", answers=secret)
    publishable(closed)

    publish(closed, by=office)

    stored = json.dumps(list(PublishedTable.objects.values_list("table", flat=True)))
    assert "salaisuus" not in stored
    assert company.name not in stored


def test_questionnaire_is_read_with_few_statements(closed, django_assert_max_num_queries):
    publishable(closed)
    closed.refresh_from_db()

    with django_assert_max_num_queries(8):
        tables(closed)

    assert timezone.now() > closed.closed_at
    assert Questionnaire.of(closed.version).by_key["level"].steps == 5

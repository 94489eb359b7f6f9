import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluster_portal.core.errors import Refused
from projects.budget import (
    Basis,
    Cost,
    CostKind,
    CostModel,
    FundingKind,
    Rounding,
    Source,
    compute,
    faults,
    warnings,
)
from projects.models import CostLine
from projects.services.budgets import save_budget
from tests.projects import factories as make

SEED = (CostModel.FR40, Rounding.TRUNCATE, make.SEED_COSTS, make.SEED_SOURCES)
# The machine may be busy; a slow draw says nothing about the arithmetic.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
EUROS = st.integers(min_value=0, max_value=10**9)


def test_seed_comes_out_to_the_euro():
    result = compute(*SEED)

    assert result.flat == 129_619_00
    assert result.net == 453_668_00
    assert result.amounts == (362_934_00, 500_00, 90_234_00, 0, 0)


def test_seed_shares_come_out_to_the_hundredth_of_a_percent():
    result = compute(*SEED)

    assert result.shares == (80_00, 11, 19_89, 0, 0)
    assert sum(result.shares) == 100_00


def test_seed_has_no_faults():
    assert faults(*SEED) == []


def test_cents_are_kept_when_the_project_chose_them():
    result = compute(CostModel.FR40, Rounding.CENTS, make.SEED_COSTS, make.SEED_SOURCES)

    assert result.flat == 129_619_60
    assert result.amounts[0] == 362_934_88


@pytest.mark.parametrize(
    ("model", "kind", "flat"),
    [
        (CostModel.FR40, CostKind.STAFF, 400_00),
        (CostModel.FR7, CostKind.PURCHASES, 70_00),
        (CostModel.FR1_5, CostKind.INVESTMENT, 15_00),
        (CostModel.FR25, CostKind.OTHER, 250_00),
        (CostModel.FR25, CostKind.SUBCONTRACTING, 0),
        (CostModel.ACTUAL, CostKind.STAFF, 0),
        (CostModel.LUMP, CostKind.LUMP, 0),
    ],
)
def test_flat_rate_of_each_model(model, kind, flat):
    assert compute(model, Rounding.TRUNCATE, [Cost(kind, 1000_00)], []).flat == flat


@UNHURRIED
@given(
    staff=EUROS,
    fixed=st.lists(EUROS, max_size=5),
    percent=st.integers(min_value=0, max_value=100_00),
    rounding=st.sampled_from(Rounding.values),
)
def test_funding_always_adds_up_to_net_costs(staff, fixed, percent, rounding):
    sources = [Source(FundingKind.PRIVATE, Basis.AMOUNT, cents=euros * 100) for euros in fixed]
    sources.append(Source(FundingKind.EU_STATE, Basis.PERCENT, percent=percent))
    sources.append(Source(FundingKind.MUNICIPAL, Basis.REMAINDER))

    result = compute(CostModel.FR40, rounding, [Cost(CostKind.STAFF, staff * 100)], sources)

    assert result.funding == result.net
    if min(result.amounts) >= 0 and result.net > 0:
        assert sum(result.shares) == 100_00
        assert min(result.shares) >= 0


@UNHURRIED
@given(staff=EUROS, percent=st.integers(min_value=1, max_value=100_00))
def test_aid_never_exceeds_its_percentage(staff, percent):
    sources = [
        Source(FundingKind.EU_STATE, Basis.PERCENT, percent=percent),
        Source(FundingKind.OWN_MUNICIPAL, Basis.REMAINDER),
    ]

    costs = [Cost(CostKind.STAFF, staff * 100)]
    result = compute(CostModel.FR40, Rounding.TRUNCATE, costs, sources)

    assert result.amounts[0] * 100_00 <= result.net * percent


@pytest.mark.parametrize(
    ("costs", "sources", "word"),
    [
        ([Cost(CostKind.PURCHASES, 100)], [], "flat rate covers"),
        ([Cost(CostKind.STAFF, 1_50)], [], "whole euros"),
        ([Cost(CostKind.INCOME, 100_00)], [], "Income"),
        (
            [Cost(CostKind.STAFF, 100_00)],
            [Source(FundingKind.PRIVATE, Basis.AMOUNT, 1_00)],
            "add up",
        ),
        (
            [Cost(CostKind.STAFF, 100_00)],
            [
                Source(FundingKind.PRIVATE, Basis.AMOUNT, 500_00),
                Source(FundingKind.MUNICIPAL, Basis.REMAINDER),
            ],
            "exceed",
        ),
    ],
)
def test_impossible_budget_is_named(costs, sources, word):
    with override("en"):
        found = [str(one) for one in faults(CostModel.FR40, Rounding.TRUNCATE, costs, sources)]

    assert [fault for fault in found if word in fault]


def test_missing_own_contribution_is_a_warning():
    sources = [Source(FundingKind.PRIVATE, Basis.REMAINDER)]
    result = compute(CostModel.FR40, Rounding.TRUNCATE, make.SEED_COSTS, sources)

    assert len(warnings(sources, result)) == 1
    assert warnings(make.SEED_SOURCES, compute(*SEED)) == []


def test_saving_a_budget_that_does_not_add_up_changes_nothing(home_cluster):
    project = make.project(home_cluster)
    save_budget(project, make.seed_plan(), by=None)
    wrong = make.seed_plan(sources=[Source(FundingKind.PRIVATE, Basis.AMOUNT, 1_00)])

    with pytest.raises(Refused):
        save_budget(project, wrong, by=None)

    assert CostLine.objects.get().amount_cents == 324_049_00
    assert project.budget.sources.count() == 5

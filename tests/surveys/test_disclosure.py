"""An attacker reads everything that is published of generated rounds and subtracts."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_portal.surveys.disclosure import (
    FEWEST,
    Column,
    Group,
    Population,
    Respondent,
    Table,
    Variable,
    are_comparable,
    is_union,
    protected,
    shown_count,
)

SECTORS, REGIONS = "abcde", ("06", "11", "13", "")


def people(*sizes: tuple[str, str, int]) -> list[Respondent]:
    rows = [(sector, region) for sector, region, count in sizes for _ in range(count)]
    return [Respondent(sector, region, unit) for unit, (sector, region) in enumerate(rows)]


def values(*counts: int | tuple[int, int], missing: int = 0) -> list[int | None]:
    found = [value for value, count in enumerate(counts) for _ in range(int(count))]  # type: ignore[arg-type]
    return [*found, *[None] * missing]


def table(rows: Sequence[Respondent], variable: Variable) -> Table | None:
    return protected(variable, Population.of(rows))


# --- what is merged, by hand ---


def test_every_value_that_enough_have_given_is_told() -> None:
    found = table(people(("a", "06", 20)), Variable(values(5, 6, 9), 3))

    assert found == Table(((0,), (1,), (2,)), (5, 6, 9))


def test_a_value_of_few_joins_its_smaller_neighbour_on_a_scale() -> None:
    found = table(people(("a", "06", 30)), Variable(values(2, 9, 7, 12), 4, ordered=True))

    assert found == Table(((0, 1), (2,), (3,)), (11, 7, 12))


def test_options_that_few_have_chosen_become_others() -> None:
    found = table(people(("a", "06", 30)), Variable(values(2, 20, 4, 4), 4))

    assert found == Table(((0, 2, 3), (1,)), (10, 20))


def test_a_value_that_nobody_has_given_is_told_as_zero() -> None:
    found = table(people(("a", "06", 12)), Variable(values(6, 0, 6), 3))

    assert found == Table(((0,), (1,), (2,)), (6, 0, 6))


def test_few_who_did_not_answer_are_counted_in_the_largest_column() -> None:
    found = table(people(("a", "06", 20)), Variable(values(6, 12, missing=2), 2))

    assert found == Table(((0,), (1, 2)), (6, 14))


def test_many_who_did_not_answer_are_told() -> None:
    found = table(people(("a", "06", 20)), Variable(values(6, 9, missing=5), 2))

    assert found == Table(((0,), (1,), (2,)), (6, 9, 5))


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(values(40), id="all the same"),
        pytest.param(values(37, 3), id="few otherwise"),
        pytest.param(values(4, 4), id="too few in all"),
        pytest.param(values(30, missing=10), id="all who answered the same"),
        pytest.param(values(missing=10), id="nobody answered"),
        pytest.param([], id="nobody at all"),
    ],
)
def test_what_would_tell_everybodys_answer_is_not_published(given: list[int | None]) -> None:
    assert table(people(("a", "06", len(given))), Variable(given, 2)) is None


def test_small_sectors_are_merged() -> None:
    rows = people(("a", "06", 12), ("b", "06", 6), ("c", "06", 6))

    found = table(rows, Variable([0, 1] * 12, 2))

    assert found is not None
    assert found.sectors == {("a",): (6, 6), ("b", "c"): (6, 6)}


def test_a_sector_within_a_region_does_not_tell_the_rest_of_the_region() -> None:
    """Ten of sector a and one of b make the region: its table less that of a tells b's answer."""
    rows = people(("a", "06", 10), ("b", "06", 1), ("b", "11", 30))

    found = table(rows, Variable([*[0, 1] * 5, 1, *[0, 1] * 15], 2))

    assert found is not None
    assert not (found.sectors and found.regions)


def test_sizes_of_groups_of_two_questions_do_not_tell_of_those_between_them() -> None:
    """By sector one question would tell of 12, by region the other of these 12 and 3 more."""
    rows = people(("a", "06", 12), ("b", "06", 3), ("b", "11", 20))
    population = Population.of(rows)
    by_sector = protected(Variable([*[0, 1] * 6, *[0] * 12, *[1] * 11], 2), population)
    by_region = protected(
        Variable([*[0] * 10, *[1] * 2, *[1] * 3, *[0] * 10, *[1] * 10], 2), population
    )

    assert by_sector is not None
    assert by_region is not None
    assert not (by_sector.sectors and by_region.regions)
    assert by_sector.sectors or by_region.regions


def test_answers_of_one_organisation_count_once() -> None:
    rows = [Respondent("a", "06", "one company") for _ in range(8)]
    rows += people(("a", "06", 8))

    assert table(rows, Variable(values(8, 8), 2)) is None


def test_a_question_that_only_some_were_asked_is_told_of_them() -> None:
    asked = [*[True] * 12, *[False] * 8]
    rows = people(("a", "06", 10), ("b", "11", 10))

    found = table(rows, Variable([*[0, 1] * 6, *[None] * 8], 2, asked=asked))

    assert found == Table(((0,), (1,)), (6, 6))


def test_a_union_of_columns_is_known_anyway() -> None:
    shown = Table(((0,), (1, 2)), (10, 10))

    assert is_union({0}, shown)
    assert is_union({1, 2}, shown)
    assert not is_union({1}, shown)
    assert not is_union({0, 1}, shown)


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, None), (4, None), (5, 5), (62, 62)])
def test_few_respondents_are_not_counted_aloud(count: int, told: int | None) -> None:
    assert shown_count(count) == told


@pytest.mark.parametrize(
    ("now", "before", "is_told"),
    [
        (range(10), range(10), True),
        (range(4), range(4), False),
        (range(11), range(10), False),
        (range(10), range(11), False),
        (range(15), range(10), True),
        (range(10), range(14), False),
        (range(10), range(20, 30), False),
    ],
)
def test_a_change_is_told_where_it_cannot_be_that_of_one(
    now: range, before: range, is_told: bool
) -> None:
    assert are_comparable(now, before) is is_told


# --- the attacker ---


@dataclass(frozen=True)
class Round:
    people: list[Respondent]
    variables: list[Variable]

    def told(self) -> list[Table | None]:
        population = Population.of(self.people)
        return [protected(variable, population) for variable in self.variables]


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    chance = draw(st.randoms(use_true_random=False))
    count = draw(st.integers(0, 90))
    regions = REGIONS[: draw(st.integers(1, len(REGIONS)))]
    skew = draw(st.sampled_from([1, 2, 4]))
    per_unit = draw(st.sampled_from([1, 1, 1, 3]))
    rows = [
        Respondent(
            SECTORS[int(len(SECTORS) * chance.random() ** skew)],
            chance.choice(regions),
            number // per_unit,
        )
        for number in range(count)
    ]
    return Round(rows, [_variable(chance, rows) for _ in range(draw(st.integers(1, 3)))])


def _variable(chance: Random, rows: list[Respondent]) -> Variable:
    """Answers that often follow the sector or the region, as real ones do."""
    size = chance.randint(2, 6)
    weights = [chance.random() ** 3 for _ in range(size)]
    follows = chance.choice([0.0, 0.5, 1.0])
    skips = chance.choice([0.0, 0.05, 0.2])
    given: list[int | None] = []
    for row in rows:
        value = chance.choices(range(size), weights)[0]
        if chance.random() < follows:
            value = (SECTORS.index(row.sector) + REGIONS.index(row.region)) % size
        given.append(None if chance.random() < skips else value)
    grid = chance.choice([(), (2, 4)])
    return Variable(given, size, ordered=bool(grid) or chance.random() < 0.5, grid=grid)


Told = dict[Column, int]
Known = tuple[frozenset[int], Told]  # of these respondents, the answers by column


def figures(round_: Round, variable: Variable, shown: Table) -> list[Known]:
    """What the table tells: of whom, and what. Who is in a sector or a region everybody knows."""
    everybody = frozenset(range(len(round_.people)))
    whole = dict(zip(shown.columns, shown.counts, strict=True))
    found = [(everybody, whole)]
    if shown.group_columns:
        coarse = {
            column: sum(whole[fine] for fine in whole if set(fine) <= set(column))
            for column in shown.group_columns
        }
        found = [(everybody, coarse)]
    for field, groups in (("sector", shown.sectors), ("region", shown.regions)):
        for group, counts in groups.items():
            members = frozenset(
                n for n, person in enumerate(round_.people) if getattr(person, field) in group
            )
            found.append((members, dict(zip(shown.group_columns, counts, strict=True))))
    return found


def subtracted(known: list[Known]) -> list[Known]:
    """Every sum of figures of different people, and every rest of one within another."""
    facts = dict(known)
    for _step in range(3):
        fresh: dict[frozenset[int], Told] = {}
        for (one, told), (other, less) in itertools.permutations(facts.items(), 2):
            if other < one and one - other not in facts:
                fresh[one - other] = {c: told[c] - less[c] for c in told}
            elif not one & other and one | other not in facts:
                fresh[one | other] = {c: told[c] + less[c] for c in told}
        facts |= fresh
        if not fresh or len(facts) > 150:
            break
    return list(facts.items())


def answers_of(variable: Variable, members: frozenset[int], column: Column) -> int:
    given = Counter(variable.values[n] for n in members)
    return sum(given[None if value == variable.missing else value] for value in column)


@settings(max_examples=150, deadline=None)
@given(rounds())
def test_nothing_can_be_subtracted_that_tells_of_fewer_than_five(round_: Round) -> None:
    for variable, shown in zip(round_.variables, round_.told(), strict=True):
        if shown is None:
            continue
        assert set(itertools.chain(*shown.columns)) >= set(range(variable.size))
        for members, told in subtracted(figures(round_, variable, shown)):
            if not members:
                continue
            answers = [c for c in told if c != (variable.missing,)]
            units = len({round_.people[n].unit for n in members})
            assert units >= 2 * FEWEST
            for column, count in told.items():
                assert count == answers_of(variable, members, column)
                assert count == 0 or count >= FEWEST
            assert sum(1 for column in answers if told[column]) > 1


@settings(max_examples=100, deadline=None)
@given(rounds())
def test_figures_of_two_questions_do_not_tell_of_a_small_group(round_: Round) -> None:
    """The questions may be divided differently; the sizes of their groups are known of all."""
    sizes: list[Known] = []
    for variable, shown in zip(round_.variables, round_.told(), strict=True):
        if shown is not None:
            rows = figures(round_, variable, shown)
            sizes += [(members, {(): sum(told.values())}) for members, told in rows]
    for members, told in subtracted(sizes):
        assert told[()] == len(members)
        assert len(members) == 0 or len(members) >= FEWEST


@settings(max_examples=100, deadline=None)
@given(rounds())
def test_a_column_counts_answers_of_at_least_five_organisations(round_: Round) -> None:
    for variable, shown in zip(round_.variables, round_.told(), strict=True):
        if shown is None:
            continue
        for column, count in zip(shown.columns, shown.counts, strict=True):
            units = {
                person.unit
                for person, value in zip(round_.people, variable.values, strict=True)
                if (variable.missing if value is None else value) in column
            }
            assert count == 0 or len(units) >= FEWEST


# --- an attacker who also knows who answered, and tries every possible set of answers ---


def possible(
    population: Counter[tuple[str, str]], values: range, shown: Table
) -> Iterator[dict[tuple[str, str], tuple[int, ...]]]:
    """Every way to give the answers that agrees with all that was published."""
    places = sorted(population)
    limits = _limits(shown)

    def grow(
        number: int, chosen: dict[tuple[str, str], tuple[int, ...]]
    ) -> Iterator[dict[tuple[str, str], tuple[int, ...]]]:
        if number == len(places):
            if all(_sum(chosen, *what) == count for what, count in limits):
                yield chosen
            return
        for counts in _divisions(population[places[number]], len(values)):
            extended = {**chosen, places[number]: counts}
            if all(_sum(extended, *what) <= count for what, count in limits):
                yield from grow(number + 1, extended)

    return grow(0, {})


Limit = tuple[tuple[int | None, Group, Column], int]


def _limits(shown: Table) -> list[Limit]:
    found: list[Limit] = [
        ((None, (), column), count)
        for column, count in zip(shown.columns, shown.counts, strict=True)
    ]
    for side, groups in enumerate((shown.sectors, shown.regions)):
        for group, counts in groups.items():
            found += [
                ((side, group, column), count)
                for column, count in zip(shown.group_columns, counts, strict=True)
            ]
    return found


def _sum(
    chosen: dict[tuple[str, str], tuple[int, ...]], side: int | None, group: Group, column: Column
) -> int:
    return sum(
        counts[value]
        for place, counts in chosen.items()
        if side is None or place[side] in group
        for value in column
    )


def _divisions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _divisions(total - first, parts - 1):
            yield (first, *rest)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([(6, 6), (10, 10), (1, 10), (3, 6)]))
def test_nobodys_answer_is_certain_to_one_who_knows_who_answered(
    chance: Random, sizes: tuple[int, int]
) -> None:
    places = [("a", "06"), ("a", "11"), ("b", "06"), ("b", "11")]
    counts = (*sizes, chance.choice([0, 2, 6]), chance.choice([0, 1, 6]))
    rows = people(*((*place, count) for place, count in zip(places, counts, strict=True)))
    given_ = [chance.choices([0, 1, 2], [5, 4, 2])[0] for _ in rows]
    shown = table(rows, Variable(given_, 3, ordered=True))
    if shown is None:
        return
    population = Counter((person.sector, person.region) for person in rows)

    found = list(possible(population, range(3), shown))

    assert found
    for place, size in population.items():
        for value in range(3):
            counted = {chosen[place][value] for chosen in found}
            assert counted != {size}
            assert len(counted) > 1 or min(counted) == 0 or min(counted) >= FEWEST

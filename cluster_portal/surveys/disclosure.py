"""What can be published of answers without telling anybody's: counts whose groups are merged.

The rule. Answers are counted in blocks (a group of sectors in a group of regions) and columns (a
group of values; not having answered is a value too). A table is published where

1. every count of a block in a column is 0 or at least FEWEST, and
2. in every block the answers lie in at least two columns, not having answered aside.

What is shown (the round, its rows by sector, its rows by region) are unions of blocks, in unions
of columns. Whatever readers add and subtract, and whoever they know to have answered, they are
left with unions of blocks: none or at least FEWEST answers in a column, and never all in one, which
would tell the answer of each. Everybody's values may be told in narrower columns than those of the
blocks: what a block holds of a narrower column then stays open by at least FEWEST.

Blocks are chosen by their sizes, once for a round, and only merged further by what was answered:
so the sizes themselves tell nothing either. A question that only some were asked, by their answer
to another one, is published for everybody only, and only where those who were asked are whole
columns of that other question: else the two tables would tell the rest of a merged column.

A unit is an organisation; of several answers from one unit only the first counts towards FEWEST.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from operator import add
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

FEWEST = 5
IN_TWO_COLUMNS = 2 * FEWEST

Group = tuple[str, ...]  # codes of sectors or of regions that are shown together
Column = tuple[int, ...]  # values that are shown together
Place = tuple[str, str]  # a sector's code, a region's code


class Sizes(NamedTuple):
    """Of each place or block: how many answers are shown, and from how many units they come."""

    answers: list[int]
    units: list[int]

    @classmethod
    def zero(cls, length: int) -> Sizes:
        return cls([0] * length, [0] * length)

    def plus(self, other: Sizes) -> Sizes:
        return Sizes(
            list(map(add, self.answers, other.answers)), list(map(add, self.units, other.units))
        )

    def folded(self, block_of: Sequence[int]) -> Sizes:
        """Of blocks, where this is of the places that lie in them."""
        found = Sizes.zero(max(block_of, default=-1) + 1)
        for place, block in enumerate(block_of):
            found.answers[block] += self.answers[place]
            found.units[block] += self.units[place]
        return found

    @property
    def total(self) -> int:
        return sum(self.answers)

    @property
    def is_small(self) -> bool:
        rows = zip(self.answers, self.units, strict=True)
        return any(units < FEWEST and answers for answers, units in rows)


class Respondent(NamedTuple):
    sector: str
    region: str
    unit: Hashable


@dataclass(frozen=True)
class Variable:
    """One answer of each respondent: an index below `size`, or None where nothing was answered.

    Neighbours are merged where values are `ordered`, else those that few have given. With a `grid`
    (widths of blocks, each a multiple of the one before) values are merged to whole blocks of it
    alone: where a column ends then does not tell that somebody is there. `asked` says whom the
    question was shown to, where not everybody.
    """

    values: Sequence[int | None]
    size: int
    ordered: bool = False
    grid: tuple[int, ...] = ()
    asked: Sequence[bool] | None = None

    @property
    def missing(self) -> int:
        """The value of those who did not answer."""
        return self.size


@dataclass(frozen=True)
class Table:
    """Counts by column of everybody, and where it can be, by groups of sectors and regions.

    The rows by groups have columns of their own, each a union of `columns`.
    """

    columns: tuple[Column, ...]
    counts: tuple[int, ...]
    group_columns: tuple[Column, ...] = ()
    sectors: Mapping[Group, tuple[int, ...]] = field(default_factory=dict)
    regions: Mapping[Group, tuple[int, ...]] = field(default_factory=dict)


class Layout(NamedTuple):
    """One way of dividing the respondents: groups of sectors, of regions, and their blocks.

    `blocks` are pairs of indexes of a group of each; `block_of` says where each place lies.
    """

    sectors: tuple[Group, ...]
    regions: tuple[Group, ...]
    blocks: tuple[tuple[int, int], ...]
    block_of: tuple[int, ...]

    @classmethod
    def of(
        cls, sectors: tuple[Group, ...], regions: tuple[Group, ...], places: Sequence[Place]
    ) -> Layout:
        sector_of = {code: index for index, group in enumerate(sectors) for code in group}
        region_of = {code: index for index, group in enumerate(regions) for code in group}
        pairs = [(sector_of[sector], region_of[region]) for sector, region in places]
        blocks = sorted(set(pairs))
        return cls(sectors, regions, tuple(blocks), tuple(blocks.index(pair) for pair in pairs))

    @property
    def is_divided(self) -> bool:
        return len(self.sectors) > 1 or len(self.regions) > 1


@dataclass(frozen=True)
class Population:
    """Those who answered the round, and the ways to divide them, the most telling first."""

    place_of: Sequence[int]
    is_first: Sequence[bool]
    places: tuple[Place, ...]
    layouts: tuple[Layout, ...]

    @classmethod
    def of(cls, people: Sequence[Respondent]) -> Population:
        seen: set[Hashable] = set()
        is_first = []
        for person in people:
            is_first.append(person.unit not in seen)
            seen.add(person.unit)
        places = sorted({(person.sector, person.region) for person in people})
        index = {place: number for number, place in enumerate(places)}
        place_of = [index[person.sector, person.region] for person in people]
        sizes = Sizes.zero(len(places))
        for place, first in zip(place_of, is_first, strict=True):
            sizes.answers[place] += 1
            sizes.units[place] += first
        return cls(place_of, is_first, tuple(places), tuple(_layouts(places, sizes)))

    def counted(self, variable: Variable) -> dict[int, Sizes]:
        """Of each value that occurs, how many have given it in each place."""
        asked = variable.asked or (True,) * len(self.place_of)
        rows = zip(variable.values, self.place_of, self.is_first, asked, strict=True)
        found: dict[int, Sizes] = {}
        for (value, place, first, is_asked), count in Counter(rows).items():
            if is_asked:
                key = variable.missing if value is None else value
                sizes = found.setdefault(key, Sizes.zero(len(self.places)))
                sizes.answers[place] += count
                sizes.units[place] += count * first
        return found


def _layouts(places: Sequence[Place], sizes: Sizes) -> Iterator[Layout]:
    """The best division by sizes alone, and those that merge it further."""
    pairs = product(
        enumerate(_coarser(places, sizes.answers, 0)), enumerate(_coarser(places, sizes.answers, 1))
    )
    ranked = sorted(pairs, key=lambda pair: _preference(pair[0][1], pair[1][1]))
    best: tuple[int, int] | None = None
    for (i, sectors), (j, regions) in ranked:
        layout = Layout.of(sectors, regions, places)
        if best is None and min(sizes.folded(layout.block_of).units) >= IN_TWO_COLUMNS:
            best = (i, j)
        if best is not None and i >= best[0] and j >= best[1] and layout.is_divided:
            yield layout


def _preference(sectors: tuple[Group, ...], regions: tuple[Group, ...]) -> tuple[int, int]:
    """The more rows are shown, the better; then rather some of both than many of one."""
    rows = [len(groups) if len(groups) > 1 else 0 for groups in (sectors, regions)]
    return -sum(rows), -min(rows)


def _coarser(places: Sequence[Place], sizes: list[int], side: int) -> Iterator[tuple[Group, ...]]:
    """Every code alone, then with the two smallest groups merged again and again, until one."""
    codes: Counter[str] = Counter()
    for place, size in zip(places, sizes, strict=True):
        codes[place[side]] += size
    groups: list[tuple[int, Group]] = sorted(
        ((size, (code,)) for code, size in codes.items()), key=_largest_first
    )
    while groups:
        yield tuple(group for _size, group in groups)
        if len(groups) == 1:
            return
        *rest, (more, large), (fewer, small) = groups
        groups = sorted([*rest, (more + fewer, large + small)], key=_largest_first)


def _largest_first(row: tuple[int, Group]) -> tuple[int, Group]:
    return -row[0], row[1]


Grid = dict[Column, Sizes]  # of each column the sizes of the blocks: what the rules are checked on


def protected(variable: Variable, population: Population) -> Table | None:
    """The table of a question; None where nothing can be told of it."""
    counted = population.counted(variable)
    nobody = Sizes.zero(len(population.places))
    places: Grid = {(value,): counted.get(value, nobody) for value in range(variable.size)}
    if variable.missing in counted:
        places[variable.missing,] = counted[variable.missing]
    whole = [0] * len(population.places)
    grid = _merged({column: sizes.folded(whole) for column, sizes in places.items()}, variable)
    if grid is None:
        return None
    columns, counts = tuple(grid), tuple(sizes.total for sizes in grid.values())
    for layout in population.layouts if variable.asked is None else ():
        by_groups = _merged(_blocks(layout, columns, places), variable)
        if by_groups is not None:
            sectors = _rows(layout, by_groups, 0)
            return Table(columns, counts, tuple(by_groups), sectors, _rows(layout, by_groups, 1))
    return Table(columns, counts)


def _blocks(layout: Layout, columns: tuple[Column, ...], places: Grid) -> Grid:
    found = {}
    for column in columns:
        first, *others = (places[value,] for value in column)
        for other in others:
            first = first.plus(other)
        found[column] = first.folded(layout.block_of)
    return found


def _rows(layout: Layout, grid: Grid, side: int) -> dict[Group, tuple[int, ...]]:
    groups = (layout.sectors, layout.regions)[side]
    if len(groups) < 2:
        return {}
    of_group = [block[side] for block in layout.blocks]
    counts = [sizes.folded(of_group).answers for sizes in grid.values()]
    return dict(zip(groups, zip(*counts, strict=True), strict=True))


def _merged(grid: Grid, variable: Variable) -> Grid | None:
    """The grid with columns merged until both rules hold; None where they cannot."""
    missing: Column = (variable.missing,)
    while True:
        answers = [column for column in grid if column != missing]
        if len(answers) < 2:
            return None
        small = [column for column, sizes in grid.items() if sizes.is_small]
        if not small:
            return grid if _is_spread(grid, answers) else None
        if missing in small:
            column, other = missing, max(answers, key=lambda c: (grid[c].total, -c[0]))
        else:
            column = min(small, key=lambda c: (grid[c].total, c))
            if variable.grid:
                grid = _with_block(grid, _block(column, variable))
                continue
            other = _partner(column, answers, grid, variable)
        grid = _with_merged(grid, column, other)


def _block(column: Column, variable: Variable) -> range:
    """The smallest block of the grid that holds more than the column; of the widest, one more.

    The one below, else above: which of them are empty decides nothing.
    """
    values = [value for value in column if value != variable.missing]
    for width in variable.grid:
        start = values[0] // width * width
        block = range(start, min(start + width, variable.size))
        if values[-1] in block and len(values) < len(block):
            return block
    widest = variable.grid[-1]
    first, last = values[0] // widest, values[-1] // widest
    if first:
        return range((first - 1) * widest, min((last + 1) * widest, variable.size))
    return range(min((last + 2) * widest, variable.size))


def _with_block(grid: Grid, block: range) -> Grid:
    first, *others = (column for column in grid if not set(block).isdisjoint(column))
    for other in others:
        grid = _with_merged(grid, first, other)
        first = tuple(sorted(first + other))
    return grid


def _partner(column: Column, answers: list[Column], grid: Grid, variable: Variable) -> Column:
    """Which column the small one joins: a neighbour, else one that is merged already."""
    if variable.ordered:
        place = answers.index(column)
        near = answers[max(0, place - 1) : place] + answers[place + 1 : place + 2]
        return min(near, key=lambda c: (grid[c].total, c))
    others = [each for each in answers if each != column]
    return min(others, key=lambda c: (len(c) == 1, grid[c].total, c))


def _with_merged(grid: Grid, one: Column, other: Column) -> Grid:
    """In the order of values; a merged column stands where its first value does."""
    joined = {**grid, tuple(sorted(one + other)): grid[one].plus(grid[other])}
    return {column: joined[column] for column in sorted(joined) if column not in {one, other}}


def _is_spread(grid: Grid, answers: list[Column]) -> bool:
    """Whether the answers of every block lie in at least two columns."""
    blocks = list(zip(*(grid[column].answers for column in answers), strict=True))
    return bool(blocks) and all(sum(map(bool, counts)) > 1 for counts in blocks)


def is_union(wanted: Iterable[int], table: Table) -> bool:
    """Whether these values are whole columns of the table, so that their number is known anyway."""
    values = set(wanted)
    return all(values.isdisjoint(column) or values.issuperset(column) for column in table.columns)


def shown_count(count: int) -> int | None:
    """A number of respondents as it may be told; None stands for fewer than FEWEST."""
    return count if count == 0 or count >= FEWEST else None


def are_few(units: Collection[Hashable]) -> bool:
    """Whether a difference that these alone make would tell of fewer than FEWEST."""
    return shown_count(len(units)) is None


def are_comparable(now: Iterable[Hashable], before: Iterable[Hashable]) -> bool:
    """Whether the change between two rounds may be told: enough have answered both, and those who
    came or went between them are none or so many that the change does not tell one's answer."""
    present, past = set(now), set(before)
    came, went = present - past, past - present
    return len(present & past) >= FEWEST and not are_few(came) and not are_few(went)

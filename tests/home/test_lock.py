"""A lock is installed without resolving, so it must name all that is needed."""

from pathlib import Path

import pytest

from tests import lock

REQUIRES = {
    "shop": ["till>=2", 'lamp[bulb]; extra == "light"', 'never; extra == "other"'],
    "lamp": ['wire; extra == "bulb"'],
}


def gaps(*lines: str) -> list[str]:
    text = "".join(f"{line} \\\n    --hash=sha256:00\n" for line in lines)
    return sorted(lock.gaps(lock.pins(text), lambda name: REQUIRES.get(name, [])))


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["shop==1", "till==2.1"], []),
        (["shop[light]==1", "till==2", "lamp[bulb]==1", "wire==1"], []),
        (["shop==1"], ["shop needs till, which is not pinned"]),
        (["shop==1", "till==1"], ["shop needs till>=2, but 1 is pinned"]),
        (
            ["shop[light]==1", "till==2", "lamp==1"],
            ["shop needs lamp[bulb], but the pin lacks that extra"],
        ),
        (
            ["shop[light]==1", "till==2", "lamp[bulb]==1"],
            ["lamp needs wire, which is not pinned"],
        ),
    ],
)
def test_gap_in_a_lock_is_named(lines, found):
    assert gaps(*lines) == found


@pytest.mark.parametrize("name", lock.LOCKS)
def test_lock_is_closed(name):
    assert lock.check(Path(lock.CHECKOUT, name)) == []

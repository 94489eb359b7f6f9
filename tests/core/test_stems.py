"""Stems while several threads of a web process ask at once."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from cluster_portal.core.search.terms import Stemmer

THREADS, TIMES = 6, 8
WORDS = {
    "english": "preparedness municipalities relational international organization securities",
    "swedish": "säkerheten beredskapens kommunernas myndigheterna övningar samarbetet",
}


@pytest.fixture(autouse=True)
def _hasty():
    """Threads take turns after each few steps."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.parametrize("language", WORDS)
def test_threads_get_the_stems_of_their_own_words(language):
    stemmer, words = Stemmer(language), WORDS[language].split()
    expected = [stemmer.stem(word) for word in words]

    def stems(number):
        turned = words[number:] + words[:number]
        found = [[stemmer.stem(word) for word in turned] for _ in range(TIMES)]
        return all(one == expected[number:] + expected[:number] for one in found)

    with ThreadPoolExecutor(THREADS) as pool:
        right = list(pool.map(stems, range(THREADS)))

    assert right == [True] * THREADS

"""Voikko's morphology of Finnish: a word in, the transducer's outputs out.

Debian's libvoikko is used where its library and dictionary are installed, else the wheels
pyvoikko + kfst-rs; both give the same outputs.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import threading
from collections.abc import Callable, Iterator
from functools import cache

Lookup = Callable[[str], list[str]]


def _libvoikko() -> Lookup | None:
    """Debian's library; its handle is not made for threads, so calls take turns."""
    name = ctypes.util.find_library("voikko") or "libvoikko.so.1"
    try:
        library = ctypes.CDLL(name)
    except OSError:
        return None
    error = ctypes.c_char_p()
    library.voikkoInit.restype = ctypes.c_void_p
    library.voikkoInit.argtypes = [
        ctypes.POINTER(ctypes.c_char_p),
        ctypes.c_char_p,
        ctypes.c_char_p,
    ]
    handle = library.voikkoInit(ctypes.byref(error), b"fi-x-morphoid", None)
    handle = handle or library.voikkoInit(ctypes.byref(error), b"fi", None)
    return _libvoikko_lookup(library, handle) if handle else None


def _libvoikko_lookup(library: ctypes.CDLL, handle: int) -> Lookup:
    pointers = ctypes.POINTER(ctypes.c_void_p)
    library.voikkoAnalyzeWordCstr.restype = pointers
    library.voikkoAnalyzeWordCstr.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.voikko_mor_analysis_value_cstr.restype = ctypes.c_void_p
    library.voikko_mor_analysis_value_cstr.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.voikko_free_mor_analysis.argtypes = [pointers]
    library.voikko_free_mor_analysis_value_cstr.argtypes = [ctypes.c_void_p]
    lock = threading.Lock()

    def lookup(word: str) -> list[str]:
        outputs = []
        with lock:
            found = library.voikkoAnalyzeWordCstr(handle, word.encode())
            for analysis in iter_pointers(found):
                value = library.voikko_mor_analysis_value_cstr(analysis, b"FSTOUTPUT")
                if value:
                    outputs.append((ctypes.string_at(value)).decode())
                    library.voikko_free_mor_analysis_value_cstr(value)
            if found:
                library.voikko_free_mor_analysis(found)
        return outputs

    return lookup


def iter_pointers(found: ctypes._Pointer[ctypes.c_void_p]) -> Iterator[int]:
    """The members of a C array that ends with a null pointer."""
    index = 0
    while found and found[index]:
        yield found[index]
        index += 1


def _pyvoikko() -> Lookup | None:
    try:
        from kfst import TokenizationException  # noqa: PLC0415  220 MB: only where it is used
        from pyvoikko import VOIKKO_FST  # noqa: PLC0415
    except ImportError:
        return None

    def lookup(word: str) -> list[str]:
        try:
            return [output for output, _weight in VOIKKO_FST.lookup(word)]
        except TokenizationException:
            return []

    return lookup


@cache
def engine() -> tuple[str, Lookup]:
    for name, build in (("libvoikko", _libvoikko), ("pyvoikko", _pyvoikko)):
        lookup = build()
        if lookup is not None:
            return name, lookup
    return "none", lambda _word: []

"""Repositories of Finnish theses: whose address it is, in the words that readers know."""

from __future__ import annotations

from urllib.parse import urlsplit

# By the names that their users call them; the portal links elsewhere too, by the host's name.
REPOSITORIES = {
    "Theseus": ("theseus.fi",),
    "Trepo": ("trepo.tuni.fi",),
    "eRepo": ("erepo.uef.fi",),
    "Helda": ("helda.helsinki.fi",),
    "Aaltodoc": ("aaltodoc.aalto.fi",),
    "UTUPub": ("utupub.fi",),
    "JYX": ("jyx.jyu.fi",),
    "Lauda": ("lauda.ulapland.fi",),
    "LUTPub": ("lutpub.lut.fi",),
    "Osuva": ("osuva.uwasa.fi",),
    "Jultika": ("oulurepo.oulu.fi", "jultika.oulu.fi"),
    "Doria": ("doria.fi",),
}


def repository_of(address: str) -> str:
    """The repository's name where it is known, else the host's."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    for name, hosts in REPOSITORIES.items():
        if any(host == known or host.endswith(f".{known}") for known in hosts):
            return name
    return host

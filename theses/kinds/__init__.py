"""The kinds of message that the theses app sends, by what they are about."""

from cluster_portal.notifications import kinds
from theses.kinds import applications, approaches, topics, works

MODULES = (topics, applications, approaches, works)


def register() -> None:
    for module in MODULES:
        for kind in module.KINDS:
            kinds.register(kind)

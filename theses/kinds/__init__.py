"""The kinds of message that the theses app sends, by what they are about."""

from cluster_portal.notifications import kinds
from theses.kinds import applications, topics

MODULES = (topics, applications)


def register() -> None:
    for module in MODULES:
        for kind in module.KINDS:
            kinds.register(kind)

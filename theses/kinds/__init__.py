"""The kinds of message that the theses app sends, by what they are about."""

from cluster_portal.notifications import kinds
from theses.kinds import applications, topics, works


def register() -> None:
    for kind in (*topics.KINDS, *applications.KINDS, *works.KINDS):
        kinds.register(kind)

"""The first steps on a new member's desk, gathered from every app; they tick themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cluster_portal.core.content import parts
from cluster_portal.core.visibility import audience

if TYPE_CHECKING:
    from members.models import User


def checklist(user: User) -> dict[str, Any] | None:
    """For members and contacts, until all is done or they put it away."""
    known = audience(user)
    if user.first_steps_hidden_at or not (known.is_member or known.organisations):
        return None
    found = [(part, part.step(user)) for part in parts(lambda one: one.first_steps)]
    rows = [
        {"label": part.label, "text": part.text, "url": step.url, "is_done": step.is_done}
        for part, step in found
        if step is not None
    ]
    done = sum(bool(row["is_done"]) for row in rows)
    return {"rows": rows, "done": done, "total": len(rows)} if done < len(rows) else None

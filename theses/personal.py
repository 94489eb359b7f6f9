"""What the profiles hold of a person, as plain data for her own copy."""

from __future__ import annotations

from typing import Any

from theses.models import StudentProfile, SupervisorProfile


def student(user: Any) -> list[dict[str, Any]]:
    rows = StudentProfile.objects.editable_by(user).select_related("school", "cluster")
    return [
        {
            "level": row.get_level_display(),
            "institution": row.school_title,
            "programme": row.programme,
            "fields": [term.label for term in row.education_fields.all()],
            "themes": [term.label for term in row.terms.all()],
            "interests": row.interests,
            "languages": row.languages,
            "regions": [term.label for term in row.regions.all()],
            "remote": row.is_remote,
            "only paid work": row.wants_pay,
            "available from": row.available_from and row.available_from.isoformat(),
            "available until": row.available_until and row.available_until.isoformat(),
            "open to": row.get_openness_display(),
            "organisations": [organisation.name for organisation in row.opened_to.all()],
        }
        for row in rows
    ]


def supervisor(user: Any) -> list[dict[str, Any]]:
    rows = SupervisorProfile.objects.editable_by(user).select_related("institution")
    return [
        {
            "institution": row.institution.name,
            "levels": row.levels,
            "fields": [term.label for term in row.education_fields.all()],
            "themes": [term.label for term in row.terms.all()],
            "languages": row.languages,
            "expertise": row.expertise,
            "methods": row.methods,
            "who sees it": row.get_visibility_display(),
            "in the list": row.is_open,
            "room": [
                {"term": str(seats), "room for": seats.capacity, "taken": seats.taken}
                for seats in row.seats.all()
            ],
        }
        for row in rows
    ]

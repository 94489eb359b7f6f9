"""The administrator's screens of vocabulary and acts."""

import pytest

from cluster_portal.core import audit, vocabulary
from cluster_portal.core.vocabulary import Term


@pytest.mark.parametrize("person", ["office", "member", "outsider"])
@pytest.mark.parametrize("path", ["/admin/core/term/", "/admin/core/auditentry/"])
def test_others_are_kept_out(client, request, person, path):
    client.force_login(request.getfixturevalue(person))

    assert client.get(path).status_code in {302, 403}


def test_changed_term_is_known_at_once(client, admin_user):
    client.force_login(admin_user)
    term = Term.objects.get(scheme="region", code="06")
    form = {
        "scheme": "region", "code": "06", "label_fi": "Pirkan maa", "label_sv": term.label_sv,
        "label_en": term.label_en, "position": term.position,
    }  # fmt: skip

    client.post(f"/admin/core/term/{term.pk}/change/", form)

    assert vocabulary.find("region", "pirkan maa") == term


def test_act_is_shown_and_cannot_be_changed(client, admin_user, company):
    entry = audit.record(company, "approved", by=admin_user, reason="Hyvä hakemus")
    client.force_login(admin_user)

    listed = client.get("/admin/core/auditentry/").content.decode()
    client.post(f"/admin/core/auditentry/{entry.pk}/change/", {"action": "x"})

    entry.refresh_from_db()
    assert "Hyvä hakemus" in listed
    assert entry.action == "approved"

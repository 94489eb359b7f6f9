"""Signing in as a person does: `force_login` leaves no trace of when a password was given."""

import time

from tests import factories


def sign_in(client, user, *, seconds_ago: float = 0) -> None:
    factories.verified(user)
    values = {"login": user.email, "password": factories.PASSWORD}
    answer = client.post("/accounts/login/", values)
    assert answer.status_code == 302, answer.content.decode()
    if seconds_ago:
        session = client.session
        for record in session["account_authentication_methods"]:
            record["at"] = time.time() - seconds_ago
        session.save()

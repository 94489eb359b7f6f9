"""An address up to the longest that the server takes is answered by the portal's own pages."""

import runpy

import pytest
from django.conf import settings
from gunicorn.config import Config

from cluster_portal.home.demo.supervisor import GUNICORN

LONGEST = 8190
CONFIGURED = "gunicorn --config deploy/gunicorn.conf.py"
COMMANDS = ("deploy/systemd/portal-web.service", "docs/deployment.md")


def limit_of(arguments):
    config = Config()
    for name, value in vars(config.parser().parse_known_args(arguments)[0]).items():
        if value is not None and name in config.settings:
            config.set(name, value)
    return config.limit_request_line


def test_demo_takes_the_longest_line_that_the_server_can():
    assert limit_of(GUNICORN) == LONGEST


@pytest.mark.parametrize("path", COMMANDS)
def test_commands_of_an_installation_say_the_same(path):
    assert CONFIGURED in (settings.BASE_DIR / path).read_text(encoding="utf-8")
    configured = runpy.run_path(str(settings.BASE_DIR / "deploy/gunicorn.conf.py"))

    assert configured["limit_request_line"] == LONGEST


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_long_path_gets_our_page_in_the_readers_language(client, db, language):
    prefix = "" if language == "fi" else f"/{language}"

    answer = client.get(f"{prefix}/theses/{'x' * 8000}/")

    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/theses/?q=", "/search/?q=", "/members/?region=", "/accounts/login/?next=/me/?",
             "/events/?page=", "/me/?x="],
)  # fmt: skip
def test_long_query_is_no_fault(client, db, path):
    answer = client.get(path + "ä" * 1300)

    assert answer.status_code in {200, 302, 400, 404}

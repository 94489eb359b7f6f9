"""What a browser gets for the stylesheet."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from cluster_portal.core.http import static

BUNDLING = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "cluster_portal.core.http.static.BundlingStorage"},
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=str(root), STORAGES=BUNDLING):
        call_command("collectstatic", verbosity=0, interactive=False)
    return root


def test_stylesheet_is_one_file(collected):
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]

    assert "@import" not in (collected / names["css/app.css"]).read_text()


def test_parts_stand_in_their_layers_in_order():
    source = Path(settings.BASE_DIR, "static", "css", "app.css").read_text()

    found = re.findall(r"^@layer ([\w-]+) \{$", static.joined("css/app.css"), re.MULTILINE)

    assert found == re.findall(r"layer\(([\w-]+)\)", source)


def test_stylesheet_is_small(collected):
    assert (collected / "css" / "app.css.br").stat().st_size < 30_000

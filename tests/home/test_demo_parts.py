"""The pieces of the demo that need no server."""

import errno
import socket
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from cluster_portal.home.demo import environment, install, messages, places, supervisor
from cluster_portal.home.demo.children import Child
from cluster_portal.home.demo.environment import Ports
from cluster_portal.home.demo.locks import Lock
from cluster_portal.home.demo.places import CHECKOUT, Places
from cluster_portal.home.demo.trouble import Trouble, explain


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    for name in (*environment.PREFERRED, "CELERY_BROKER_URL"):
        monkeypatch.delenv(name, raising=False)
    return Places(tmp_path, tmp_path, None)


def test_server_code_loads_neither_django_nor_celery() -> None:
    code = (
        "import sys, cluster_portal.home.demo.__main__;"
        "print([name for name in ('django', 'celery', 'kombu') if name in sys.modules])"
    )

    output = subprocess.check_output([sys.executable, "-c", code], cwd=CHECKOUT, text=True)

    assert output == "[]\n"


def test_environment_points_at_the_own_servers(own: Places) -> None:
    values = environment.variables(own, Ports(8123, 2525))

    assert values["SITE_URL"] == "http://localhost:8123"
    assert values["DATABASE_URL"] == f"postgres://portal@/{own.sockets}/portal"
    assert values["DATABASE_OWNER_URL"] == f"postgres://postgres@/{own.sockets}/portal"
    assert values["CELERY_BROKER_URL"].startswith("redis+socket://")
    assert values["EMAIL_URL"] == "smtp://127.0.0.1:2525"


def test_environment_prefers_given_services(own: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://db/portal")
    monkeypatch.setenv("REDIS_URL", "redis://cache/0")

    values = environment.variables(own, Ports())

    assert values["DATABASE_URL"] == "postgres://db/portal"
    assert values["DATABASE_OWNER_URL"] == ""
    assert values["REDIS_URL"] == values["CELERY_BROKER_URL"] == "redis://cache/0"


def test_environment_takes_an_empty_variable_for_none(
    own: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", " ")

    assert str(own.sockets) in environment.variables(own, Ports())["DATABASE_URL"]


def test_secret_key_is_kept_and_private(tmp_path: Path) -> None:
    first = environment.secret_key(tmp_path)

    assert environment.secret_key(tmp_path) == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_ports_survive_a_damaged_file(tmp_path: Path) -> None:
    (tmp_path / "ports.json").write_text('{"web": 1')

    assert Ports.load(tmp_path) == Ports()


def test_sockets_have_short_names_however_deep_the_data() -> None:
    deep = Path("/" + "syvä kansio/" * 30)

    sockets = Places(deep, deep, None).sockets

    assert len(bytes(sockets / ".s.PGSQL.5432.lock")) < 107


def test_lock_is_held_once_and_says_by_whom(tmp_path: Path) -> None:
    first, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")

    assert first.take("demo 1\n")

    assert not second.take("demo 2\n")
    assert second.note() == "demo 1\n"
    first.release()
    assert second.take("demo 2\n")
    second.release()


def test_missing_space_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="The disk is full"):
        places.require_space(tmp_path, 10**12)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "The disk is full (/x). Free some space and start again."),
        (errno.EACCES, "This user may not write there (/x). Choose another folder with DATA=…"),
        (errno.EIO, "The system refused: Input/output error (/x)."),
    ],
)
def test_errors_of_the_system_become_sentences(number: int, sentence: str) -> None:
    assert explain(OSError(number, "Input/output error", "/x")) == sentence


def test_child_that_keeps_dying_is_started_ever_more_slowly(tmp_path: Path) -> None:
    child = Child("web", [sys.executable, "-c", ""], tmp_path / "log", {}).start()
    pauses = []
    for _ in range(8):
        child.wait()
        assert not child.revive()
        pauses.append(child.pause)
        child.due_at = 0.0  # the pause is over
        assert child.revive()
    child.wait()

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


def test_child_that_lived_long_is_started_again_at_once(tmp_path: Path) -> None:
    child = Child("web", [sys.executable, "-c", ""], tmp_path / "log", {}).start()
    child.started_at -= 3600
    child.wait()

    assert child.revive()
    child.wait()


def test_child_that_runs_is_left_alone(tmp_path: Path) -> None:
    code = "import time; time.sleep(60)"
    child = Child("web", [sys.executable, "-c", code], tmp_path / "log", {}, grace=0).start()

    assert not child.revive()
    child.wait()


def test_child_that_cannot_be_started_is_tried_later(tmp_path: Path) -> None:
    child = Child("web", [sys.executable, "-c", ""], tmp_path / "log", {}).start()
    child.wait()
    child.argv = [tmp_path / "missing"]
    child.due_at = 0.0

    assert not child.revive()
    assert not child.revive()
    assert child.pause == 1


def test_translations_are_compiled_once(tmp_path: Path) -> None:
    source = tmp_path / "fi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="member", msgstr="jäsen"))
    catalogue.save(str(source))

    assert messages.compile_stale(tmp_path) == [source]

    assert messages.compile_stale(tmp_path) == []
    assert polib.mofile(str(source.with_suffix(".mo")))[0].msgstr == "jäsen"


def test_installer_explains_a_missing_wheel() -> None:
    sentence = install.explain("ERROR: No matching distribution found for kfst-rs==1.0.1\n")

    assert "There is no ready-made package for this machine" in sentence
    assert "kfst-rs==1.0.1" in sentence


@pytest.mark.smtp
def test_taken_port_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(Trouble, match=f"Port {port} cannot be used"):
            supervisor.listen(port, "PORT")


def test_installer_names_the_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "uv", lambda: None)
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(SystemExit, match="apt install python3-venv"):
        install.make_venv()

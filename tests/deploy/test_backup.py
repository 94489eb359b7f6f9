"""Backups with the programs that an installation uses: age, pg_dump, a PostgreSQL of its own."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys

import psycopg
import pytest

from cluster_portal.home.demo.places import CHECKOUT

PROGRAM = CHECKOUT / "deploy" / "backup.py"
_spec = importlib.util.spec_from_file_location("portal_backup", PROGRAM)
backup = importlib.util.module_from_spec(_spec)
sys.modules["portal_backup"] = backup
_spec.loader.exec_module(backup)

NEEDED = ("age", "age-keygen", "pg_dump", "pg_restore")
LACKING = [program for program in NEEDED if not shutil.which(program)]
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(bool(LACKING), reason=f"not installed here: {LACKING}"),
]


@pytest.fixture(scope="module")
def server():
    try:
        programs = backup._programs()
    except backup.Fault as fault:
        pytest.skip(str(fault))
    if not programs.startswith("/usr/lib/postgresql"):
        pytest.skip("the server is not of the version of pg_dump")
    with backup._cluster() as url:
        yield url


@pytest.fixture
def database(server, request):
    name = f"portal{abs(hash(request.node.name))}"
    with psycopg.connect(server, autocommit=True) as own:
        own.execute(f"CREATE DATABASE {name}")
        own.execute(f"CREATE DATABASE {name}_new")
    url = server.replace("/postgres?", f"/{name}?")
    with psycopg.connect(url) as own:
        own.execute("CREATE TABLE person (id int PRIMARY KEY, name text)")
        own.execute("INSERT INTO person SELECT g, md5(g::text) FROM generate_series(1, 5000) g")
    return url


@pytest.fixture
def run(database, tmp_path):
    key = tmp_path / "backup.key"
    subprocess.run(["age-keygen", "-o", key], check=True, capture_output=True)
    public = subprocess.run(["age-keygen", "-y", key], check=True, capture_output=True, text=True)
    for folder in ("media/logos", "state"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "media" / "logos" / "ääni.png").write_bytes(b"a picture")
    (tmp_path / "media" / "copy.png").write_bytes(b"a picture")
    environment = {
        **os.environ,
        "BACKUP_ROOT": str(tmp_path / "backups"),
        "BACKUP_RECIPIENT": public.stdout.strip(),
        "BACKUP_IDENTITY": str(key),
        "DATABASE_OWNER_URL": database,
        "MEDIA_ROOT": str(tmp_path / "media"),
        "STATE_ROOT": str(tmp_path / "state"),
    }

    def call(*argv, room="unlimited", **changes):
        """No file may grow over so many kilobytes."""
        limited = ["bash", "-c", 'ulimit -f "$0"; exec "$@"', room]
        made = subprocess.run(
            [*limited, sys.executable, PROGRAM, *argv],
            env={**environment, **changes},
            capture_output=True,
            text=True,
        )
        return made.returncode, made.stdout + made.stderr

    return call


@pytest.fixture
def folder(run, tmp_path):
    assert run("make")[0] == 0
    return next(path.parent for path in tmp_path.glob("backups/*/manifest.json"))


def test_backup_is_whole_and_can_be_restored(run, folder):
    checked, verified = run("check"), run("verify")

    assert (checked[0], verified[0]) == (0, 0), (checked, verified)
    assert "can be restored: 1 tables" in verified[1]


def test_nothing_in_a_backup_can_be_read_without_the_key(run, folder, tmp_path):
    parts = [path.read_bytes() for path in tmp_path.glob("backups/**/*") if path.is_file()]

    assert len(parts) == 4
    assert not any(b"a picture" in part or "ääni".encode() in part for part in parts)
    subprocess.run(["age-keygen", "-o", tmp_path / "other.key"], check=True, capture_output=True)
    assert run("verify", BACKUP_IDENTITY=str(tmp_path / "other.key"))[0] == 1


def test_same_content_is_stored_once_and_kept_while_needed(run, folder, tmp_path):
    (tmp_path / "media" / "copy.png").write_bytes(b"another")
    first = list(tmp_path.glob("backups/objects/*/*"))

    folder.rename(folder.with_name("2020-01-01T000000Z"))
    assert run("make")[0] == 0
    both = list(tmp_path.glob("backups/objects/*/*"))
    (tmp_path / "media" / "logos" / "ääni.png").unlink()
    next(tmp_path.glob("backups/2???-1*")).rename(tmp_path / "backups" / "2020-01-02T000000Z")
    assert run("make", "--keep", "1")[0] == 0

    assert [len(first), len(both)] == [1, 2]
    assert len(list(tmp_path.glob("backups/objects/*/*"))) == 1


def _cut(folder):
    path = folder / "database.dump.age"
    path.write_bytes(path.read_bytes()[:-100])


def _age(folder):
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "made_at": "2026-01-01T00:00Z"}))


def _shrink(folder):
    older = folder.with_name("2020-01-01T000000Z")
    shutil.copytree(folder, older)
    manifest = json.loads((older / "manifest.json").read_text())
    manifest["dump"]["bytes"] *= 3
    (older / "manifest.json").write_text(json.dumps(manifest))


def _lose_file(folder):
    next(folder.parent.glob("objects/*/*")).unlink()


@pytest.mark.chaos
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_cut, "is cut or changed"),
        (_age, "hours old"),
        (_shrink, "less than half"),
        (_lose_file, "1 uploaded files"),
        (shutil.rmtree, "There is no backup"),
    ],
)
def test_alarm_says_what_is_wrong(run, folder, tmp_path, harm, said, faults):
    harm(folder)

    code, told = run("check")

    faults("97", f"alarm: {said}", lost=1 - code, refused=code, recovered="check, each hour")
    assert code == 1
    assert said in told
    assert said in json.loads((tmp_path / "state" / "backup.json").read_text())["check"]["fault"]


@pytest.mark.chaos
@pytest.mark.parametrize("fault", ["no room", "no database"])
def test_backup_that_fails_says_so_and_is_none(run, database, tmp_path, fault, faults):
    url = database.replace("?", "_lost?") if fault == "no database" else database

    code, _told = run(
        "make", room="8" if fault == "no room" else "unlimited", DATABASE_OWNER_URL=url
    )

    checked, _told = run("check")
    noted = json.loads((tmp_path / "state" / "backup.json").read_text())["make"]
    faults("97", f"a backup meets {fault}", refused=code, recovered="noted at once; check too")
    assert (code, checked, noted["ok"]) == (1, 1, False)
    assert not list(tmp_path.glob("backups/*/manifest.json"))


@pytest.mark.chaos
def test_rows_that_are_missing_are_seen_by_restoring(run, folder, faults):
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace("5000", "5001"))

    code, told = run("verify")

    faults("97", "a backup lacks a row", lost=1 - code, refused=code, recovered="verify, each week")
    assert (code, "person" in told) == (1, True)


@pytest.mark.chaos
def test_lost_machine_is_restored(run, folder, database, tmp_path, faults):
    (tmp_path / "backups" / "erased-accounts").write_text("7 2026-01-01\n")
    (tmp_path / "new").mkdir()
    new = {
        "DATABASE_OWNER_URL": database.replace("?", "_new?"),
        "MEDIA_ROOT": str(tmp_path / "new" / "media"),
        "STATE_ROOT": str(tmp_path / "new" / "state"),
    }

    code, told = run("restore", **new)

    assert code == 0, told
    with psycopg.connect(new["DATABASE_OWNER_URL"]) as own:
        [rows] = own.execute("SELECT count(*) FROM person").fetchone()
    faults("96", "machine lost: 5 000 rows, 2 files", lost=5000 - rows, recovered="all are back")
    assert rows == 5000
    assert (tmp_path / "new/media/logos/ääni.png").read_bytes() == b"a picture"
    assert (tmp_path / "new/state/restored").exists()  # mail is held by it
    assert (tmp_path / "new/state/erased-accounts").read_text() == "7 2026-01-01\n"


def test_nothing_is_restored_over_what_is_there(run, folder):
    code, told = run("restore")

    assert (code, "not empty" in told) == (1, True)

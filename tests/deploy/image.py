"""`make image-test`: every step of `deploy/Containerfile` runs, and the image serves `/livez`.

Neither a registry nor a container engine is needed, only buildah (apt) and root: the image that the
file starts from is made here, of the empty Debian of `make deploy-test` with its own Python 3.11.
It is tried as the compose file runs it: on a read-only root, by uid 10001, without rights of root.
docker-compose (apt) reads that file, which needs no engine. The services together are not tried.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cluster_portal.home.demo.places import CHECKOUT
from tests.deploy import container

FILE = CHECKOUT / "deploy" / "Containerfile"
NAME = "localhost/cluster-portal"
OF_COMPOSE = ("portal.env", "owner.env", "database-password", "owner-password", "portal-password")
PYTHON = "python3 python3-venv python-is-python3 ca-certificates"
SERVED = {
    "SITE_URL": "http://localhost:8097",
    "ALLOWED_HOSTS": "localhost",
    "SECRET_KEY": "only-for-this-trial-" + "0123456789abcdef" * 4,
    "DATABASE_URL": "postgres://nobody@/nowhere",
    "REDIS_URL": "unix:///nowhere",
    "EMAIL_URL": "memorymail://",
    "WEB_BIND": "127.0.0.1:8097",
    "WEB_WORKERS": "1",
}
# What `read_only`, `tmpfs`, `volumes`, `cap_drop` and `no-new-privileges` of the compose file mean.
CONFINED = """
set -eu
mount --bind {root} {root}
mount -o remount,bind,ro {root}
mount -t tmpfs tmpfs {root}/tmp
mount --bind {state} {root}/var/lib/cluster-portal
mount -t proc proc {root}/proc
mount --rbind /dev {root}/dev
cd {root}
exec chroot {root} setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs \\
    --inh-caps=-all --bounding-set=-all sh -c {trial}
"""
# As the engine would: the image's command, and what HEALTHCHECK asks until it is answered.
TRIAL = """
set -eu
cd {folder}
test "$(id -u)" = 10001
! touch /opt/cluster-portal/app/written 2>/dev/null
test ! -w /opt/cluster-portal/app && test ! -w /opt/cluster-portal/static
test -w /var/lib/cluster-portal/media
python -c "import libvoikko" 2>/dev/null || ls /usr/lib/*/libvoikko.so.1 >/dev/null
{command} & web=$!
for try in $(seq 180); do
    if {health}; then kill $web; wait $web || true; echo "served after $try s"; exit 0; fi
    sleep 1
done
exit 1
"""


def main() -> int:
    if not shutil.which("buildah") or os.geteuid():
        sys.stderr.write("It needs root, and: apt install buildah debootstrap systemd-container\n")
        return 2
    began = time.monotonic()
    text = FILE.read_text()
    base = re.findall(r"^FROM (\S+)", text, re.MULTILINE)[0]
    if not _buildah("images", "--quiet", f"docker.io/library/{base}", check=False):
        _make_base(f"docker.io/library/{base}")
    binds = [f"--volume={bind}" for bind in _package_index()]
    _buildah(
        *("bud", "--format=docker", "--pull-never", "--layers=false", "--isolation=chroot", *binds),
        *("--file", str(FILE), "--tag", NAME, str(CHECKOUT)),
    )
    said = _try(text)
    size = _buildah("images", "--format", "{{.Size}}", NAME)
    sys.stdout.write(f"{said}; {size}; {time.monotonic() - began:.0f} s\n{_read_compose()}\n")
    return 0


def _read_compose() -> str:
    """Its services, by Debian's docker-compose, which checks every key; files of theirs empty."""
    if not shutil.which("docker-compose"):
        return "compose file not read: apt install docker-compose"
    with tempfile.TemporaryDirectory() as folder:
        for name in ("compose.yaml", "Containerfile", "compose-roles.sh"):
            shutil.copy(FILE.with_name(name), folder)
        for name in OF_COMPOSE:
            (Path(folder) / name).touch()
        argv = ["docker-compose", "--file", f"{folder}/compose.yaml", "config", "--services"]
        made = subprocess.run(argv, capture_output=True, text=True, check=True)
    return f"compose file read, services: {', '.join(sorted(made.stdout.split()))}"


def _make_base(name: str) -> None:
    container.make_base()
    made = _buildah("from", "scratch")
    mounted = _buildah("mount", made)
    container.run(["cp", "-a", f"{container.BASE}/.", mounted])
    install = f"apt-get update -qq && apt-get install -qq --yes --no-install-recommends {PYTHON}"
    _buildah("run", "--isolation=chroot", made, "--", "sh", "-c", install)
    _buildah("commit", "--rm", made, name)


def _try(text: str) -> str:
    health = shlex.join(_listed(text, r"^HEALTHCHECK .*\\\n\s+CMD (\[.*\])"))
    health = health.replace(":8000", ":8097") + " 2>/dev/null"
    command = shlex.join(_listed(text, r"^CMD (\[.*\])"))
    folder = re.findall(r"^WORKDIR (\S+)", text, re.MULTILINE)[-1]
    trial = TRIAL.format(command=command, health=health, folder=folder)
    made = _buildah("from", "--pull-never", NAME)
    try:
        return _confined(made, trial)
    finally:
        _buildah("rm", made)


def _confined(made: str, trial: str) -> str:
    root = _buildah("mount", made)
    form = "{{range .OCIv1.Config.Env}}{{println .}}{{end}}"
    told = subprocess.run(
        ["buildah", "inspect", "--format", form, made], capture_output=True, text=True, check=True
    ).stdout.split("\n")
    of_image = dict(line.split("=", 1) for line in told if "=" in line)
    with tempfile.TemporaryDirectory() as state:
        # A new volume begins with what the image has in its place.
        container.run(["cp", "-a", f"{root}/var/lib/cluster-portal/.", state])
        script = CONFINED.format(root=root, state=state, trial=shlex.quote(trial))
        said = subprocess.run(
            ["unshare", "--mount", "sh", "-c", script],
            env={**of_image, **SERVED, "PATH": f"{of_image['PATH']}:/usr/sbin:/sbin"},
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    return said.stdout.strip().split("\n")[-1]


def _listed(text: str, pattern: str) -> list[str]:
    found = re.search(pattern, text, re.MULTILINE)
    if found is None:
        raise LookupError(pattern)
    return re.findall(r'"((?:[^"])*)"', found[1])


def _package_index() -> list[str]:
    """Where this machine's pip finds packages, the build's pip does too."""
    files = [Path("/etc/pip.conf"), Path.home() / ".config/pip/pip.conf"]
    texts = [file.read_text() for file in files if file.exists()]
    if not texts:
        return []
    together = CHECKOUT / "var" / "pip.conf"
    together.parent.mkdir(exist_ok=True)
    lines = "\n".join(texts).replace("[global]", "")
    together.write_text(f"[global]\n{lines}\n")
    words = " ".join([*texts, os.environ.get("PIP_FIND_LINKS", "")]).replace("file://", " ")
    named = {Path(word) for word in words.split() if word.startswith("/")}
    tops = {each.parent if each.name == "simple" else each for each in named if each.exists()}
    binds = [f"{each}:{each}:ro" for each in sorted(tops)]
    return [f"{together}:/etc/pip.conf:ro", *binds]


def _buildah(*argv: str, check: bool = True) -> str:
    made = subprocess.run(["buildah", *argv], stdout=subprocess.PIPE, text=True, check=check)
    return made.stdout.strip().split("\n")[-1]


if __name__ == "__main__":
    sys.exit(main())

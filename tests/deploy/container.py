"""An empty Debian that boots systemd, on this machine's network; gone when done.

Its root is made once by debootstrap and copied for each run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

RELEASE = "bookworm"
BASE = Path("/var/tmp/cluster-portal-deploy") / RELEASE
NEEDED = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container"}
# What a machine has before anybody installs something.
MACHINE = ("systemd", "systemd-sysv", "dbus", "procps", "iproute2")
PORTS = (80, 443, 5432, 6379, 8000)
BOOT_SECONDS = 90
CERTIFICATES = "/etc/package-index.crt"


def lacking() -> str:
    """Why this machine cannot make one, in words; empty when it can."""
    if os.geteuid() != 0:
        return "It needs root."
    missing = [package for tool, package in NEEDED.items() if not shutil.which(tool)]
    if missing:
        return f"apt install {' '.join(missing)}"
    listening = subprocess.run(["ss", "-Hltn"], capture_output=True, text=True, check=True).stdout
    taken = [port for port in PORTS if f":{port} " in listening]
    return f"These ports are taken on this machine: {taken}" if taken else ""


def make_base() -> None:
    if BASE.exists():
        return
    partial = BASE.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.parent.mkdir(parents=True, exist_ok=True)
    packages = ",".join(MACHINE)
    run(["debootstrap", "--variant=minbase", f"--include={packages}", RELEASE, str(partial)])
    partial.rename(BASE)


@contextmanager
def booted() -> Iterator[Container]:
    make_base()
    root = Path(tempfile.mkdtemp(prefix="portal-deploy-", dir="/var/tmp"))
    try:
        run(["cp", "-a", f"{BASE}/.", str(root)])
        options = _package_index(root)
        Path("/run/systemd/nspawn").mkdir(parents=True, exist_ok=True)
        argv = ["systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit"]
        argv += ["--resolv-conf=copy-host", *options, "-D", str(root)]
        with subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as nspawn:
            try:
                yield Container(root, _leader(nspawn.pid))
            finally:
                nspawn.terminate()
                try:
                    nspawn.wait(60)
                except subprocess.TimeoutExpired:
                    nspawn.kill()
    finally:
        shutil.rmtree(root, ignore_errors=True)


class Container:
    def __init__(self, root: Path, leader: int) -> None:
        self.root, self.leader = root, leader

    def shell(self, script: str, *, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        """Runs it as root inside, its output shown."""
        kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        clean = {"PATH": "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", **kept}
        clean |= {"PIP_CERT": CERTIFICATES} if kept.get("PIP_CERT") else {}
        argv = ["nsenter", "--target", str(self.leader), "--all", "--root", "--wd", "bash", "-s"]
        return subprocess.run(argv, input=f"cd /root\n{script}".encode(), env=clean, check=check)

    def wait(self) -> None:
        self.shell(
            f"for try in $(seq {BOOT_SECONDS}); do"
            " [ -S /run/systemd/private ] && systemctl is-system-running --wait && break;"
            " systemctl is-system-running 2>/dev/null | grep -q degraded && break;"
            " sleep 1; done >/dev/null 2>&1; systemctl --failed --no-legend --plain"
        )


def _leader(nspawn: int) -> int:
    """The number here of the container's first process."""
    children = Path(f"/proc/{nspawn}/task/{nspawn}/children")
    until = time.monotonic() + BOOT_SECONDS
    while time.monotonic() < until:
        for child in children.read_text().split():
            if Path(f"/proc/{child}/comm").read_text().strip() == "systemd":
                return int(child)
        time.sleep(0.1)
    raise TimeoutError("the container does not boot")


def _package_index(root: Path) -> list[str]:
    """Where this machine's pip finds packages, the container's does too; options to bind these."""
    named = os.environ.get("PIP_FIND_LINKS", "").split()
    for file in map(Path, ("/etc/pip.conf", Path.home() / ".config/pip/pip.conf")):
        if file.exists():
            (root / "etc" / "pip.conf").write_text(file.read_text())
            named += file.read_text().replace("file://", " ").split()
    if certificates := os.environ.get("PIP_CERT"):
        shutil.copy(certificates, root / CERTIFICATES.lstrip("/"))
    folders = {Path(word) for word in named if word.startswith("/") and Path(word).is_dir()}
    tops = {folder.parent if folder.name == "simple" else folder for folder in folders}
    return [f"--bind-ro={folder}" for folder in sorted(tops)]


def run(argv: list[str]) -> None:
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)

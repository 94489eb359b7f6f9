"""Makes `.venv` with exactly the packages of a lock file; run by path with the system's Python.

python3 cluster_portal/home/demo/install.py requirements-demo.txt

Knows only the standard library, since nothing is installed yet. The Makefile has made sure that
this Python is new enough.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
NEEDED_MB = 900
FAULTS = {  # what the installer says: what it means
    "No space left on device": "The disk is full. Free about 900 MB and start again.",
    "Permission denied": "This user may not write there. Is the checkout someone else's?",
    "Temporary failure in name": "The package index cannot be reached. Is there a network?",
    "NewConnectionError": "The package index cannot be reached. Is there a network?",
    "error sending request": "The package index cannot be reached. Is there a network?",
    "DO NOT MATCH THE HASHES": "A package differs from the one this version was tested with.",
    "Hash mismatch": "A package differs from the one this version was tested with.",
    "No matching distribution": "There is no ready-made package for this machine (Linux with glibc"
    " on x86_64, Python 3.11 or newer); nothing is ever compiled here.",
    "has no usable wheels": "There is no ready-made package for this machine (Linux with glibc"
    " on x86_64, Python 3.11 or newer); nothing is ever compiled here.",
}


def main(lock: Path) -> None:
    with_lock = os.open(CHECKOUT, os.O_RDONLY)
    fcntl.flock(with_lock, fcntl.LOCK_EX)  # two first starts at once: the second finds it done
    key, stamp = key_of(lock), VENV / f"installed-{lock.name}"
    if stamp.exists() and stamp.read_text() == key and is_usable():
        return
    require_space()
    if not is_usable():
        make_venv()
    install(lock)
    stamp.write_text(key)
    if lock.name == "requirements-dev.txt":  # it holds the demo's
        inner = lock.with_name("requirements-demo.txt")
        (VENV / f"installed-{inner.name}").write_text(key_of(inner))


def key_of(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def is_usable() -> bool:
    """The folder may be half-made, or its Python may be gone."""
    probe = "import sys; sys.exit(sys.version_info < (3, 11))"
    if not uv():
        probe = f"import pip; {probe}"
    try:
        return subprocess.run([PYTHON, "-c", probe], capture_output=True).returncode == 0
    except OSError:
        return False


def uv() -> str | None:
    return None if os.environ.get("WITHOUT_UV") else shutil.which("uv")


def require_space() -> None:
    free = shutil.disk_usage(CHECKOUT).free // 1_000_000
    if free < NEEDED_MB:
        sys.exit(f"The disk is full: {free} MB are free, the packages need {NEEDED_MB} MB.")


def make_venv() -> None:
    """uv brings its own installer; without it the venv needs pip, which Debian packs apart."""
    wanted = ("venv",) if uv() else ("venv", "ensurepip")
    if not all(importlib.util.find_spec(module) for module in wanted):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        sys.exit(
            "Python's venv module is missing: apt install python3-venv"
            f" (or {package}, if that is not your usual Python)."
        )
    say("Making the virtual environment .venv …")
    options = ["--without-pip"] if uv() else []
    run([sys.executable, "-m", "venv", "--clear", *options, VENV])


def install(lock: Path) -> None:
    """The lock is closed (`make check` tells), so nothing is resolved.

    A pip before 23.3 asks the index for the newest version behind an extra although it is pinned,
    and then refuses it for its missing hash.
    """
    count = sum("==" in line for line in lock.read_text().splitlines())
    say(f"Installing {count} packages, checked against their hashes …")
    exact = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", lock]
    if uv():
        run([uv(), "pip", "install", "--python", PYTHON, "--compile-bytecode", *exact])
        run([uv(), "pip", "check", "--python", PYTHON])
    else:
        pip = [PYTHON, "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
        run([*pip, "--disable-pip-version-check", *exact], count)
        run([PYTHON, "-m", "pip", "check", "--disable-pip-version-check"])
    say("The packages are installed.")


def run(argv: list[object], expected: int = 0) -> None:
    """Show how far it is; when it fails, say why and show its last lines."""
    output: list[str] = []
    with subprocess.Popen(
        [str(part) for part in argv],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            output.append(line)
            show_progress(line, sum(text.startswith("Collecting ") for text in output), expected)
    if process.returncode:
        sys.exit(explain("".join(output)))


def show_progress(line: str, collected: int, expected: int) -> None:
    if line.startswith("Collecting ") and collected % 20 == 0:
        say(f"  {collected} of {expected} downloaded …")
    elif line.startswith("Installing collected packages"):
        say("  all downloaded; unpacking and compiling them takes about half a minute …")


def explain(output: str) -> str:
    tail = "".join(f"    {line}\n" for line in output.strip().splitlines()[-6:])
    known = (meaning for sign, meaning in FAULTS.items() if sign in output)
    reason = next(known, "The installer says:")
    return f"The packages could not be installed. {reason}\n{tail}"


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(CHECKOUT / sys.argv[1])
    except OSError as error:
        sys.exit(f"The packages could not be installed: {error.strerror} ({error.filename}).")
    except KeyboardInterrupt:
        sys.exit("Interrupted; the next start goes on from here.")

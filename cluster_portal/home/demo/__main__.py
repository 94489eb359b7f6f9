"""python -m cluster_portal.home.demo [--port N] [--data FOLDER] [--manage COMMAND …]"""

import argparse
import ctypes
import signal
import sys
from pathlib import Path

import psycopg

from cluster_portal.home.demo.children import PR_SET_PDEATHSIG, owner_of_servers
from cluster_portal.home.demo.manage import run_command
from cluster_portal.home.demo.places import CHECKOUT, open_places
from cluster_portal.home.demo.supervisor import Supervisor
from cluster_portal.home.demo.trouble import Trouble, explain


def main() -> int:
    try:
        return run(parse(sys.argv[1:]))
    except Trouble as trouble:
        sentence = str(trouble)
    except OSError as error:
        sentence = explain(error)
    except psycopg.Error as error:
        sentence = f"The database refused: {error}"
    sys.stderr.write(f"{sentence}\n")
    return 1


def run(options: argparse.Namespace) -> int:
    if options.with_parent:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    places = open_places(options.data, owner_of_servers())
    if options.manage is not None:
        return run_command(places, options.manage)
    Supervisor(places, options.port).run()
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="demo", description="Runs the portal with all it needs.")
    parser.add_argument("--port", type=port, default=8000)
    parser.add_argument("--data", type=data_folder, default=data_folder(""))
    parser.add_argument("--with-parent", action="store_true", help="stop when the caller is killed")
    parser.add_argument("--manage", nargs=argparse.REMAINDER, help="run one management command")
    return parser.parse_args(arguments)


def port(text: str) -> int:
    """An empty text means the usual port, 0 any free one."""
    if not text:
        return 8000
    if not text.isdecimal() or int(text) > 65535:
        raise Trouble(f"PORT={text} is no port: choose one from 1 to 65535, or 0 for a free one.")
    return int(text)


def data_folder(text: str) -> Path:
    return Path(text) if text else CHECKOUT / "var" / "demo"


if __name__ == "__main__":
    sys.exit(main())

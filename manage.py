#!/usr/bin/env python3
import os
import sys

from django.core.management import execute_from_command_line

import cluster_portal.celery  # noqa: F401 - what a command posts must wake the right broker


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster_portal.settings")
    # A page has five seconds, a command its own time, also where the servers' variables are set.
    os.environ["STATEMENT_TIMEOUT_MS"] = "0"
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

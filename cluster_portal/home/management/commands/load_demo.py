"""Loads the example content from the plain files of `home/demo_data`; twice changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cluster_portal.core.registries import demo_loaders

FOLDER = Path(__file__).resolve().parents[2] / "demo_data"


class Command(BaseCommand):
    help = "Load the example content (idempotent; dates are relative to the day of the first load)."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        for loader in demo_loaders:
            loader.load(FOLDER, today)
            self.stdout.write(f"{loader.key}: loaded")

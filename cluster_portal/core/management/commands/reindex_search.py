from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cluster_portal.core import search
from cluster_portal.core.search.words import searchable_models
from cluster_portal.core.text import finnish


class Command(BaseCommand):
    help = "Write the search index of everything anew, and count its distinct words."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-changed",
            action="store_true",
            help="only what was indexed by another analyser, or never",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        models = searchable_models()
        done = [m for m in models if search.reindex_model(m, only_if_changed=options["if_changed"])]
        if done:
            words = search.refresh_counts()
            names = ", ".join(str(model._meta.verbose_name_plural) for model in done)
            self.stdout.write(f"{names}: {words} words, {finnish.engine_name()}")

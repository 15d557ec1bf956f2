"""Found a city, or load the demonstration."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from demo.loader import PASSWORD, load_demo, sign_ins
from home.founding import found_city, read_rows
from venues.default_standards import add_default_standards


class Command(BaseCommand):
    """``city init`` founds an empty city; ``city demo`` loads Quanzhou with examples."""

    help = "Found a city from two files (init), or load the demonstration city (demo)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        init = acts.add_parser("init", help="Found an empty city.")
        init.add_argument("--name", required=True, help="The city's name, such as 泉州市.")
        init.add_argument(
            "--regions", type=Path, required=True, help="JSON: list of code, name, level, parent_code."
        )
        init.add_argument(
            "--departments",
            type=Path,
            required=True,
            help="JSON: list of code, name, short_name, level, region_code.",
        )
        acts.add_parser("demo", help="Load the demonstration city; what is there already stays as it is.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["act"] == "demo":
                load_demo(tell=self.stdout.write)
                self._tell_sign_ins()
                return
            home = found_city(
                name=options["name"],
                regions=read_rows(options["regions"], "regions"),
                departments=read_rows(options["departments"], "departments"),
            )
            add_default_standards()
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(
            f"{home.title}: /admin/ is where departments publish; `manage.py createsuperuser` makes the first account."
        )

    def _tell_sign_ins(self) -> None:
        self.stdout.write(f"\nSign in at /admin/ with the password {PASSWORD} as")
        for email, role in sign_ins():
            self.stdout.write(f"  {email:<32} {role}")

import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from cluster_portal.core.errors import Refused
from members.services import founding


class Command(BaseCommand):
    help = (
        "Make an administrator with a second factor. The password is asked for, or read from"
        " standard input. With --new-factor an administrator gets a new second factor."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Ylläpito", help="the first name")
        parser.add_argument("--new-factor", action="store_true")

    def handle(self, *args: Any, email: str, name: str, new_factor: bool, **options: Any) -> None:
        try:
            validate_email(email)
            if new_factor:
                user, factor = founding.renew_factor(email)
            else:
                user, factor = founding.make_administrator(email, _password(), name=name)
        except Refused as fault:
            raise CommandError(fault.message) from fault
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        self.stdout.write(f"{user.email} is an administrator.")
        self.stdout.write("Give this key to an authenticator app; it is not shown again:")
        self.stdout.write(f"  {factor.key}")
        self.stdout.write(f"  {factor.address}")
        self.stdout.write("Make recovery codes after signing in, at /accounts/2fa/.")


def _password() -> str:
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass("Password: ")
        if password != getpass("Again: "):
            raise CommandError("The passwords differ.")
    validate_password(password)
    return password

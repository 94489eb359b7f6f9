"""How passwords are kept and which are refused: Argon2id sized for many sign-ins at once."""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class FrugalArgon2PasswordHasher(Argon2PasswordHasher):
    """OWASP's second recommendation (19 MiB, t=2, p=1): fifty parallel sign-ins fit a worker."""

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1


class LongEnough(MinimumLengthValidator):
    """Django's rule, said in every language of the portal."""

    def get_error_message(self) -> str:
        words = _("The password must have at least %(count)d characters.")
        return words % {"count": self.min_length}

    get_help_text = get_error_message

"""Argon2id sized for many sign-ins at once."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class FrugalArgon2PasswordHasher(Argon2PasswordHasher):
    """OWASP's second recommendation (19 MiB, t=2, p=1): fifty parallel sign-ins fit a worker."""

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "vähintään 10 merkkiä"), ("sv", "minst 10 tecken"), ("en", "at least 10 characters")],
)
def test_a_short_password_is_refused_in_the_readers_language(language, words):
    with override(language), pytest.raises(ValidationError, match=words):
        validate_password("kivi-7")

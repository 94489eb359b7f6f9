import pytest
from django.core.exceptions import ValidationError

from cluster_portal.core.text.addresses import (
    AddressField,
    clean_domain,
    mailbox_of,
    normal_address,
    readable_domain,
)

WRITTEN = ["Maija@Pähkinä.FI", " maija@pa\u0308hkina\u0308.fi", "maija@xn--phkin-grae.fi"]


@pytest.mark.parametrize(
    "address",
    ["a.b@example.org", "A.B@Example.ORG", " a.b+1@example.org ", "a.b+1+2@example.org."],
)
def test_mailbox_is_one_for_case_and_tags(address):
    assert mailbox_of(address) == "a.b@example.org"


@pytest.mark.parametrize("address", ["a.b@gmail.com", "ab+x@googlemail.com", "A.b.@gmail.com"])
def test_mailbox_of_a_provider_that_ignores_dots(address):
    assert mailbox_of(address) == "ab@gmail.com"


@pytest.mark.parametrize(
    ("address", "mailbox"),
    [("+1@example.org", "+1@example.org"), ("broken", "broken"), ("", ""), ("@x", "@x")],
)
def test_mailbox_of_odd_addresses_is_kept_apart(address, mailbox):
    assert mailbox_of(address) == mailbox


@pytest.mark.parametrize("address", WRITTEN)
def test_domain_has_one_form_however_it_is_written(address):
    assert normal_address(address) == "maija@xn--phkin-grae.fi"
    assert AddressField().clean(address) == "maija@xn--phkin-grae.fi"


@pytest.mark.parametrize("domain", ["pähkinä.fi", "@Pähkinä.fi", "xn--phkin-grae.fi"])
def test_domain_is_shown_readable(domain):
    assert readable_domain(clean_domain(domain)) == "pähkinä.fi"


@pytest.mark.parametrize("domain", ["pähkinä", "a b.fi", "a@b.fi", "http://a.fi", "", "x" * 130])
def test_what_is_no_domain_is_refused(domain):
    with pytest.raises(ValidationError):
        clean_domain(domain)


@pytest.mark.parametrize("address", ["a@b..fi", "a@" + "x" * 70 + ".fi", "@", "a"])
def test_address_without_a_domain_stays_as_it_is(address):
    assert normal_address(address) == address

import pytest

from cluster_portal.core.addresses import mailbox_of


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

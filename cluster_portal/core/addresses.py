"""E-mail addresses: which of them reach the same mailbox."""

# Providers that deliver an address with and without dots to the same mailbox, by their names.
DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}


def mailbox_of(address: str) -> str:
    """The mailbox behind an address, for counting; never an address to send to.

    Case and what follows a plus sign make no other mailbox, nor do dots at some providers.
    """
    local, at, domain = address.strip().casefold().rpartition("@")
    if not at:
        return domain
    local = local.partition("+")[0] or local
    domain = domain.rstrip(".")
    if domain in DOTLESS:
        local, domain = local.replace(".", "") or local, DOTLESS[domain]
    return f"{local}@{domain}"

"""What the terminal shows when the portal is ready."""

from cluster_portal.home.demo.environment import Ports, given
from cluster_portal.home.demo.places import Places

PASSWORD = "demo-salasana-2026"
ACCOUNTS = {
    "yllapito@example.org": "platform administrator",
    "koordinaattori.pirkanmaa@example.org": "coordinator, Pirkanmaa",
    "koordinaattori.pohjois-savo@example.org": "coordinator, Pohjois-Savo",
    "yritys@example.org": "company",
    "viranomainen@example.org": "authority",
    "jarjesto@example.org": "association",
    "tutkija@example.org": "researcher",
    "ohjaaja@example.org": "thesis supervisor",
    "opiskelija@example.org": "student",
    "uusi@example.org": "verified, no membership yet",
}


def banner(places: Places, ports: Ports, seconds: float) -> str:
    address = given("SITE_URL") or f"http://localhost:{ports.web}"
    width = max(map(len, ACCOUNTS))
    accounts = "\n".join(f"    {email:<{width}}  {role}" for email, role in ACCOUNTS.items())
    return f"""
  The portal is ready after {seconds:.0f} s:  {address}/
  Mail is read at               {address}/demo/mail/
  The admin is at               {address}/admin/

  Accounts, all with the password {PASSWORD}:
{accounts}

  Data and logs are in {places.data}
  Ctrl-C stops everything.
"""

import pytest
from django.core.exceptions import ValidationError

from cluster_portal.core.text.classified import marking_in, refuse_marked


@pytest.mark.parametrize(
    "text",
    ["TL III", "TL IV", "TL I", "TL4", "ST IV", "SK II", "SALAINEN", "ERITTÄIN SALAINEN",
     "LUOTTAMUKSELLINEN", "KÄYTTÖ RAJOITETTU", "SALASSA PIDETTÄVÄ", "HEMLIG", "KONFIDENTIELL",
     "BEGRÄNSAD TILLGÅNG", "RESTREINT UE", "EU RESTRICTED", "NATO RESTRICTED", "NATO SECRET",
     "Liite 3 (TL III): sijainnit", "Asiakirja on SALASSA PIDETTÄVÄ, JulkL 24 §"],
)  # fmt: skip
def test_marking_is_refused_and_named(text):
    with pytest.raises(ValidationError) as refused:
        refuse_marked("tavallinen", text)

    assert marking_in(text) in refused.value.messages[0]


@pytest.mark.parametrize(
    "text",
    ["luottamuksellinen keskustelu", "Salainen ase on yhteistyö", "en hemlig plats", "",
     "TLI-luokka", "TRL 4", "Palveluun ei saa tallentaa (TL I–IV) tietoa", "salassapito", None],
)  # fmt: skip
def test_ordinary_prose_passes(text):
    refuse_marked(text)

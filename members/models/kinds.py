"""What kind of body an organisation is, its sector, and what its name tells of that."""

from __future__ import annotations

import re

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    EDUCATION = "education", _("Education")
    RESEARCH = "research", _("Research")
    PUBLIC = "public", _("Public authorities")
    BUSINESS = "business", _("Business")
    THIRD = "third", _("Third sector")


class Kind(models.TextChoices):
    UNIVERSITY = "university", _("University")
    UAS = "university_of_applied_sciences", _("University of applied sciences")
    VOCATIONAL = "vocational_institution", _("Vocational or other educational institution")
    RESEARCH = "research_institute", _("Research institute")
    STATE = "state_authority", _("State authority")
    MUNICIPALITY = "municipality", _("Municipality or city")
    JOINT_MUNICIPAL = "joint_municipal_authority", _("Joint municipal authority")
    REGIONAL_COUNCIL = "regional_council", _("Regional council")
    WELLBEING = "wellbeing_services_county", _("Wellbeing services county")
    COMPANY = "company", _("Company")
    DEVELOPMENT = "development_company", _("Development company")
    BUSINESS_ASSOCIATION = "business_association", _("Business organisation")
    ASSOCIATION = "association", _("Association or foundation")
    OTHER = "foreign_other", _("Other or foreign organisation")


SECTOR_OF = {
    Kind.UNIVERSITY: Sector.EDUCATION,
    Kind.UAS: Sector.EDUCATION,
    Kind.VOCATIONAL: Sector.EDUCATION,
    Kind.RESEARCH: Sector.RESEARCH,
    Kind.STATE: Sector.PUBLIC,
    Kind.MUNICIPALITY: Sector.PUBLIC,
    Kind.JOINT_MUNICIPAL: Sector.PUBLIC,
    Kind.REGIONAL_COUNCIL: Sector.PUBLIC,
    Kind.WELLBEING: Sector.PUBLIC,
    Kind.COMPANY: Sector.BUSINESS,
    Kind.DEVELOPMENT: Sector.BUSINESS,
    Kind.BUSINESS_ASSOCIATION: Sector.BUSINESS,
    Kind.ASSOCIATION: Sector.THIRD,
    Kind.OTHER: Sector.THIRD,
}


# Words of names, in the order of how surely they tell the kind: a university of applied sciences is
# often a company by law, and an association's name ends in "ry" whatever it does. A star is for the
# beginning of a compound or the end of a Swedish form.
_WORDS: dict[Kind, str] = {
    Kind.UAS: "*ammattikorkeakoulu, yrkeshögskola*, university of applied sciences",
    Kind.UNIVERSITY: "*yliopisto, *korkeakoulu, *högskola, universitet*, university",
    Kind.VOCATIONAL: "*opisto, *koulu, *lukio, *oppilaitos, koulutuskeskus, koulutuskuntayhtymä",
    Kind.RESEARCH: (
        "*tutkimuslaitos, *tutkimuskeskus, *tutkimusinstituutti, luonnonvarakeskus,"
        " ilmatieteen laitos, *forskningsinstitut"
    ),
    Kind.WELLBEING: "*hyvinvointialue, *välfärdsområde, *pelastuslaitos, *räddningsverk",
    Kind.REGIONAL_COUNCIL: (
        "*maakuntaliitto, uudenmaan liitto, varsinais-suomen liitto, satakuntaliitto,"
        " hämeen liitto, pirkanmaan liitto, päijät-hämeen liitto, kymenlaakson liitto,"
        " etelä-karjalan liitto, etelä-savon liitto, pohjois-savon liitto,"
        " keski-suomen liitto, etelä-pohjanmaan liitto, pohjanmaan liitto,"
        " keski-pohjanmaan liitto, kainuun liitto, lapin liitto, *landskapsförbund"
    ),
    Kind.JOINT_MUNICIPAL: "*kuntayhtymä, samkommun",
    Kind.MUNICIPALITY: "kunta, kaupunki, kommun, stad",
    Kind.DEVELOPMENT: "*kehitysyhtiö, *kehittämisyhtiö, *elinkeinoyhtiö",
    Kind.BUSINESS_ASSOCIATION: "*yrittäjät, *kauppakamari, handelskammare, företagarna",
    Kind.STATE: (
        "*ministeriö, *virasto, *poliisilaitos, poliisi, *elinvoimakeskus, *ely-keskus,"
        " *rajavartiosto, *rajavartiolaitos, *puolustusvoimat, *prikaati, *lennosto,"
        " *hätäkeskuslaitos, *huoltovarmuuskeskus, tulli, *kanslia"
    ),
    Kind.COMPANY: "oy, oyj, ab, abp, ky, ay, tmi, osk, *osuuskunta, ltd, gmbh, inc",
    Kind.ASSOCIATION: (
        "ry, rf, rp, sr, *yhdistys, *säätiö, *stiftelse*, *förening*, *järjestö, *seura,"
        " *seurakunta, *liitto, *förbund*"
    ),
}


def _pattern(words: str) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in words.split(", "))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)".replace(r"\*", r"[\w-]*"))


_PATTERNS = {kind: _pattern(words) for kind, words in _WORDS.items()}


def proposed_kind(name: str) -> Kind | None:
    """What the name says that the organisation is; None where it says nothing."""
    text = " ".join(name.casefold().replace(".", "").split())
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(text)), None)

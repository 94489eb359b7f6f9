"""Word lists that the analysers cannot know by themselves; data, no rules.

Sources: the stop lists of PostgreSQL's snowball dictionaries (shortened), the glossary of the
domain, and Kielitoimiston sanakirja for which compounds have a meaning of their own.
"""

from __future__ import annotations

FINNISH_FUNCTION_WORDS = frozenset(
    """
    ja tai sekä eli vai että jotta koska kun jos vaikka kuin mutta vaan sillä joten kuten niin myös
    ei en et emme ette eivät älä on ole olla oli olen olet olemme olette ovat olivat olisi ollut
    olleet olevat oleva se sen sitä siinä siitä siihen sillä siltä sille ne niiden niitä niissä
    niistä niihin niillä niille hän hänen he heidän heitä tämä tämän tätä tässä tästä tähän tällä
    tälle nämä näiden näitä näissä näistä tuo tuon joka jonka jota jossa josta johon jolla jolle
    jotka joiden joita joissa joista joihin joilla joille mikä minkä mitä missä mistä mihin millä
    mitkä mille milloin miten kuka ketkä ketä kenelle miksi jokin jonkin jotain jossain joku jo nyt
    vielä aina usein silloin siten sitten siis siksi noin hyvin enää vain ainakin esimerkiksi mm esim
    kautta kanssa kesken välillä mukaan myötä aikana varten sekä ennen jälkeen ilman kohti vastaan
    alla päällä sisällä ulkopuolella eri muu muun muut muiden muita muissa toinen toisen kaikki
    kaikkien kaikissa sama saman oma oman voi voivat voidaan voisi tulee tulevat täytyy pitää
    saa saavat minä sinä me te minun sinun meidän teidän itse ettei eikä kuitenkin lisäksi nyky
    """.split()
)

SWEDISH_FUNCTION_WORDS = frozenset(
    """
    och det att i en jag hon som han på den med var sig för så till är men ett om hade de av icke
    mig du henne då sin nu har inte hans honom skulle hennes där min man ej vid kunde något från ut
    när efter upp vi dem vara vad över än dig kan sina här ha mot alla under någon eller allt mycket
    sedan ju denna själv detta åt utan varit hur ingen mitt ni bli blev oss din dessa några deras
    blir mina samma vilken er sådan vår blivit dess inom mellan sådant varför varje vilka ditt vem
    vilket sitt sådana vart dina vars vårt våra ert era vilkas genom samt också
    """.split()
)

ENGLISH_FUNCTION_WORDS = frozenset(
    """
    i me my we our ours you your he him his she her it its they them their what which who whom this
    that these those am is are was were be been being have has had having do does did doing a an the
    and but if or because as until while of at by for with about against between into through during
    before after above below to from up down in out on off over under again further then once here
    there when where why how all any both each few more most other some such no nor not only own same
    so than too very can will just should now would could may might must also per via
    """.split()
)

# Compounds whose parts say nothing about them: they are one word to the search. Inside a longer
# compound they stay whole too (viranomais|yhteistyö), so "työ" or "kunta" does not find them.
ATOMIC_COMPOUNDS = frozenset(
    """
    viranomainen yhteiskunta yhteisö yhteistyö yhteistoiminta yhteinen maakunta valtakunta eduskunta
    ihmiskunta kokonainen opinnäyte opinnäytetyö tutkinto toimenpide toimintakyky toimiala toimitila
    toimiaika lähtökohta näkökulma osa-alue ajankohta ajankohtainen aikataulu mahdollisuus
    kirjasto vapaaehtoinen ennakoiva ohjelmisto tietokone tietokanta puhelin matkapuhelin
    käyttöliittymä lainsäädäntö säädös asetus lautakunta kauppakamari korkeakoulu
    ammattikorkeakoulu yliopisto ympäristö toimintaympäristö luonnonvara voimavara
    ihminen henkilöstö jäsenmaa kaupunki kunnossapito
    vastuualue osapuoli osakeyhtiö yksikkö yksityinen yksilö palvelu hyvinvointi jokapäiväinen
    päivämäärä kuukausi pääkaupunki työttömyys työllisyys maailma aamupäivä
    iltapäivä huomioida yhdenvertainen yhdenvertaisuus tasa-arvo luottamus omainen kotimaa
    ulkomaa itsenäinen monipuolinen samanaikainen eriarvoisuus eriarvoinen kansainvälinen
    kansalainen kansallinen oikeusministeriö avunanto edellytys menetelmä hallitusohjelma
    jalostusarvo avainhenkilö hallitus selvitys esimies poikkeus poikkeama
    ulkopuolinen sisäpuolinen jälkikäteinen etukäteinen alkuperä keskimääräinen määräaika
    pitkäaikainen lyhytaikainen tarkoituksenmukainen asianmukainen oikea-aikainen
    esimerkki kohderyhmä työnjako työväline vuorovaikutus huolto
    """.split()
)

# Elements of Swedish compounds in this domain, as stems; long ones first when splitting.
SWEDISH_ELEMENTS = tuple(
    sorted(
        """
        säkerhet beredskap räddning försörjning kris cyber information data skydd hälso hälsovård vård
        energi vatten plan planering ledning hantering övning verk tjänst myndighet kommun region
        samhälle organisation frivillig befolkning brand polis gräns försvar trygghet livsmedel transport
        logistik företag bransch nätverk samarbete forskning utbildning undervisning examen arbete
        projekt studie kommunikation riskhantering risk hot bedömning analys system teknik teknologi
        miljö klimat skog gård lantbruk el ström avbrott kraft reserv störning kontinuitet
        situation läge bild lägesbild sjuk sjukvård social social- digital trafik väg sjö
        fartyg flyg kärn strål kemikalie olycka evakuering informationssäkerhet
        kompetens behov utveckling modell metod verktyg undersökning utredning kartläggning
        """.split(),
        key=len,
        reverse=True,
    )
)

# First elements that English writes both joined and apart (cybersecurity, cyber security).
ENGLISH_ELEMENTS = ("cyber", "water", "health", "supply", "wild", "flood", "black", "data", "geo")

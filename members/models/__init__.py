from members.models.affiliations import Affiliation
from members.models.capabilities import Capability
from members.models.clusters import Cluster, ClusterMilestone, Coordinator, CoordinatorTerm
from members.models.contact_messages import ContactMessage
from members.models.content import ClusterContent, ClusterContentQuerySet, SearchableContentQuerySet
from members.models.doubles import ToldApart
from members.models.expert_faces import ExpertFace
from members.models.experts import ExpertConsent, ExpertOffer, ExpertProfile
from members.models.handovers import Handover, HandoverItem
from members.models.memberships import CurrentMember, Membership
from members.models.named_people import NamedPerson
from members.models.need_answers import AnswerArrival, NeedMatch, NeedOffer
from members.models.needs import Need
from members.models.nominations import Nomination
from members.models.organisations import Organisation
from members.models.regions import RegionProfile
from members.models.related import RelatedCluster
from members.models.sign_in import FailedSignIns
from members.models.tenders import TenderFit, TenderNotice
from members.models.users import User

__all__ = [
    "Affiliation",
    "AnswerArrival",
    "Capability",
    "Cluster",
    "ClusterContent",
    "ClusterContentQuerySet",
    "ClusterMilestone",
    "ContactMessage",
    "Coordinator",
    "CoordinatorTerm",
    "CurrentMember",
    "ExpertConsent",
    "ExpertFace",
    "ExpertOffer",
    "ExpertProfile",
    "FailedSignIns",
    "Handover",
    "HandoverItem",
    "Membership",
    "NamedPerson",
    "Need",
    "NeedMatch",
    "NeedOffer",
    "Nomination",
    "Organisation",
    "RegionProfile",
    "RelatedCluster",
    "SearchableContentQuerySet",
    "TenderFit",
    "TenderNotice",
    "ToldApart",
    "User",
]

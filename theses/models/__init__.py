from theses.models.applications import Application
from theses.models.parts import Place, TopicEducationField, TopicTerm
from theses.models.topics import Topic

__all__ = ["Application", "Place", "Topic", "TopicEducationField", "TopicTerm"]

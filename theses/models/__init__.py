from theses.models.applications import Application
from theses.models.topics import Place, Topic, TopicEducationField, TopicTerm

__all__ = ["Application", "Place", "Topic", "TopicEducationField", "TopicTerm"]

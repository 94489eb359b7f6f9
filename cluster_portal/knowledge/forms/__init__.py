"""Input of those who write articles, cleaned to values that the services take."""

"""Input of the theses app to clean values."""

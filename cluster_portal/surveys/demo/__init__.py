"""Example rounds and answers."""

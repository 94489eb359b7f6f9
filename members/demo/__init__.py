"""The example content of the members app; each part loads after those that it stands on."""

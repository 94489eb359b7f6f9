"""The example content of the surveys app; each part loads after those that it stands on."""

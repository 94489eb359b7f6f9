"""Every write of the theses app that has a consequence."""

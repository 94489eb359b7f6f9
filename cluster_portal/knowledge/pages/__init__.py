"""What pages of articles show."""

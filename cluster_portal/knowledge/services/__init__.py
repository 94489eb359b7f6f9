"""What happens to articles: writing, review, publishing at a moment."""

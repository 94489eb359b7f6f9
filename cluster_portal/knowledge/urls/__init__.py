"""The addresses of news, of the library, of the standing pages and of the situation picture."""

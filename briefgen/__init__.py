"""briefgen: open-source intelligence reports become a cited, searchable briefing site."""

__version__ = "0.1.0"

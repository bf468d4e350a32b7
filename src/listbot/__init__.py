"""listbot keeps curated lists healthy: it reads a list's Markdown file as the source of truth and checks it."""

__version__ = "0.1.0"

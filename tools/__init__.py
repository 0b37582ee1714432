"""Programs for working on Milium; nothing here is installed."""

"""Knows places: a curated gazetteer of names, positions and dated lines, one TOML file a place."""

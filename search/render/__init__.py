"""Rendering: hits in, lines out. It never searches."""

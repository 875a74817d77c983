"""Patterns that stand for many words, looked for in the folded forms of a dictionary (`Folded`), all at once.

Every one gives the places in the dictionary of the forms that it matches, and takes time in proportion to the
dictionary, whatever the pattern.
"""

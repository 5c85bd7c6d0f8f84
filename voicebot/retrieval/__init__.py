"""What the FAQ's search needs from vendors: words from Sudachi's dictionary, sentence vectors from a small model.

Each is a plain callable that bootstrap hands to the search. This room must not know entries, confidences or dialogs.
"""

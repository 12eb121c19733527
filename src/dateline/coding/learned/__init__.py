"""The learned coder: a small encoder with heads for triggers and participants, distilled from careful readings."""

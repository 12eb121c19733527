"""What is kept: reports, what they tell, and what merging made of it, in one DuckDB file.

In go pairs of a report and its coded record, in any order and as often as one likes; out come events, cases, reports
and derivations as typed records. One process writes at a time. Nothing here reads text or decides what is the same:
coding and merging do.
"""

from __future__ import annotations

from dateline.book.book import Added, Book
from dateline.book.views import Case, Derivation, ReportView, Spell

__all__ = ["Added", "Book", "Case", "Derivation", "ReportView", "Spell"]

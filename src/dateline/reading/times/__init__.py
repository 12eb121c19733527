"""Time expressions: a text and its publication day in, `Timex` annotations with intervals of days out.

Stands alone: `tag` needs no parse and no model. What is known of words and patterns lies in codebook/times; nothing
here knows events, actors or places.
"""

from dateline.reading.annotations import Timex
from dateline.reading.times.intervals import edtf, edtf_interval, interval_of
from dateline.reading.times.ranges import TimeRange, ranges
from dateline.reading.times.tagger import tag

__all__ = ["TimeRange", "Timex", "edtf", "edtf_interval", "interval_of", "ranges", "tag"]

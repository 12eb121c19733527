"""Where reports come from: files, folders and streams in, `Report`s out, one at a time.

`read_reports` is the way in. What is wrong with the input becomes one `InputError` for each fault, and the rest goes
on; nothing here knows what the words of a report mean. Each kind of source (text, JSON lines, folder, whatever tells
itself by its content) is a module of its own, found by the entry point group `dateline.sources`.
"""

from dateline.sources.kinds import Found, Kind, Options
from dateline.sources.reader import read_reports

__all__ = ["Found", "Kind", "Options", "read_reports"]

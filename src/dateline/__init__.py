"""dateline reads dated news reports and turns them into event data that one can cite."""

__version__ = "0.1.0"

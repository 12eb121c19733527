"""What is the same across reports: actors that are one identity, accounts that tell of one event.

In go coded reports with their texts, as small sketches that can be kept and compared; out come identities, links that
explain themselves, clusters of accounts, and for each cluster the values that agree and those in dispute. Everything
here is a pure function of its arguments and none depends on the order in which reports came; nothing here knows a
database or a parser.
"""

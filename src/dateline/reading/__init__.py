"""What the words of a report are: spaCy components that leave typed annotations on the Doc.

In goes a Report's text, out comes a Doc with times, mentions, entities, roles, kin, places, quotes and attributions
(see `annotations`). Nothing here knows event types, and nothing here knows a database.
"""

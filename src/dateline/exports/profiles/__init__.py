"""Tables in the columns of older event data, which scripts in R and Python already read.

Each profile has the columns of its model under their names and in their order; dateline's own come after them. In go
the events of a selection, out come rows. What dateline does not know stays empty, and an event that the model would not
count is left out; codes are strings.
"""

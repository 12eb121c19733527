"""What a report tells: from a read Doc to accounts of events.

In goes a Doc that reading has annotated, out comes a CodedReport: engines propose (frames over the parse are the
first), the shared rooms here fill status, voice, time, place and counts, unite the tellings of one event, and a
verifier checks every span and value. Nothing here opens a file of reports or a database.
"""

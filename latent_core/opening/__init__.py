"""Files of other programs become installed models and data sets.

Each kind is inspected first: a draft says what was understood, and can be corrected.  Then it is
saved as what ships is saved, so that nothing else has to know where it came from.
"""

"""Everything that a rule can see: the shape of each fact.

Facts are frozen. `place` shows up in rules as `text`, `zone` and `where`. Every number is a double. Moments are RFC
3339 strings, days ISO dates, None where unknown. A rule author reads these files, a subject each,
or the output of `presend facts FILE`.
"""

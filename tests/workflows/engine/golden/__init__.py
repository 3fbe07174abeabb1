"""States of each form that a release has written, kept as they were: a case begun then goes on today.

``python -m tests.workflows.engine.golden`` writes those of the present form, when a release changes it.
"""

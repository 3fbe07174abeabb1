"""What FEEL computes with, and how two values compare and combine.

A number is a ``Decimal``, a text a ``str``, yes and no are ``bool``, nothing is ``None``; dates and times are those
of Python, a list a ``list``, a context a ``dict``. What Python has no type for is in ``kinds``.
"""

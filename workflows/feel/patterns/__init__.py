"""Search patterns (XPath regular expressions) whose cost grows with the text and the pattern, never faster.

Python's own matcher goes back over a text as often as a hostile pattern likes; this one reads each character once.
"""

from workflows.feel.patterns.machine import Found, search
from workflows.feel.patterns.program import Program, program_of

__all__ = ["Found", "Program", "program_of", "search"]

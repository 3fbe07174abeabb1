"""From a text to words: numbers, texts, names with spaces, and brackets told apart by what surrounds them."""

from __future__ import annotations

import re

from lark import Token

from workflows.feel.errors import FeelSyntaxError
from workflows.feel.limits import MAX_PARTS
from workflows.feel.reading.names import KEYWORDS, phrases, tidy

BLANK = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
WORD = re.compile(r"\?|[^\W\d][\w'’]*|[\U00010000-\U0010FFFF][\w'’]*")
NEXT_WORD = re.compile(r"\s+([\w'’]+)")
LITERAL = re.compile(
    r'(?P<AT>@"(?:[^"\\]|\\.)*")|(?P<STRING>"(?:[^"\\]|\\.)*")'
    r"|(?P<NUMBER>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)",
    re.DOTALL,
)
SYMBOL = re.compile(r"\*\*|\.\.|->|<=|>=|!=|[-+*/<>=,.:(){}\[\]]")
KEY = re.compile(r'[^":{}\[\](),\s][^":{}\[\](),]*(?=:)')
SYMBOLS = {
    "**": "POWER", "..": "DOTS", "->": "ARROW", ",": "COMMA", ":": "COLON", ".": "DOT", "*": "TIMES", "/": "TIMES",
    "+": "SIGN", "-": "SIGN", "{": "LBRACE", "}": "RBRACE", ")": "RPAR",
    "=": "COMPARE", "!=": "COMPARE", "<": "COMPARE", ">": "COMPARE", "<=": "COMPARE", ">=": "COMPARE",
}  # fmt: skip
OPERAND_ENDS = frozenset(
    ["NAME", "NUMBER", "STRING", "AT", "TRUE", "FALSE", "NULL", "RPAR", "RSQB", "RBRACE", "RANGE_CLOSE"]
)
OPENERS = frozenset(["LPAR", "LSQB", "LBRACE", "FILTER", "CALL", "RANGE_OPEN"])
CLOSERS = frozenset(["RPAR", "RSQB", "RBRACE", "RANGE_CLOSE"])
TYPES_OF = ("list", "range", "context")
NO_OPERAND_AHEAD = re.compile(
    r"\s*(?:$|[),\]}=!<>*+/]|\.(?![0-9])|(?:and|or|then|else|return|satisfies|in|instance|between)\b)"
)


class Lexer:
    """Reads one text from left to right, remembering the brackets that are open."""

    def __init__(self, text: str, names: frozenset[str]) -> None:
        self.text = text
        self.phrases = phrases(names)
        self.tokens: list[Token] = []
        self.open: list[tuple[str, bool]] = []
        self.angles = 0
        self.position = 0
        self.line = 1
        self.line_start = 0

    def read(self) -> list[Token]:
        """All the words of the text."""
        self._skip_blank()
        while self.position < len(self.text):
            self._read_one()
            if len(self.tokens) > 4 * MAX_PARTS:
                raise FeelSyntaxError("feel.too_many_parts", {"limit": MAX_PARTS}, self.place())
            self._skip_blank()
        return self.tokens

    def place(self) -> tuple[int, int]:
        """Where the reading stands: line and column, counted from one."""
        return self.line, self.position - self.line_start + 1

    @property
    def before(self) -> str:
        """The type of the word just read, or nothing at the start."""
        return self.tokens[-1].type if self.tokens else ""

    def _read_one(self) -> None:
        if self._at_key() and (key := KEY.match(self.text, self.position)):
            return self._add("NAME", key.end())
        if self.before not in OPERAND_ENDS and (phrase := self.phrases.match(self.text, self.position)):
            return self._add("NAME", phrase.end())
        if literal := LITERAL.match(self.text, self.position):
            return self._add(str(literal.lastgroup), literal.end())
        if word := WORD.match(self.text, self.position):
            return self._word(word)
        if symbol := SYMBOL.match(self.text, self.position):
            return self._add(self._symbol_type(symbol[0]), symbol.end())
        found = self.text[self.position]
        code = "feel.text_not_closed" if found in '"@' else "feel.character"
        raise FeelSyntaxError(code, {"found": found}, self.place())

    def _at_key(self) -> bool:
        return bool(self.open) and self.open[-1][0] == "LBRACE" and self.before in ("LBRACE", "COMMA")

    def _word(self, word: re.Match[str]) -> None:
        first, end = word[0], word.end()
        after_dot = self.before == "DOT"
        if first in KEYWORDS and not after_dot:
            return self._add(KEYWORDS[first], end)
        following = NEXT_WORD.match(self.text, end)
        if first == "instance" and following and following[1] == "of":
            return self._add("INSTANCE_OF", following.end())
        while following and first != "?" and following[1] not in KEYWORDS and not self._is_instance_of(following):
            end = following.end()
            following = NEXT_WORD.match(self.text, end)
        return self._add("NAME", end)

    def _is_instance_of(self, following: re.Match[str]) -> bool:
        after = NEXT_WORD.match(self.text, following.end())
        return following[1] == "instance" and after is not None and after[1] == "of"

    def _symbol_type(self, symbol: str) -> str:
        after_operand = self.before in OPERAND_ENDS
        if symbol == "(":
            return "CALL" if after_operand or self.before == "FUNCTION" else "LPAR"
        if symbol == "[":
            return self._square_open() if after_operand else "LSQB"
        if symbol == "]":
            return "RSQB" if after_operand or self.before == "LSQB" else "RANGE_OPEN"
        if symbol == "<" and self._opens_type():
            self.angles += 1
            return "LANGLE"
        if symbol == ">" and self.angles:
            self.angles -= 1
            return "RANGLE"
        if symbol == ".." and self.open:
            self.open[-1] = (self.open[-1][0], True)
        return SYMBOLS[symbol]

    def _opens_type(self) -> bool:
        if len(self.tokens) < 2 or (self.before != "FUNCTION" and self.tokens[-1] not in TYPES_OF):
            return False
        return self.angles > 0 or self.tokens[-2].type in ("INSTANCE_OF", "ARROW")

    def _square_open(self) -> str:
        inside_range = bool(self.open) and self.open[-1][1] and self.open[-1][0] in ("LPAR", "LSQB", "RANGE_OPEN")
        if inside_range and NO_OPERAND_AHEAD.match(self.text, self.position + 1):
            return "RANGE_CLOSE"
        return "FILTER"

    def _add(self, kind: str, end: int) -> None:
        text = self.text[self.position : end]
        if kind in OPENERS:
            self.open.append((kind, False))
        elif kind in CLOSERS and self.open:
            self.open.pop()
        line, column = self.place()
        value = tidy(text) if kind == "NAME" else text
        self.tokens.append(Token(kind, value, self.position, line, column))
        self._move(end)

    def _skip_blank(self) -> None:
        if blank := BLANK.match(self.text, self.position):
            self._move(blank.end())

    def _move(self, end: int) -> None:
        passed = self.text.count("\n", self.position, end)
        if passed:
            self.line += passed
            self.line_start = self.text.rindex("\n", self.position, end) + 1
        self.position = end


def read_words(text: str, names: frozenset[str]) -> list[Token]:
    """The words of an expression."""
    return Lexer(text, names).read()


def read_test_words(text: str, names: frozenset[str]) -> list[Token]:
    """The words of a cell of a decision table: a lone dash, and a « not( … ) » around it all, mean more there."""
    tokens = read_words(text, names)
    if not tokens or (len(tokens) == 1 and tokens[0] == "-"):
        return [Token("ANY", "-", 0, 1, 1)]
    if len(tokens) > 2 and tokens[0].type == "NAME" and tokens[0] == "not" and _closes_at_end(tokens):
        first, second = tokens[0], tokens[1]
        tokens[0] = Token("NOT", "not", first.start_pos, first.line, first.column)
        tokens[1] = Token("LPAR", "(", second.start_pos, second.line, second.column)
    return tokens


def _closes_at_end(tokens: list[Token]) -> bool:
    level = 0
    for index, token in enumerate(tokens[1:], start=1):
        level += (token.type in OPENERS) - (token.type in CLOSERS)
        if level == 0:
            return index == len(tokens) - 1 and index > 1 and token.type == "RPAR"
    return False

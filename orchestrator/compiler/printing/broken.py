"""Where a broken declaration ends.

Theory of operation: the official parser, at an error, passes over tokens up to one at which the innermost list, call or declaration can go on. So the walk
keeps the brackets that are open, each with the tokens at which reading goes on in it, and at each token that our parser complained about it recovers in the
same way. A declaration ends at the end of a line where no bracket is open.
"""

from collections.abc import Set
from dataclasses import dataclass

from orchestrator.compiler.syntax.tokens import END, IDENTIFIER, INTEGER, NEWLINE, STRING, STRING_LEFT, STRING_MIDDLE, STRING_RIGHT, Token

_LINE_END = frozenset((NEWLINE,))
_VALUE_ONLY = frozenset(("import", "func", "using", "extends", "extension", "extensionConfig"))
_TYPED_BY_STRING = frozenset(("resource", "module", "test"))
_STRINGS = (STRING, STRING_LEFT)
_GOES_ON = frozenset(("(", "[", ".", "::", "+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "=~", "!~", "&&", "||", "??", "?"))
_ENDS_OPERAND = frozenset((IDENTIFIER, INTEGER, STRING, STRING_RIGHT, ")", "]", "}", "!"))
_BEGINS_OPERAND = frozenset((IDENTIFIER, INTEGER, STRING, STRING_LEFT, "{"))


@dataclass(slots=True)
class _Open:
    """An open bracket; reading goes on at one of `stops`, none where the bracket is given up. `at_line_end`: the end of a line closes it, too."""

    closing: str
    stops: frozenset[str]
    at_line_end: bool = False
    is_grouping: bool = False


class DeclarationWalk:
    """Walks over the tokens of a declaration; `errors`: the offsets that the parser complained about."""

    def __init__(self, tokens: list[Token], *errors: Set[int], parameters_file: bool) -> None:
        self.tokens = tokens
        self.errors = errors
        self.parameters_file = parameters_file
        self.open: list[_Open] = []
        self.questions = 0
        self.keyword = ""
        self.before_value = False
        self.before_body = False  # behind `if`, in front of its object
        self.has_string = False

    def line_end(self, at: int) -> int:
        """The end of the line where no bracket is open."""
        while self.tokens[at].kind != END and (self.open or self.tokens[at].kind != NEWLINE):
            self._step(at)
            at += 1
        return at

    def end(self, at: int) -> int:
        """The end of the declaration whose keyword stands at `at`."""
        self.keyword = self.tokens[at].value
        self.before_value = self.keyword not in _VALUE_ONLY
        at += 1
        while self.tokens[at].kind != END:
            at = self._leave_grouping(at)
            if self._is_error(at) and not self._is_left_alone(at):
                if not self.open and self.tokens[at - 1].kind in (".", "::") and self.tokens[at].kind != NEWLINE:
                    return at
                at = self._recover(at)
                if self._ends(at, recovered=True):
                    break
            elif self._ends(at, recovered=False):
                break
            self._step(at)
            at += 1
        return at

    def _is_error(self, at: int) -> bool:
        return any(self.tokens[at].start in offsets for offsets in self.errors)

    def _is_left_alone(self, at: int) -> bool:
        """True where nothing is passed over: a name is missing behind a dot, a new line stands behind a parenthesis."""
        before, kind = self.tokens[at - 1].kind, self.tokens[at].kind
        return (before in (".", "::") and kind in _GOES_ON) or (before == "(" and kind == NEWLINE and bool(self.open) and self.open[-1].is_grouping)

    def _leave_grouping(self, at: int) -> int:
        """Give a parenthesis up where no comma and no closing one follows what it holds."""
        while self.open and self.open[-1].is_grouping:
            if self.tokens[at - 1].kind not in _ENDS_OPERAND:
                return at
            following = self._behind_lines(at)
            kind = self.tokens[following].kind
            if kind in (",", ")", END) or (following == at and kind not in _BEGINS_OPERAND):
                return at
            self.open.pop()
            at = following
            while self.tokens[at].kind not in (NEWLINE, END, "}", "]", STRING_RIGHT):
                at += 1
        return at

    def _ends(self, at: int, *, recovered: bool) -> bool:
        kind = self.tokens[at].kind
        return kind == END or (kind == NEWLINE and not self.open and (recovered or not self._goes_on(at)))

    def _goes_on(self, at: int) -> bool:
        """True where the next line belongs to this one."""
        following = self._behind_lines(at)
        token = self.tokens[following]
        before = self.tokens[at - 1].kind
        if token.kind == "|":
            return following == at + 1 and self.keyword in ("type", "param", "output")
        if token.kind == ":":
            return self.questions > 0
        return token.kind == "?" or before == "=>" or (before == "=" and token.value == "if" and self.keyword in _TYPED_BY_STRING)

    def _behind_lines(self, at: int) -> int:
        while self.tokens[at].kind == NEWLINE:
            at += 1
        return at

    def _recover(self, at: int) -> int:
        """Pass over tokens, brackets and all, up to where reading goes on."""
        while self.open and not self.open[-1].stops:
            self.open.pop()
        stops = self.open[-1].stops if self.open else self._stops(at)
        if self.before_body:
            stops |= {"{"}
        while self.tokens[at].kind not in stops and self.tokens[at].kind != END:
            at += 1
        if self.tokens[at].kind == NEWLINE:
            while self.open and self.open[-1].at_line_end:
                self.open.pop()
        return at

    def _stops(self, at: int) -> frozenset[str]:
        """Where reading goes on in a declaration, outside brackets."""
        if not self.before_value or (self.parameters_file and self.keyword == "param"):
            return _LINE_END
        if self.keyword not in _TYPED_BY_STRING:
            return frozenset((NEWLINE, "="))
        if self.has_string:
            return frozenset((NEWLINE, "{"))
        return frozenset((NEWLINE, *_STRINGS)) if self.tokens[at - 1].value == self.keyword else _LINE_END

    def _step(self, at: int) -> None:
        token = self.tokens[at]
        if not self.open:
            self.questions += (token.kind == "?") - (token.kind == ":")
            self.before_value = self.before_value and token.kind not in "={"
            self.has_string = self.has_string or token.kind in _STRINGS
        if token.value == "if" and self.tokens[at - 1].kind in ("=", ":", NEWLINE) and self.keyword in _TYPED_BY_STRING:
            self.before_body = True
        elif token.kind == "{":
            self.before_body = False
        if token.kind in ("{", "[", "(", STRING_LEFT):
            self.open.append(self._opened(at, token.kind))
        elif self.open and token.kind == self.open[-1].closing:
            self.open.pop()

    def _opened(self, at: int, kind: str) -> _Open:
        before = self.tokens[at - 1]
        adjoins = before.kind in (IDENTIFIER, ")", "]") and before.end == self.tokens[at].start
        if kind == "{":
            return _Open("}", frozenset((NEWLINE, "}")))
        if kind == STRING_LEFT:
            return _Open(STRING_RIGHT, frozenset((NEWLINE, STRING_MIDDLE, STRING_RIGHT)), at_line_end=True)
        if kind == "(":
            is_call = before.kind == IDENTIFIER and before.value not in ("if", "for", "in")
            return _Open(
                ")", frozenset((NEWLINE, ",", ")")) if is_call else frozenset((NEWLINE, ",", ")", "]", "}")), at_line_end=not is_call, is_grouping=not is_call
            )
        first = self.tokens[at + 1]
        if first.kind == NEWLINE:
            first = self.tokens[self._behind_lines(at + 1)]
        return _Open("]", frozenset() if adjoins else frozenset((NEWLINE, "]")), at_line_end=first.value == "for")

"""Reads the arguments as the official CLI does (System.CommandLine's grammar): `--name value`, `--name=value`, `--name:value`, flags with true or false."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from orchestrator.model.errors import Problem, UserError
from orchestrator.workflows.bicep_cli.options import COMMANDS, Command, Kind, Option

HELP = frozenset({"-?", "-h", "--help", "/?", "/h"})
VERSION = frozenset({"-v", "--version"})
_LARGEST = 2**31


class BadUsage(UserError):
    """The arguments are not understood: the command's help goes to stdout, too. command: None for the CLI as a whole."""

    def __init__(self, message: str, command: Command | None) -> None:
        super().__init__([Problem("BadUsage", message)])
        self.command = command


@dataclass(frozen=True, slots=True)
class Arguments:
    """A command's file and options, by their names."""

    file: str | None
    texts: dict[str, str] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def text(self, option: str) -> str | None:
        """What was given."""
        return self.texts.get(option)

    def flag(self, option: str) -> bool:
        """True where it was given, and not as false."""
        return self.flags.get(option, False)


def find_command(name: str) -> Command | None:
    """The command of this name; names are taken as they are written."""
    return next((command for command in COMMANDS if command.name == name), None)


def parse_arguments(command: Command, words: Sequence[str]) -> Arguments:
    """BadUsage where they are not understood."""
    return _Reader(command, words).read()


class _Reader:
    def __init__(self, command: Command, words: Sequence[str]) -> None:
        self.command = command
        self.options = {option.name: option for option in command.options}
        self.words = list(words)
        self.free: list[str] = []
        self.arguments = Arguments(None)

    def read(self) -> Arguments:
        words = iter(self._split())
        for word, attached in words:
            if word == "--":
                self.free += [one for one, _ in words]
            elif (option := self.options.get(word)) is not None:
                self._take(option, attached)
            else:
                self.free.append(word)
        if len(self.free) > 1:
            raise self._bad(f"Unrecognized command or argument '{self.free[1]}'.")
        if self.free and self.free[0].startswith("-") and self.free[0] != "-":
            raise self._bad(f'Unrecognized parameter "{self.free[0]}"')
        if not self.free and self.command.required:
            raise self._bad(f"Required argument missing for command: '{self.command.name}'.")
        return Arguments(self.free[0] if self.free else None, self.arguments.texts, self.arguments.flags, self.arguments.numbers)

    def _split(self) -> Iterator[tuple[str, str | None]]:
        """Each word with the value that is attached, or belongs, to it."""
        at = 0
        while at < len(self.words):
            word, attached = self._detach(self.words[at])
            at += 1
            if word == "--":
                yield word, None
                yield from ((one, None) for one in self.words[at:])
                return
            if attached is None and word in self.options and at < len(self.words) and self._is_value(self.options[word], self.words[at]):
                attached = self.words[at]
                at += 1
            yield word, attached

    def _detach(self, word: str) -> tuple[str, str | None]:
        """`--name=value` and `--name:value`."""
        for at, character in enumerate(word):
            if character in "=:" and word[:at] in self.options:
                return word[:at], word[at + 1 :]
        return word, None

    def _is_value(self, option: Option, word: str) -> bool:
        if option.kind is Kind.FLAG:
            return word.lower() in ("true", "false")
        return word != "--" and self._detach(word)[0] not in self.options

    def _take(self, option: Option, value: str | None) -> None:
        if option.kind is Kind.FLAG:
            if value is not None and value.lower() not in ("true", "false"):
                raise self._bad(f"Cannot parse argument '{value}' for option '{option.name}': true or false.")
            self.arguments.flags[option.name] = value is None or value.lower() == "true"
        elif value is None:
            raise self._bad(f"Required argument missing for option: '{option.name}'.")
        elif option.name in self.arguments.texts or option.name in self.arguments.numbers:
            raise self._bad(f"Option '{option.name}' expects a single argument but 2 were provided.")
        elif option.kind is Kind.NUMBER:
            self.arguments.numbers[option.name] = self._number(option, value)
        else:
            self.arguments.texts[option.name] = self._word(option, value)

    def _number(self, option: Option, value: str) -> int:
        digits = value[1:] if value[:1] in "+-" else value
        if not (digits.isascii() and digits.isdigit()) or not -_LARGEST <= int(value) < _LARGEST:
            raise self._bad(f"Cannot parse argument '{value}' for option '{option.name}': a whole number of 32 bits.")
        return int(value)

    def _word(self, option: Option, value: str) -> str:
        if not option.choices:
            return value
        found = next((choice for choice in option.choices if choice.lower() == value.lower()), None)
        if found is None:
            raise self._bad(f"Cannot parse argument '{value}' for option '{option.name}': {', '.join(option.choices)}.")
        return found

    def _bad(self, message: str) -> BadUsage:
        return BadUsage(message, self.command)


def render_help(command: Command | None) -> str:
    """The help of a command, or of the CLI."""
    if command is None:
        rows = [(f"{one.name} <{one.argument}>", one.help) for one in COMMANDS]
        options = [("-v, --version", "Say which release this follows, and whose it is."), ("-?, -h, --help", "Show this.")]
        usage = "Usage:\n  bicep COMMAND [options]\n\n" + _render_rows("Commands:", rows)
        return f"Bicep, compiled by aks-egress-orchestrator\n\n{usage}\n{_render_rows('Options:', options)}"
    argument = f"<{command.argument}>" if command.required else f"[<{command.argument}>]"
    options = [(_render_option(option), option.help) for option in command.options] + [("-?, -h, --help", "Show this.")]
    return f"{command.help}\n\nUsage:\n  bicep {command.name} {argument} [options]\n\n{_render_rows('Options:', options)}"


def _render_option(option: Option) -> str:
    if option.kind is Kind.FLAG:
        return option.name
    return f"{option.name} <{'|'.join(option.choices) or option.name.removeprefix('--')}>"


def _render_rows(title: str, rows: Sequence[tuple[str, str]]) -> str:
    width = max(len(left) for left, _ in rows)
    return "\n".join([title, *(f"  {left:<{width}}  {right}" for left, right in rows)]) + "\n"

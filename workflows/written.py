"""Files that people write in YAML: no date guessing, no key written twice, and the line on which each thing stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml


class Unreadable(Exception):
    """A file that cannot be read as it must be: what is wrong, and on which line."""

    def __init__(self, what: str, line: int = 1) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


class Told(dict[str, Any]):
    """A part of a file, with the line on which it starts and that of each of its keys."""

    def __init__(self, said: Mapping[str, Any], line: int, lines: Mapping[str, int] | None = None) -> None:
        super().__init__(said)
        self.line = line
        self.lines = dict(lines or {})

    def line_of(self, key: str) -> int:
        """The line of a key; that of the part for one that is not there."""
        return self.lines.get(key, self.line)


class Loader(yaml.SafeLoader):
    """YAML whose mappings are ``Told`` and whose dates stay text: an offset must not be lost."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """A mapping that remembers where it and its keys stand."""
        names = [self.construct_object(key, deep=True) for key, _ in node.value]
        for name in names:
            if not isinstance(name, str) or names.count(name) > 1:
                raise Unreadable(f"the key {name!r} is no text or is written twice", node.start_mark.line + 1)
        lines = {name: key.start_mark.line + 1 for name, (key, _) in zip(names, node.value, strict=True)}
        said = {str(name): value for name, value in super().construct_mapping(node, deep=True).items()}
        return Told(said, node.start_mark.line + 1, lines)


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_constructor("tag:yaml.org,2002:map", Loader.construct_mapping)


def read_yaml(text: str) -> object:
    """What a text says; raises ``Unreadable`` with a line."""
    try:
        return yaml.load(text, Loader=Loader)  # noqa: S506 (a safe subclass)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Unreadable(getattr(error, "problem", None) or str(error), mark.line + 1 if mark else 1) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from None

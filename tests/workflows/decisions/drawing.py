"""Draws small decision files for the stories of this room, the way an editor writes them."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from workflows.decisions import Definitions, read_dmn

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
Row = tuple[Sequence[str], Sequence[str]]


def file_of(*elements: str, model: str = MODEL) -> bytes:
    """A decision file that holds some elements."""
    head = f'<definitions xmlns="{model}" id="file" name="file" namespace="http://example.org/dmn">'
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + head + "".join(elements) + "</definitions>").encode()


def model_of(*elements: str) -> Definitions:
    """The same, read."""
    return read_dmn(file_of(*elements))


def text(tag: str, content: str, attributes: str = "") -> str:
    """An element with a text inside."""
    return f"<{tag}{attributes}><text>{escape(content)}</text></{tag}>"


def input_data(name: str, kind: str = "Any") -> str:
    """Something that is given."""
    return f"<inputData id={quoteattr('i_' + name)} name={quoteattr(name)}>" + (
        f"<variable name={quoteattr(name)} typeRef={quoteattr(kind)}/></inputData>"
    )


def decision(name: str, logic: str, requires: Sequence[str] = (), kind: str = "Any") -> str:
    """A decision with its logic; what it requires is written « decision:id », « input:id » or « knowledge:id »."""
    tags = {"input": "requiredInput", "decision": "requiredDecision", "knowledge": "requiredKnowledge"}
    needed = ""
    for requirement in requires:
        sort, _, key = requirement.partition(":")
        wrapper = "knowledgeRequirement" if sort == "knowledge" else "informationRequirement"
        needed += f"<{wrapper}><{tags[sort]} href={quoteattr('#' + key)}/></{wrapper}>"
    variable = f"<variable name={quoteattr(name)} typeRef={quoteattr(kind)}/>"
    return f"<decision id={quoteattr(name)} name={quoteattr(name)}>{variable}{needed}{logic}</decision>"


def literal(content: str) -> str:
    """An expression."""
    return text("literalExpression", content)


def table(inputs: Sequence[str], outputs: Sequence[str], rows: Sequence[Row], policy: str = "UNIQUE") -> str:
    """A table: an input is « expression » or « expression:type », an output its name or a whole element."""
    columns = ""
    for column in inputs:
        asked, _, kind = column.partition(":")
        columns += (
            f"<input label={quoteattr(asked)}>{text('inputExpression', asked, f' typeRef={quoteattr(kind)}')}</input>"
        )
    for output in outputs:
        columns += output if output.startswith("<") else f"<output name={quoteattr(output)}/>"
    rules = "".join(_rule(number, *row) for number, row in enumerate(rows, start=1))
    name, _, aggregation = policy.partition("+")
    more = f" aggregation={quoteattr(aggregation)}" if aggregation else ""
    return f"<decisionTable hitPolicy={quoteattr(name)}{more}>{columns}{rules}</decisionTable>"


def _rule(number: int, tests: Sequence[str], answers: Sequence[str]) -> str:
    cells = "".join(text("inputEntry", test) for test in tests) + "".join(text("outputEntry", a) for a in answers)
    return f'<rule id="r{number}">{cells}</rule>'


def ordered_output(name: str, values: str, default: str = "") -> str:
    """An output with its values in order, and what it says when no rule matches."""
    more = text("defaultOutputEntry", default) if default else ""
    return f"<output name={quoteattr(name)}>{text('outputValues', values)}{more}</output>"

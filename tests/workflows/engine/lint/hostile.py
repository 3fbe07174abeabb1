"""Files made to hurt, or broken by accident: what people and programs really send."""

from __future__ import annotations

from collections.abc import Mapping

from tests.workflows.engine.drawn import HEAD
from tests.workflows.engine.lint.asked import END, START, around, chain, flow, source

XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
SERVICE = '<serviceTask id="x" p:operation="op"/>'
GOOD = source(around(SERVICE))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def script(text: str) -> bytes:
    """A drawing whose script is this text."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return source(around(f'<scriptTask id="x"><script>{escaped}</script></scriptTask>'))


def nested(depth: int) -> bytes:
    """Sub-processes inside each other."""
    return source(around('<subProcess id="x">' + '<subProcess id="y">' * depth + "</subProcess>" * (depth + 1)))


def wide(number: int) -> bytes:
    """So many services in a row."""
    names = ["s", *(f"t{n}" for n in range(number)), "e"]
    return source(
        START + END + "".join(f'<serviceTask id="{n}" p:operation="op"/>' for n in names[1:-1]) + chain(*names)
    )


def crossed(number: int) -> bytes:
    """So many gateways, each with an arrow to each."""
    names = [f"g{n}" for n in range(number)]
    arrows = "".join(flow(one, other, "1 = 1") for one in names for other in names)
    gates = "".join(f'<exclusiveGateway id="{name}"/>' for name in names)
    return source(START + END + gates + arrows + flow("s", "g0") + flow("g0", "s", "1 = 1"))


HOSTILE: Mapping[str, bytes] = {
    "cut off": GOOD[: len(GOOD) // 2],
    "binary": bytes(range(256)) * 40,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "zeros": b"\0" * 1000,
    "plain words": b"Bonjour, voici mon processus.",
    "a page": b"<html><body><p>process</p></body></html>",
    "json": b'{"process": {}}',
    "said to be UTF-16": b'<?xml version="1.0" encoding="UTF-16"?>' + GOOD,
    "Latin-1 said to be UTF-8": GOOD.replace(b'id="x"', b'id="x" name="\xe9t\xe9"'),
    "an encoding that is none": b'<?xml version="1.0" encoding="klingon"?>' + GOOD,
    "another BPMN": GOOD.replace(b"20100524/MODEL", b"20991231/MODEL"),
    "no name space": GOOD.replace(b'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"', b""),
    "laughs": XML + f"<!DOCTYPE a [<!ENTITY l0 'ha'>{LAUGHS}]><a>&l9;</a>".encode(),
    "a file of the house": XML + b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "an entity in another encoding": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a/>'.encode(
        "utf-16"
    ),
    "an included file": GOOD.replace(
        b"<process", b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/><process'
    ).replace(b"serviceTask", b"task"),
    "deep XML": XML + b"<a>" * 5000 + b"</a>" * 5000,
    "deep sub-processes": nested(40),
    "very deep sub-processes": nested(200),
    "eight thousand steps": wide(8000),
    "six hundred steps": wide(600),
    "everything leads to everything": crossed(70),
    "a million attributes": XML + b"<a " + b" ".join(b"a%d=''" % n for n in range(100_000)) + b"/>",
    "a long line": GOOD.replace(b'id="x"', b'id="' + b"x" * 100_000 + b'"'),
    "an id with quotes": GOOD.replace(b"x", b"x&quot; or &quot;1&quot;=&quot;1"),
    "an id with a path": GOOD.replace(b'id="x"', b'id="../../etc/passwd"'),
    "an id with tags": GOOD.replace(b'id="x"', b'id="&lt;script&gt;"'),
    "an id taken by the engine": source(around('<serviceTask id="End" p:operation="op"/>', "End")),
    "an id taken by a word": source(around('<serviceTask id="typename" p:operation="op"/>', "typename")),
    "every id twice": source(around(SERVICE) + around(SERVICE)),
    "no ids": GOOD.replace(b'id="', b'di="'),
    "a process of no name": GOOD.replace(b'<process id="m"', b"<process"),
    "a call of itself": source(around('<callActivity id="x" calledElement="m"/>')),
    "a dangling data object": source(
        around('<subProcess id="x"><dataObjectReference id="r" dataObjectRef="nobody"/></subProcess>')
    ),
    "a reference made of XPath": source(
        around('<receiveTask id="x" messageRef="x&quot; or &quot;1&quot;=&quot;1"/>'), '<message id="m1" name="m"/>'
    ),
    "bounds that are words": GOOD.replace(
        b"</process>",
        b'</process><di:BPMNShape xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" bpmnElement="x">'
        b'<dc:Bounds xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" x="abc"/></di:BPMNShape>',
    ).replace(b"serviceTask", b"task"),
    "attached to itself": source(around(SERVICE) + '<boundaryEvent id="b" attachedToRef="b"/>'),
    "an arrow to itself": source(around(SERVICE) + flow("x", "x")),
    "a billion times": source(
        around(
            '<serviceTask id="x" p:operation="op"><multiInstanceLoopCharacteristics><loopCardinality>1000000000'
            "</loopCardinality></multiInstanceLoopCharacteristics></serviceTask>"
        )
    ),
    "a number of a thousand digits": source(
        around(
            f'<serviceTask id="x" p:operation="op"><standardLoopCharacteristics loopMaximum="{"9" * 1000}"/>'
            "</serviceTask>"
        )
    ),
    "Python": script("__import__('os').system('id')"),
    "brackets": script("(" * 5000),
    "a power": script("{n: 9**9**9**9"),
    "a long script": script("{n: " + "1 + " * 50_000 + "1}"),
    "a regular expression": script('{n: matches("' + "a" * 50 + '", "(a+)+$")'),
    "a condition in another language": source(
        START
        + '<exclusiveGateway id="x" default="x_e"/><endEvent id="z"/>'
        + END
        + chain("s", "x", "e")
        + flow("x", "z", "${x == 1}")
    ),
    "words from right to left": GOOD.replace(b'id="x"', 'id="x" name="\u202e\u0000"'.encode().replace(b"\0", b"&#0;")),
    "a process inside a process": source(around(SERVICE) + '<process id="n" isExecutable="true"/>').replace(
        b"serviceTask", b"task"
    ),
    "only a head": f"{HEAD}</definitions>".encode(),
}

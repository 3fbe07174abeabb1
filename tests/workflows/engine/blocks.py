"""Models made at random out of blocks, drawn twice: as the product reads them, and as the engine reads them alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as some

Block = tuple[Any, ...]
BOTH = ("xor", "par", "inc", "loop", "sub", "error", "stop")
"""Blocks that the engine alone runs as the standard says."""
OURS = (*BOTH, "times", "each", "turns", "own", "late", "remind", "race", "when", "signal", "escalate")
VALUES = some.integers(0, 2)


def blocks(kinds: tuple[str, ...], depth: int = 3, flat: tuple[str, ...] = ()) -> some.SearchStrategy[Block]:
    """A block of these kinds, with others inside, at most so deep; those that are ``flat`` hold tasks alone."""
    task = some.just(("task",))
    if depth == 0:
        return task
    inner = blocks(kinds, depth - 1, flat)
    rows = some.lists(inner, min_size=1, max_size=3).map(lambda found: ("row", *found))
    tasks = some.lists(task, min_size=1, max_size=2).map(lambda found: ("row", *found))
    deep = [kind for kind in kinds if kind not in flat]
    others = some.tuples(some.sampled_from(deep), some.integers(0, 3), VALUES, rows, rows)
    bare = [some.tuples(some.sampled_from(flat), some.integers(0, 3), VALUES, tasks, tasks)] if flat else []
    return some.one_of(task, rows, others, *bare)


@dataclass
class Drawn:
    """The elements of one level of a drawing, and what stands beside its process."""

    native: bool = False
    body: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    count: int = 0

    def name(self, kind: str) -> str:
        """A new id, numbered through the whole drawing."""
        self.count += 1
        return f"{kind}{self.count}"

    def put(self, text: str) -> None:
        """Add an element to the level that is being drawn."""
        self.body.append(text)

    def flow(self, source: str, target: str, condition: str = "") -> str:
        """An arrow; conditions are written ``var op value``, read alike by FEEL and, in brackets, by Python."""
        name = self.name("f")
        if self.native and condition:
            left, operator, right = condition.split(" ")
            step, _, key = left.partition(".")
            left = f'{step}["{key}"]' if key else step
            condition = f"{left} {'==' if operator == '=' else operator} {right}"
        written = condition.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
        held = f"<conditionExpression>{written}</conditionExpression>" if condition else ""
        self.put(f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{held}</sequenceFlow>')
        return name

    def split(self, kind: str, ways: list[tuple[str, str]]) -> str:
        """A gateway with a condition on each way, the last one its default."""
        gate = self.name("g")
        flows = [self.flow(gate, target, condition) for condition, target in ways[:-1]]
        default = self.flow(gate, ways[-1][1])
        said = "" if kind == "parallelGateway" else f' default="{default}"'
        self.put(f'<{kind} id="{gate}"{said}/>')
        return gate if flows or default else ""

    def inside(self, block: Block, kind: str = "subProcess", more: str = "", last: str = "") -> str:
        """A sub-process around a block; ``last`` is the element that ends it, when that is not a plain end."""
        outer, self.body = self.body, []
        sub, end = self.name("sub"), self.name("end")
        first = self.draw(block, end)
        start = self.name("s")
        self.put(f'<startEvent id="{start}"/>')
        self.flow(start, first)
        self.put(last.format(end=end) if last else f'<endEvent id="{end}"/>')
        inner, self.body = "".join(self.body), outer
        self.put(f'<{kind} id="{sub}">{more}{inner}</{kind}>')
        return sub

    def merge(self, then: str) -> str:
        """A gateway where ways come together of which one is taken, before an element that counts its ways in."""
        gate = self.name("m")
        self.put(f'<exclusiveGateway id="{gate}"/>')
        self.flow(gate, then)
        return gate

    def draw(self, block: Block, then: str) -> str:
        """Draw a block whose way out leads to an element; the id of the block's own first element."""
        found: str = getattr(self, f"_{block[0]}")(then, *block[1:])
        return found

    def _task(self, then: str, more: str = "") -> str:
        name = self.name("t")
        self.put(f'<userTask id="{name}" name="{name}">{more}</userTask>')
        self.flow(name, then)
        return name

    def _row(self, then: str, *inner: Block) -> str:
        for block in reversed(inner):
            then = self.draw(block, then)
        return then

    def _xor(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        then = self.merge(then)
        ways = [(f"v{var} = {value}", self.draw(one, then)), ("", self.draw(other, then))]
        return self.split("exclusiveGateway", ways)

    def _fork(self, then: str, kind: str, ways: list[tuple[str, Block]]) -> str:
        join = self.name("j")
        self.put(f'<{kind} id="{join}"/>')
        self.flow(join, then)
        return self.split(kind, [(condition, self.draw(block, join)) for condition, block in ways])

    def _par(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        return self._fork(then, "parallelGateway", [("", one), ("", other), ("", ("task",))][: 2 + value % 2])

    def _inc(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        ways = [(f"v{var} > 0", one), (f"v{(var + 1) % 4} = {value}", other), ("", ("task",))]
        return self._fork(then, "inclusiveGateway", ways)

    def _loop(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        merge, task = self.name("m"), self.name("t")
        self.put(f'<exclusiveGateway id="{merge}"/><userTask id="{task}" name="{task}"/>')
        self.flow(merge, self.draw(one, task))
        self.flow(task, self.split("exclusiveGateway", [(f"{task}.x > 1", merge), ("", then)]))
        return merge

    def _sub(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        sub = self.inside(one)
        self.flow(sub, then)
        return sub

    def watched(self, host: str, then: str, event: str, more: str = "") -> None:
        """Put an event over an element, with one task behind it."""
        guard = self.name("b")
        self.put(f'<boundaryEvent id="{guard}" attachedToRef="{host}"{more}>{event}</boundaryEvent>')
        self.flow(guard, self._task(then))

    def _error(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        """Each with an error of its own: the engine alone lets an error be caught by the sub-process beside it."""
        then, code = self.merge(then), self.name("er")
        self.beside.append(f'<error id="{code}" name="{code}" errorCode="{code}"/>')
        bad = f'<endEvent id="{{end}}"><errorEventDefinition errorRef="{code}"/></endEvent>'
        sub = self.inside(one, last=bad if var % 2 else "")
        self.flow(sub, then)
        self.watched(sub, then, f'<errorEventDefinition errorRef="{code}"/>')
        return sub

    def _stop(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        """A sub-process of two ways, one of which ends the other."""
        outer, self.body = self.body, []
        sub, kill, end, start = (self.name(kind) for kind in ("sub", "kill", "end", "s"))
        self.put(f'<endEvent id="{kill}"><terminateEventDefinition/></endEvent><endEvent id="{end}"/>')
        ways = [("", self.draw(one, kill)), ("", self.draw(other, end))]
        self.flow(start, self.split("parallelGateway", ways))
        self.put(f'<startEvent id="{start}"/>')
        inner, self.body = "".join(self.body), outer
        self.put(f'<subProcess id="{sub}">{inner}</subProcess>')
        self.flow(sub, then)
        return sub

    def _times(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        several = f'<multiInstanceLoopCharacteristics isSequential="{str(var % 2 == 0).lower()}">'
        several += f"<loopCardinality>{value + 1}</loopCardinality></multiInstanceLoopCharacteristics>"
        sub = self.inside(one, more=several)
        self.flow(sub, then)
        return sub

    def _each(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        several = "<multiInstanceLoopCharacteristics><loopDataInputRef>items</loopDataInputRef>"
        several += '<loopDataOutputRef>found</loopDataOutputRef><inputDataItem name="one"/><outputDataItem name="x"/>'
        stop = "<completionCondition>numberOfCompletedInstances &gt; 1</completionCondition>" if value else ""
        return self._task(then, f"{several}{stop}</multiInstanceLoopCharacteristics>")

    def _turns(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        most = f'<standardLoopCharacteristics testBefore="{str(value == 0).lower()}" loopMaximum="3">'
        return self._task(then, f"{most}<loopCondition>v{var} &gt; 0</loopCondition></standardLoopCharacteristics>")

    def _own(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        call, called = self.name("c"), self.name("p")
        apart = Drawn(count=self.count * 100)
        last = apart.draw(one, "pe")
        script = f'<scriptTask id="ps"><script>{{r: v{var} + {value}}}</script></scriptTask>'
        inner = "".join(apart.body) + f'<startEvent id="pb"/><endEvent id="pe"/>{script}'
        inner += '<sequenceFlow id="pf" sourceRef="pb" targetRef="ps"/>'
        inner += f'<sequenceFlow id="pg" sourceRef="ps" targetRef="{last}"/>'
        self.beside += [f'<process id="{called}">{inner}</process>', *apart.beside]
        self.put(f'<callActivity id="{call}" calledElement="{called}" p:inputs="v0 v1 v2 v3 items" p:outputs="r"/>')
        self.flow(call, then)
        return call

    def _timed(self, then: str, one: Block, span: str, more: str) -> str:
        sub = self.inside(one)
        self.flow(sub, then)
        self.watched(sub, self.ending(), f"<timerEventDefinition>{span}</timerEventDefinition>", more)
        return sub

    def ending(self) -> str:
        """An end of its own for a way that does not meet the others."""
        end = self.name("end")
        self.put(f'<endEvent id="{end}"/>')
        return end

    def _late(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        return self._timed(then, one, f"<timeDuration>PT{value + 1}H</timeDuration>", "")

    def _remind(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        return self._timed(then, one, f"<timeCycle>R{value + 1}/PT2H</timeCycle>", ' cancelActivity="false"')

    def _arm(self, definition: str, then: str) -> str:
        arm = self.name("a")
        self.put(f'<intermediateCatchEvent id="{arm}">{definition}</intermediateCatchEvent>')
        self.flow(arm, then)
        return arm

    def _race(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        then = self.merge(then)
        span = f"<timerEventDefinition><timeDuration>PT{value + 1}H</timeDuration></timerEventDefinition>"
        gate = self.name("g")
        self.put(f'<eventBasedGateway id="{gate}"/>')
        for definition, block in (('<messageEventDefinition messageRef="me"/>', one), (span, other)):
            self.flow(gate, self._arm(definition, self.draw(block, then)))
        return gate

    def _when(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        """A condition awaited beside a task whose answer may make it true; a moment lets it go in the end."""
        then = self.merge(then)
        gate, asked = self.name("g"), self._task(self.ending())
        held = f"<conditionalEventDefinition><condition>{asked}.x &gt; 0</condition></conditionalEventDefinition>"
        span = "<timerEventDefinition><timeDuration>PT5H</timeDuration></timerEventDefinition>"
        self.put(f'<eventBasedGateway id="{gate}"/>')
        for definition in (held, span):
            self.flow(gate, self._arm(definition, self.draw(one, then)))
        return self.split("parallelGateway", [("", asked), ("", gate)])

    def _signal(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        then = self.merge(then)
        told = self.name("w")
        self.put(
            f'<intermediateThrowEvent id="{told}"><signalEventDefinition signalRef="si"/></intermediateThrowEvent>'
        )
        self.flow(told, self.ending())
        sub = self.inside(other)
        self.flow(sub, then)
        self.watched(sub, then, '<signalEventDefinition signalRef="si"/>')
        return self.split("parallelGateway", [("", self.draw(one, told)), ("", sub)])

    def _escalate(self, then: str, var: int, value: int, one: Block, other: Block) -> str:
        bad = '<endEvent id="{end}"><escalationEventDefinition escalationRef="es"/></endEvent>'
        sub = self.inside(one, last=bad)
        self.flow(sub, then)
        more = ' cancelActivity="false"' if value else ""
        self.watched(sub, self.ending(), '<escalationEventDefinition escalationRef="es"/>', more)
        return sub


BESIDE = '<escalation id="es" name="es"/><signal id="si" name="si"/>'
BESIDE += '<message id="me" name="x.me"/>'


def model(block: Block, *, native: bool = False) -> str:
    """The whole drawing of a block: its elements, from a start to an end, and what stands beside."""
    drawn = Drawn(native)
    first = drawn.draw(block, "e")
    drawn.put('<startEvent id="s"/><endEvent id="e"/>')
    drawn.flow("s", first)
    process = f'<process id="m" isExecutable="true">{"".join(drawn.body)}</process>'
    return BESIDE + "".join(drawn.beside) + process

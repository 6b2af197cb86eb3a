"""Rule expressions: the Common Expression Language, type-checked against the fact dataclasses, run on plain dicts."""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from cel_expr_python import cel
from cel_expr_python.ext import ext_bindings, ext_math, ext_strings
from google.protobuf import descriptor_pb2, descriptor_pool, wrappers_pb2

from checker.facts.facts import Facts
from checker.facts.kinds import asks, attachments, figures, mail, people, products, words
from checker.lazy import cached_property

_Field = descriptor_pb2.FieldDescriptorProto
_PACKAGE = "presend"
_KINDS = (mail, products, figures, asks, people, attachments, words)
_PLACE_FIELDS = ("text", "zone", "where")
_SCALARS = {str: _Field.TYPE_STRING, float: _Field.TYPE_DOUBLE, bool: _Field.TYPE_BOOL}
_WRAPPERS = {str: ".google.protobuf.StringValue", float: ".google.protobuf.DoubleValue"}
_SPECIMEN_TIME = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
_LIMITS = ("attachment_mb", "exposed", "message_mb")
# One name, not behind a dot and not inside a longer name.
_NAME = re.compile(r"(?<![\w.])[a-z_][a-z0-9_]*(?![\w])")
_STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")


class ExpressionError(ValueError):
    """An expression that does not type-check. column counts from 1 within the expression, None when unknown."""

    def __init__(self, reason: str, column: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


class CrashError(RuntimeError):
    """An expression that failed on a mail; the text names no mail content."""


class Shape(NamedTuple):
    """A field's type: a scalar or a fact class, nullable or a list."""

    of: type
    nullable: bool = False
    many: bool = False


@cache
def shapes(kind: type) -> dict[str, Shape]:
    """The fields of a fact class as rules see them: place becomes text, zone, where; ref names the fact."""
    hints = get_type_hints(kind)
    fields: dict[str, Shape] = {}
    for field in dataclasses.fields(kind):
        if field.name == "place":
            fields.update({name: Shape(str) for name in (*_PLACE_FIELDS, "ref")})
        else:
            fields[field.name] = _shape(hints[field.name])
    return fields


def _shape(hint: Any) -> Shape:
    if get_origin(hint) is tuple:
        return Shape(get_args(hint)[0], many=True)
    if get_origin(hint) in (Union, types.UnionType):
        return Shape(next(a for a in get_args(hint) if a is not type(None)), nullable=True)
    return Shape(hint)


@cache
def variables() -> dict[str, Shape]:
    """Every variable of a rule and its shape, read from the properties of Facts that give facts."""
    found = {}
    for name, member in vars(Facts).items():
        if isinstance(member, cached_property):
            shape = _shape(get_type_hints(member.func)["return"])
            if shape.of in set(_kinds()):
                found[name] = shape
    return found


def needs(expression: str) -> frozenset[str]:
    """The fact variables that an expression reads (a superset: a macro's own name may coincide)."""
    bare = _STRING.sub("''", expression)
    return frozenset(_NAME.findall(bare)) & variables().keys()


class Environment:
    """Two CEL environments: one typed, to check rules at load; one untyped, to run them on dicts."""

    def __init__(self) -> None:
        extensions = [ext_math.ExtMath(), ext_strings.ExtStrings(), ext_bindings.ExtBindings()]
        fixed = {"sent": cel.Type.TIMESTAMP, "limits": cel.Type.Map(cel.Type.STRING, cel.Type.DOUBLE)}
        typed = {name: _cel_type(shape) for name, shape in variables().items()}
        self._checked = cel.NewEnv(_descriptors(), variables={**typed, **fixed}, extensions=extensions)
        dynamic = dict.fromkeys(typed, cel.Type.DYN)
        self._running = cel.NewEnv(variables={**dynamic, **fixed}, extensions=extensions)

    def check(self, expression: str) -> str:
        """The type of an expression, as CEL names it. Raises ExpressionError."""
        try:
            return str(self._checked.compile(expression).return_type())
        except RuntimeError as error:
            raise _explained(str(error)) from None

    def program(self, expression: str) -> cel.Expression:
        """An expression ready to run. It must have been checked."""
        return self._running.compile(expression)

    def activation(self, values: Mapping[str, Any]) -> cel.Activation:
        """The facts of one mail, bound once for all rules."""
        return self._running.Activation(values)

    @cached_property
    def specimen(self) -> cel.Activation:
        """One of each fact with every nullable field null: what an unguarded expression trips over."""
        values: dict[str, Any] = {}
        for name, shape in variables().items():
            one = _specimen(shape.of, name)
            values[name] = [one] if shape.many else one
        return self.activation(values | {"sent": _SPECIMEN_TIME, "limits": dict.fromkeys(_LIMITS, 1.0)})


def run(program: cel.Expression, activation: cel.Activation) -> Any:
    """The plain value of a program. Raises CrashError: CEL hands errors back as values."""
    try:
        value = program.eval(activation)
    except RuntimeError as error:  # the limit of loop steps is raised, not handed back
        raise CrashError(str(error).split(":", 1)[0]) from None
    if value.value() == []:  # most rules find nothing
        return []
    kind = value.type()
    if kind in (cel.Type.ERROR, cel.Type.UNKNOWN):
        raise CrashError(str(value.value()).split(":", 1)[0])
    return _plain(value)


def _plain(value: Any) -> Any:
    """A CEL value as Python's own. Nulls are never handed over: the runtime forgets to count them, and a process that
    let some thousands of them pass would be aborted for "deallocating None"."""
    if value.type() == cel.Type.NULL:
        return None
    inner = value.value()
    if isinstance(inner, list):
        return [_plain(one) for one in inner]
    return {name: _plain(one) for name, one in inner.items()} if isinstance(inner, dict) else inner


def _explained(error: str) -> ExpressionError:
    first = next((line for line in error.splitlines() if line.strip()), error)
    position = re.search(r"<input>:\d+:(\d+):\s*(.*)", first)
    if not position:
        return ExpressionError(first.removeprefix("INVALID_ARGUMENT: "))
    reason = position[2].replace(f"{_PACKAGE}.", "").removesuffix(" [INVALID_ARGUMENT]")
    return ExpressionError(reason, int(position[1]))


def _cel_type(shape: Shape) -> cel.Type:
    one = cel.Type(f"{_PACKAGE}.{shape.of.__name__}")
    return cel.Type.List(one) if shape.many else one


def _kinds() -> Iterator[type]:
    for module in _KINDS:
        for value in vars(module).values():
            if isinstance(value, type) and dataclasses.is_dataclass(value):
                yield value


def _descriptors() -> descriptor_pool.DescriptorPool:
    pool = descriptor_pool.DescriptorPool()
    wrappers = descriptor_pb2.FileDescriptorProto()
    wrappers_pb2.DESCRIPTOR.CopyToProto(wrappers)
    pool.Add(wrappers)
    file = descriptor_pb2.FileDescriptorProto(name="facts.proto", package=_PACKAGE, syntax="proto3")
    file.dependency.append(wrappers.name)
    for kind in _kinds():
        message = file.message_type.add(name=kind.__name__)
        for number, (name, shape) in enumerate(shapes(kind).items(), 1):
            _add_field(message, name, number, shape)
    pool.Add(file)
    return pool


def _add_field(message: descriptor_pb2.DescriptorProto, name: str, number: int, shape: Shape) -> None:
    field = message.field.add(name=name, number=number)
    field.label = _Field.LABEL_REPEATED if shape.many else _Field.LABEL_OPTIONAL
    if shape.nullable and shape.of in _WRAPPERS:
        field.type, field.type_name = _Field.TYPE_MESSAGE, _WRAPPERS[shape.of]
    elif shape.of in _SCALARS:
        field.type = _SCALARS[shape.of]
    else:
        field.type, field.type_name = _Field.TYPE_MESSAGE, f".{_PACKAGE}.{shape.of.__name__}"


def blank(shape: Shape) -> Any:
    """What stands for a variable that could not be read: no facts, or one with nothing in it."""
    return [] if shape.many else _specimen(shape.of, "")


def _specimen(kind: type, ref: str) -> dict[str, Any]:
    return {name: ref if name == "ref" else _specimen_value(shape, ref) for name, shape in shapes(kind).items()}


def _specimen_value(shape: Shape, ref: str) -> Any:
    if shape.nullable:
        return None
    if shape.of in _SCALARS:
        plain: Any = {str: "", float: 0.0, bool: False}[shape.of]
        return [plain] if shape.many else plain
    one = _specimen(shape.of, ref)
    return [one] if shape.many else one

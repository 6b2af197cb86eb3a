"""The shapes of the facts about what is asked, and by when."""

from __future__ import annotations

from dataclasses import dataclass

from checker.reading import Place


@dataclass(frozen=True, slots=True, repr=False)
class Deadline:
    """A time by which something is asked for, or a vague one."""

    place: Place
    due: str | None  # RFC 3339; a day without a time is 23:59:59 in the sender's zone
    day: str | None  # ISO date, in the zone written
    has_time: bool
    has_zone: bool
    vague: bool  # 尽快, 有空, ASAP, soon
    soft: bool  # vague and softened (有空的时候尽快)
    placeholder: bool  # XX前
    weekday: float | None  # ISO weekday of `day`, 1 = Monday
    weekday_stated: float | None
    working_day: bool
    next_working_day: str | None  # ISO date, when working_day is False
    working_days_left: float | None
    asked: bool  # the time of something asked of the reader (not an event, an ETA, our own plan)


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """Something asked of the reader."""

    place: Place
    verb: str
    object: str
    specific: bool  # an object, quantity or concrete action; “请处理” alone is not
    claim: bool  # asks for money or compensation from somebody
    deadline: bool  # a deadline (even vague) goes with it


@dataclass(frozen=True, slots=True, repr=False)
class Unanswered:
    """A sent mail that asks and got no answer; only an archive knows. place: what was asked first."""

    place: Place
    hours: float  # since the time by which it was asked for, or since it was sent where none is named
    followed: bool  # the sender wrote again in the thread

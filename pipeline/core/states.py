"""What can become of a message in a language: one row a state, and everything that any report, page or rule asks of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


@dataclass(frozen=True, slots=True)
class Traits:
    """What holds for a state.

    `gravity`: of several states of one message the highest counts. `urgency`: what waits is listed, and told to readers,
    with the highest first. `notice`: the kind of notice above a text that is withheld for it. `done`: nothing is left to do
    for a translator. `shown`: a text in the reader's language may stand there. `signable`: a person may sign for it.
    `pressing`: the status page lists it before the rest. `terminal` is a style of rich; `light` and `dark` are the state's
    own colours on the status page, where it has any, and `paint` is the CSS background made of them. `words` are a legend.
    """

    words: str
    gravity: int
    urgency: int
    terminal: str
    paint: str
    light: str = ""
    dark: str = ""
    notice: str = "untranslated"
    done: bool = False
    shown: bool = False
    signable: bool = False
    pressing: bool = False


class State(StrEnum):
    """What became of one message in one language. The order is that of the reports; ranks leave room for a row between."""

    _value_: str
    traits: Traits

    def __new__(cls, value: str, traits: Traits) -> Self:
        made = str.__new__(cls, value)
        made._value_, made.traits = value, traits
        return made

    # fmt: off
    TRANSLATED = "translated", Traits(
        "Translated", gravity=0, urgency=0, done=True, shown=True, signable=True,
        terminal="green", light="#12757b", dark="#46b3a9", paint="var(--translated)",
    )
    CARRIED = "carried", Traits(
        "Carried over: only the looks of the English changed", gravity=10, urgency=0, done=True, shown=True, signable=True,
        terminal="green", light="#5d9a6b", dark="#86bf8f",
        paint="repeating-linear-gradient(90deg, var(--stripe) 0 .1em, transparent .1em .5em) var(--carried)",
    )
    STALE = "stale", Traits(
        "Stale: the English has changed", gravity=20, urgency=40, notice="stale", shown=True, pressing=True,
        terminal="yellow", light="#c98a1b", dark="#e0a63c",
        paint="repeating-linear-gradient(45deg, var(--stripe) 0 .15em, transparent .15em .4em) var(--stale)",
    )
    SUGGESTED = "suggested", Traits(
        "Suggested: a guess, never shown", gravity=40, urgency=20,
        terminal="cyan", light="#7a86b8", dark="#98a4d8",
        paint="radial-gradient(circle, var(--stripe) 0 .12em, transparent .13em) 0 0 / .45em .45em var(--suggested)",
    )
    UNTRANSLATED = "untranslated", Traits(
        "Untranslated", gravity=50, urgency=10,
        terminal="magenta", light="#d9cdb8", dark="#42535a",
        paint="radial-gradient(circle, var(--dot) 0 .09em, transparent .1em) 0 0 / .4em .4em var(--untranslated)",
    )
    UNSAFE = "unsafe", Traits(
        "Unsafe: held back by a check", gravity=60, urgency=50, notice="unsafe", pressing=True,
        terminal="bold red", light="#b3261e", dark="#f0685e",
        paint="repeating-linear-gradient(0deg, var(--stripe) 0 .12em, transparent .12em .3em) var(--unsafe)",
    )
    UNREVIEWED = "unreviewed", Traits(  # translated, and withheld until somebody signs for it, as the policy asks
        "Unreviewed: held back until somebody signs", gravity=30, urgency=30, notice="unreviewed", signable=True,
        terminal="blue",
        paint="repeating-linear-gradient(135deg, var(--stripe) 0 .1em, transparent .1em .3em) var(--suggested)",
    )
    RECALLED = "recalled", Traits(  # shown: what stands in its place may be in the language
        "Recalled: withdrawn", gravity=70, urgency=60, notice="recalled", shown=True,
        terminal="bold red", paint="var(--ink)",
    )
    # fmt: on

    @property
    def done(self) -> bool:
        """Whether nothing is left to do for a translator."""
        return self.traits.done

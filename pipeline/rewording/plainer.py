"""Words and phrases that have a plainer form, read in it: "prior to", "before"; "four times daily", "four times a day"; and openers that say
nothing: "please note that"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.text import lexicon
from pipeline.text.english import Word

Part = Sequence[Word]

RULES = """
prior to => before
in advance of => before
subsequent to => after
in order to => to
so as to => to
in order that => so that
in the event that => if
on condition that => if
until such time as => until
till => until
whilst => while
amongst => among
upon => on
in the course of => during
during the course of => during
for the duration of => during
throughout the course of => during
whether or not => whether
by means of => with
with the help of => with
with the aid of => with
because of the fact that => because
due to the fact that => because
owing to the fact that => because
in view of the fact that => because
despite the fact that => although
in spite of the fact that => although
in spite of => despite
even though => although
in conjunction with => together with
in case you => if you
without any => without
with no => without
not any => no
not ever => never
exhale => breathe out
exhales => breathes out
exhaling => breathing out
inhale => breathe in
inhales => breathes in
inhaling => breathing in
unsure => not sure
uncertain => not sure
not certain => not sure
twice => two times
thrice => three times
on a daily basis => every day
on a weekly basis => every week
on a nightly basis => every night
on a monthly basis => every month
on a yearly basis => every year
on a regular basis => regularly
each day|night|week|month|year|morning|evening|afternoon|hour|time => every $2
once daily => every day
once nightly => every night
once weekly => every week
once monthly => every month
once yearly|annually => every year
once hourly => every hour
once a|an|per|each|every day|night|week|month|year|hour => every $3
times daily => times a day
times nightly => times a night
times weekly => times a week
times monthly => times a month
times yearly|annually => times a year
times hourly => times an hour
times per|each|every day|night|week|month|year => times a $3
times per|each|every hour => times an hour
as possible => as you can
whenever|wherever|where|when|if possible => $1 you can
no longer work => stop working
no longer works => stops working
a double dose => two doses
out of the reach of => out of reach of
out of the sight and reach of => out of sight and reach of
where children can not reach it|them|this => out of reach of children
where children can not see or reach it|them|this => out of sight and reach of children
between # and # => from $2 to $4
between # am|pm and # am|pm => from $2 $3 to $5 $6
if it is an emergency => in an emergency
advise you not to => recommend that you do not
advise that you => recommend that you
it is necessary to rest|fast|wait|stay|eat|drink|sleep|walk|lie|sit|wear|bring|arrive|come|avoid|repeat => you need to $5
it may be necessary to rest|fast|wait|stay|eat|drink|sleep|walk|lie|sit|wear|bring|arrive|come|avoid|repeat => you may need to $6
recommend you do not => recommend that you do not
try to avoid => avoid
slight risk|chance => small $2
persist => do not go away
persists => does not go away
in the right|correct|proper way => correctly
a single => one
half an hour => 30 minutes
a half hour => 30 minutes
a quarter of an hour => 15 minutes
three quarters of an hour => 45 minutes
an hour and a half => 90 minutes
a fortnight => 2 weeks
a person with|who => people $3
regardless|irrespective of => whatever
no matter what => whatever
in close proximity to => close to
for the purpose of => for
with the exception of => except
provided you|your|the|it|they|there => as long as $2
expectant mothers => pregnant women
expectant mother => pregnant woman
mothers to be => pregnant women
nursing mothers => breastfeeding mothers
nursing mother => breastfeeding mother
experience|have|notice a loss of => lose
there may be some loss of => you may lose some
seek|get immediate medical|emergency attention|help|advice|care|treatment => get $3 $4 immediately
seek medical|emergency|urgent attention|help|advice|care|treatment => get $2 $3
recommence => restart
recommences => restarts
recommenced => restarted
recommencing => restarting
on discharge => when you go home
before discharge => before you go home
after discharge => after you go home
on admission => when you are admitted
during|in pregnancy => while you are pregnant
when you are pregnant => while you are pregnant
while breastfeeding => while you are breastfeeding
on completion of => when you finish
upon completion of => when you finish
for the presence of => for
for relief of => to relieve
for the relief of => to relieve
you are advised not to => we recommend that you do not
you are not required to => you do not need to
if in doubt => if you are not sure
if in any doubt => if you are not sure
if you are in doubt => if you are not sure
if you are in any doubt => if you are not sure
abstain|abstains from => avoid
advise the|your nurse|doctor|midwife|staff|team|pharmacist|ward|clinic|dentist if|of|about|that => tell $2 $3 $4
not exceed the|your stated|recommended|prescribed|correct|usual|maximum|daily dose => not take more than $3 $4 dose
if required => if needed
if you need one|it => if needed
from # am|pm until|till|to # am|pm => from $2 $3 to $5 $6
# am|pm until|till|to # am|pm => from $1 $2 to $4 $5
from monday to|until friday => weekdays
monday to|until friday => weekdays
on weekdays => weekdays
experience|have|get nausea => feel sick
unless otherwise advised|told|instructed|directed => unless you are told otherwise
unless advised|told|instructed|directed otherwise => unless you are told otherwise
unless you are advised|instructed|directed otherwise => unless you are told otherwise
once opened => after opening
if there is an emergency => in an emergency
in the event of an emergency => in an emergency
in case of emergency => in an emergency
in case of an emergency => in an emergency
in|within any # => $1 $3
leave # minutes|hours|days|weeks between => wait $2 $3 between
for a moment => briefly
for a short|brief time|while => briefly
stay|stays|stayed home => $1 at home
ring|push the bell => press the bell
press|ring|push the buzzer => press the bell
needs to have => needs
need to have => need
have to have => need
has to have => needs
requires => needs
require => need
not exceed # => not take more than $3
exceeds # => is more than $2
exceed # => be more than $2
goes|rises|climbs|gets above|over|beyond # => is more than $3
go|rise|climb|get above|over|beyond # => be more than $3
falls|drops|goes|dips|sinks below|under # => is less than $3
fall|drop|go|dip|sink below|under # => be less than $3
in excess of # => more than $4
upwards of # => more than $3
above|over # => more than $2
higher|greater|older|larger|longer than # => more than $3
below|under # => less than $2
lower|fewer|younger|smaller|shorter than # => less than $3
a maximum of # => at most $4
no more than # => at most $4
not more than # => at most $4
up to # => at most $3
a minimum of # => at least $4
no less|fewer than # => at least $4
# minutes|hours|days|weeks|months|years later => after $1 $2
# minutes|hours|days|weeks|months time => $1 $2
monday|tuesday|wednesday|thursday|friday|saturday through => $1 to
in advance => beforehand
ahead of time => beforehand
start|begin again => restart
stay|keep away from => avoid
staying|keeping away from => avoiding
are|is not allowed|permitted to => must not
before bed => at bedtime
before going to bed => at bedtime
before you go to bed => at bedtime
when you go to bed => at bedtime
at mealtimes => with meals
with a meal => with food
keep on => continue
first thing in the morning => early in the morning
is|are|am unable to => can not
is|are|am not able to => can not
is|are|am able to => can
be unable to => not be able to
make certain => make sure
see to it => make sure
be certain => make sure
be sure => make sure
ensure => make sure
ensures => makes sure
ensuring => making sure
make sure that => make sure
makes sure that => makes sure
making sure that => making sure
make sure to => make sure you
straight away => immediately
right away => immediately
at once => immediately
without delay => immediately
carry on => continue
carries on => continues
carrying on => continuing
carried on => continued
no one => nobody
any person => anyone
every person => everyone
anybody => anyone
everybody => everyone
somebody => someone
those|persons|individuals who => people who
those|persons|individuals|patients with => people with
in the meantime => meanwhile
a number of => several
large number of => many
great number of => many
the|a majority of => most
have a discussion|conversation with => talk to
have a discussion|conversation about => talk about
give|provide|offer an explanation of => explain
give|provide a description of => describe
do|make|perform an assessment of => assess
carry out an assessment of => assess
do|make|perform an examination of => examine
carry out an examination of => examine
do|make|perform a check of|on => check
carry out a check of|on => check
do|make|perform a review of => review
carry out a review of => review
take|make a measurement of => measure
the reason why => why
the way in which => how
"""
"""What is written on the left is read as what stands on the right; `a|b` is one of several words, `$2` the second word as it stands. Written for this by
what guides advise (plainlanguage.gov, *Simple words and phrases*; CDC, *Plain Language Thesaurus for Health Communications*, 2009)."""
OPENERS = """
please note that
please note
note that
please be aware that
be aware that
please remember that
remember that
bear in mind that
keep in mind that
please bear in mind that
please keep in mind that
you should be aware that
you should know that
you should also know that
you should note that
you should remember that
you need to know that
you need to be aware that
you may know that
as you may know
as you know
as already mentioned
as mentioned above
it is worth noting that
it is worth knowing that
it is worth remembering that
it is good to know that
it is useful to know that
it is helpful to know that
it should be noted that
it should be remembered that
it is important to know that
it is important to note that
it is important to remember that
it is important to be aware that
it is important to realize that
we would like you to know that
we want you to know that
we would like to remind you that
we would like to point out that
the good news is that
the fact is that
in fact
of course
as always
as ever
as a reminder
remember to
please remember to
do not forget to
please do not forget to
most importantly
importantly
above all
in other words
put simply
in short
as a general rule
in addition
"""
"""How sentences begin and say nothing by it."""


@lru_cache(1)
def rules() -> Mapping[str, tuple[tuple[tuple[frozenset[str], ...], tuple[str, ...]], ...]]:
    """The table, by the first word of what is read, the longest first."""
    found: dict[str, list[tuple[tuple[frozenset[str], ...], tuple[str, ...]]]] = {}
    for row in RULES.strip().split("\n"):
        left, right = row.split(" => ")
        parts = tuple(frozenset(part.split("|")) for part in left.split())
        for first in parts[0]:
            found.setdefault(first, []).append((parts, tuple(right.split())))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}


@lru_cache(1)
def openers() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The openers by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in OPENERS.strip().split("\n"):
        words = tuple(row.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(rows, key=lambda row: -len(row))) for first, rows in found.items()}


def begins(found: Part, at: int) -> bool:
    """Whether a sentence begins at a place."""
    return not at or bool({".", "?", "!"} & set(found[at].before))


def together(found: Part, start: int, end: int) -> bool:
    """Whether no mark stands between the words from one place to another."""
    return end < len(found) and not any(word.before.strip("-") or not word.text for word in found[start + 1 : end])


def put(words: Sequence[str], first: Word) -> list[Word]:
    """Words for others, behind the mark of the first of those."""
    return [Word(word, word, "word", "" if at else first.before) for at, word in enumerate(words)]


def opened(found: list[Word]) -> list[Word]:
    """A text without the openers that say nothing."""
    table = openers()
    gone: set[int] = set()
    made = list(found)
    for at, word in enumerate(found):
        if word.same not in table or not (begins(found, at) or ";" in word.before):
            continue
        size = next((len(row) for row in table[word.same] if said(found, at, row)), 0)
        then = found[at + size] if size and at + size < len(found) else None
        if then is not None and then.text and not {".", "?", ":", ";"} & set(then.before):
            gone.update(range(at, at + size))
            made[at + size] = then._replace(before=word.before)
    return [word for at, word in enumerate(made) if at not in gone] if gone else made


def said(found: Part, at: int, row: Sequence[str]) -> bool:
    """Whether words stand at a place, with no mark between them."""
    return [word.same for word in found[at : at + len(row)]] == [*row] and together(found, at, at + len(row))


def plainer(found: list[Word]) -> list[Word]:
    """A text with what is in the table in its plain form; what stands for something may be a part of something else."""
    made = read_once(found)
    return read_once(made) if len(made) != len(found) else made


def read_once(found: list[Word]) -> list[Word]:
    """A text with what is in the table as it stands there."""
    table, numbers = rules(), rules()["#"]
    made: list[Word] = []
    at = 0
    while at < len(found):
        word = found[at]
        rows = table.get(word.same, ()) if word.kind == "word" else ()
        size = 0
        for parts, right in (*rows, *numbers) if counts(word) else rows:
            if fits(found, at, parts):
                size = len(parts)
                made += filled(right, found[at : at + size])
                break
        if not size:
            made.append(word)
        at += size or 1
    return made


def fits(found: Part, at: int, parts: Sequence[frozenset[str]]) -> bool:
    """Whether the left of a row stands at a place."""
    for part, place in zip(parts, range(at, len(found)), strict=False):
        word = found[place]
        if not (word.same in part or ("#" in part and counts(word))) or (place > at and word.before.strip("-")):
            return False
    return at + len(parts) < len(found)


def counts(word: Word) -> bool:
    """Whether a word is a number."""
    return word.kind == "number" or (word.kind == "word" and word.same in lexicon.number_words())


def filled(right: Sequence[str], read: Part) -> list[Word]:
    """What stands for some words, behind the mark of the first of them."""
    made = [
        read[int(word[1:]) - 1] if word[0] == "$" else Word(word, word, "number" if word.isdigit() else "word")
        for word in right
    ]
    return [word._replace(before="" if at else read[0].before) for at, word in enumerate(made)]

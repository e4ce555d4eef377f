"""English phrases that say the same: what an editor puts for one another and nobody reads otherwise.

Closed classes only, after Quirk et al. 1985 (§8.134 ff. conjuncts, §15.25 ff. clauses of reason and condition, §9.7 prepositions) and
what plain-language guides put for one another ("in order to" → "to"). Words that name things are in `thesaurus`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.rewording import expressions
from pipeline.text.english import Word

GROUPS = (
    "because / since / as / given that",
    "because of / due to / owing to / on account of / as a result of",
    "so / therefore / thus / hence / for this reason / for that reason / as a result / consequently / that is why / this is why",
    "but / however / yet / though",
    "although / though / even though",
    "for example / for instance / eg / such as / like",
    "also / too / as well / in addition / additionally / besides / furthermore / moreover / likewise",
    "similarly / likewise / in the same way / in the same manner / equally",
    "in order to / to / so as to",
    "while / whilst / when",
    "then / next / after that / afterwards",
    "lastly / finally / at last",
    "first / firstly / first of all / to begin with",
    "now / at this time / at present / at the moment / currently / for now",
    "often / frequently / many times",
    "usually / normally / generally / typically / mostly / as a rule / in general / in most cases",
    "mainly / mostly / chiefly / primarily / for the most part",
    "maybe / perhaps / possibly",
    "immediately / at once / straight away / right away / without delay / directly",
    "quickly / fast / rapidly",
    "about / around / approximately / roughly",
    "nearly / almost / close to",
    "completely / entirely / fully / totally / wholly",
    "very / highly / extremely / really",
    "correctly / properly / in the right way",
    "easily / with ease / without difficulty",
    "simply / just",
    "especially / particularly / in particular / above all",
    "specifically / in particular",
    "who / that / which",
    "that / which",
    "which means / meaning / this means / that means / which means that / meaning that / this means that",
    "those / people / persons / the people / ones / the ones",
    "those who / people who / anyone who / persons who / the people who",
    "everyone / everybody / all people / all persons / every person / each person",
    "everyone who / all people who / all persons who / all those who / everybody who",
    "everyone who is / all people who are / all persons who are / all those who are / everybody who is",
    "anyone / anybody / any person",
    "anyone can / anybody can / everyone can / everybody can",
    "anyone may / anybody may / everyone may / everybody may",
    "someone / somebody / a person",
    "no one / nobody / no person / none",
    "nothing / not anything",
    "via / through / by means of / by way of",
    "with / using / by using / with the help of / by means of",
    "within / inside",
    "within the first / in the first / during the first / over the first",
    "within the next / in the next / during the next / over the next",
    "twice / two times",
    "thrice / three times",
    "beside / next to / alongside",
    "onto / on to",
    "upon / on",
    "among / amongst",
    "toward / towards",
    "until / till / up to",
    "before / prior to / ahead of",
    "after / following / subsequent to",
    "after / once",
    "once / as soon as",
    "when / whenever / every time / each time / any time",
    "whether / if / whether or not",
    "instead of / rather than / in place of",
    "regarding / about / concerning / on / with regard to / as regards / relating to",
    "despite / in spite of",
    "except / except for / apart from / other than / aside from",
    "as long as / provided that / so long as",
    "in case of / in the event of",
    "according to / in accordance with / in line with",
    "as follows / like this / as shown below / like so / like the following / this way / in this way",
    "the following / this / these",
    "each / every",
    "many / numerous / a lot of / a large number of / a great number of / a great many",
    "several / multiple / various / a number of",
    "a lot of / lots of / plenty of / much / many",
    "a few / some / a small number of",
    "enough / sufficient / adequate",
    "enough / sufficiently",
    "less than / fewer than / under / below / younger than",
    "more than / over / above / greater than / older than",
    "at least / a minimum of / no less than / no fewer than / not less than",
    "at most / a maximum of / no more than / not more than / up to",
    "up to / as much as / as many as",
    "need to / have to / must / are required to",
    "needs to / has to / must / is required to",
    "can / is able to / are able to / am able to / be able to",
    "can / is also able to",
    "can not / is not able to / are not able to / is unable to / are unable to / am unable to",
    "may / might",
    "want to / wish to / would like to",
    "wants to / wishes to / would like to",
    "will / going to / is going to / are going to",
    "no longer / not any more / not any longer / not anymore",
    "not anymore / not any more",
    "make sure / ensure / be sure / make certain / see to it / check",
    "make sure that / ensure that / be sure that / make certain that / see to it that / check that",
    "makes sure / ensures / makes certain",
    "let know / tell / inform / notify",
    "in the event that / if",
    "free / free of charge / free of cost / at no cost / at no charge / without charge",
    "at the same time / simultaneously / at once",
    "at the beginning of / at the start of",
    "in the middle of / amid",
    "kind of / type of / sort of",
    "kinds of / types of / sorts of",
    "is called / is known as / is named",
    "also called / also known as",
    "own / very own",
    "find out / learn / discover",
    "carrying out / performing / doing / running / conducting",
    "carried out / performed / done / run / conducted",
    "carry out / perform / do / run / conduct",
    "set up / establish / arrange",
    "take place / happen / occur",
    "takes place / happens / occurs",
    "need / require",
    "needs / requires",
    "needed / required",
    "switch off / turn off / shut off",
    "switched off / turned off / shut off",
    "switch on / turn on",
    "switched on / turned on",
    "come off / fall off",
    "comes off / falls off",
    "come out / fall out",
    "comes out / falls out",
    "throw up / vomit",
    "throws up / vomits",
    "open up / open",
    "opens up / opens",
    "pick up / answer the phone / answer",
    "picks up / answers the phone / answers",
    "goes off / sounds / beeps",
    "go off / sound / beep",
    "lead to / result in / cause / bring about",
    "leads to / results in / causes / brings about",
    "led to / resulted in / caused / brought about",
    "due to / caused by / resulting from / brought about by",
    "get rid of / remove / throw away / discard / dispose of",
    "look after / care for / take care of",
    "look at / check / examine / inspect",
    "go back / return / come back",
    "goes back / returns / comes back",
    "go on / continue / carry on",
    "go up / rise / increase",
    "go down / fall / decrease / drop",
    "put in / insert",
    "always / at all times / all the time",
    "never / do not ever / not ever",
    "has ended / is over / is finished / has finished / has come to an end",
    "have ended / are over / are finished / have finished",
    "free of charge / at no cost / for free / without charge / at no charge / at no cost to you",
    "other people / anyone else / others / someone else / anybody else",
    "sun cream / sunscreen / sunblock",
    "store / keep",
    "stores / keeps",
    "stored / kept",
    "take out / remove",
    "take off / remove",
    "takes off / removes",
    "taking off / removing",
    "go away / disappear",
    "goes away / disappears",
    "the same day / on the same day",
    "the next day / on the next day / on the following day / the following day",
    "the day before / on the day before",
    "leave out / omit",
    "fill in / fill out / complete",
    "use up / exhaust",
    "get in touch with / contact / reach",
    "get ready for / prepare for",
    "belong to / be owned by",
    "recommend / suggest / advise",
    "advise you to / recommend that you / recommend you / suggest that you / suggest you",
    "recommends / suggests / advises",
    "are related to / have to do with / relate to / concern / are about",
    "is related to / has to do with / relates to / concerns / is about",
    "last but not least / finally / lastly",
    "in an effort to / in an attempt to / to help / to try to / to",
    "shows / tells us / indicates / tells you",
    "questions you may have / your questions / any questions",
    "with questions / if you have questions / if you have any questions / with any questions",
    "with concerns / if you have concerns / if you have any concerns",
    "it is up to you / you have the choice / you can choose / you can decide / the choice is yours",
    "dislike / do not like",
    "dislikes / does not like",
    "do not wait for us to / do not wait until we / do not wait for us",
    "should / ought to",
    "consists of / is made of / is made up of",
    "contains / includes / holds / is filled with",
    "give / provide / offer / supply",
    "gives / provides / offers / supplies",
    "most of / most / the majority of",
    "almost all / nearly all",
    "not many / few",
    "a bit / slightly / a little / somewhat",
    "each day / every day / daily",
    "each night / every night / nightly",
    "each week / every week / weekly",
    "again / once more / one more time / once again",
    "as well as / and / along with / together with",
    "look like / resemble",
    "looks like / resembles",
    "on your own / by yourself / alone",
    "is used to / serves to",
    "find / come across",
    "think about / consider",
    "talk about / discuss",
    "talk to / speak to / speak with / talk with",
    "ask for / request",
    "deal with / handle / manage",
    "because it / as it / since it",
    "try to / attempt to",
    "start to / begin to",
    "starts to / begins to",
    "right / correct / proper",
    "mentioned above / above",
    "mentioned above / aforementioned / above / described above / given above",
    "mentioned below / below / described below / given below",
    "when to / when should you / when should i / when do i / when you should",
    "how to / how should you / how should i / how do you / how do i / how can i / how can you / how you can",
    "what to / what should you / what should i / what you should / what you need to / what do i",
    "who to / whom to / who should you / who should i",
    "where to / where should you / where do i / where can i / where you can",
    "who is this for / who should read this",
    "read more / learn more / find out more / more information / further information / further reading",
    "food and drink / eating and drinking / eating and drink",
    "there is no need to / you do not need to / you need not / you do not have to / it is not necessary to",
    "please / kindly",
    "the patient is / you are / patients are",
    "in no time / very quickly / very soon",
    "fall asleep / sleep / are asleep",
    "falls asleep / sleeps / is asleep",
    "do not hesitate to / please / feel free to / please feel free to",
    "go home / leave / leave the hospital / leave hospital / are discharged",
    "sometimes / in some cases / at times / occasionally / now and then / from time to time / once in a while",
    "usually / in most cases / most of the time / for most people / most often",
    "if you wish / if you like / if you want / if you want to / if you would like / if you choose / if you prefer",
    "it is possible to / you can / you are able to / one can",
    "do not forget / remember / please remember / be sure / make sure / keep in mind",
    "do not forget to / remember to / please remember to / be sure to / make sure to / make sure you",
    "is painless / does not hurt / is not painful / causes no pain / does not cause pain",
    "are painless / do not hurt / are not painful / cause no pain / do not cause pain",
    "have trouble / have difficulty / find it hard to / find it difficult to / struggle to",
    "throw up / vomit",
    "throwing up / vomiting",
    "pass urine / urinate / pee / pass water",
    "passing urine / urinating / peeing / passing water / urination",
    "have a bowel movement / pass stool / have a poo / poop",
    "painkiller / pain reliever / pain medicine",
    "painkillers / pain relievers / pain medicines",
    "high blood pressure / hypertension",
    "low blood sugar / hypoglycemia",
    "high blood sugar / hyperglycemia",
    "heart attack / myocardial infarction",
    "shortness of breath / breathlessness / trouble breathing / difficulty breathing",
    "passed out / fainted",
    "pass out / faint",
    "is allowed to / may",
    "are allowed to / may",
    "how to / ways to",
    "is done / takes place / is carried out / is performed",
    "are done / take place / are carried out / are performed",
    "in charge of / responsible for",
    "keep track of / track / monitor",
    "a great deal of / much / a lot of",
    "feel free to / you are welcome to / you can / you may",
    "it is a good idea to / it helps to / try to",
    "it is important to / it is important that you / it matters that you",
    "get better / improve",
    "get better / recover",
    "blood sugar / blood glucose",
    "gets better / improves",
    "gets better / recovers",
    "write down / note / note down / make a note of / jot down",
    "get worse / worsen",
    "gets worse / worsens",
    "getting worse / worsening",
    "near / close to",
    "only the / just the",
    "only a / just a / no more than a",
    "only an / just an",
    "only one / just one",
    "is only / is just",
    "are only / are just",
    "for only / for just",
)
"""Groups of phrases, parted by ` / `, that may stand for one another. A phrase may be in several groups."""


EMPTY = frozenset(
    "rule general fact course addition other words example instance short particular way case cases turn order most effect practice "  # noqa: SIM905
    "principle summary conclusion contrast detail brief essence reality mind result same manner reason following begin first last end "
    "all time present moment now once follows hand know see".split()
)
"""What phrases that say nothing are made of, wherever they stand: "as a rule", "in other words", "for this reason", "of course"."""


@lru_cache(1)
def groups_of() -> Mapping[tuple[str, ...], frozenset[int]]:
    """Which groups each phrase is in."""
    found: dict[tuple[str, ...], set[int]] = {}
    for at, group in enumerate(GROUPS):
        for phrase in group.split(" / "):
            found.setdefault(tuple(phrase.split()), set()).add(at)
    return {phrase: frozenset(at) for phrase, at in found.items()}


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two phrases say the same, by a group that has both."""
    table = groups_of()
    if not table.get(tuple(one), frozenset()).isdisjoint(table.get(tuple(other), frozenset())):
        return True
    return expressions.equal(one, other)


CONJUNCTS = frozenset(
    "however therefore thus hence moreover furthermore besides nevertheless nonetheless consequently additionally similarly likewise "  # noqa: SIM905
    "accordingly anyway".split()
)
"""Words that join a sentence to the one before it, wherever in it they stand between their commas."""


INTERJECTIONS = frozenset("yes sure well certainly naturally indeed obviously okay clearly".split())  # noqa: SIM905
"""Words before a comma at the beginning of a sentence that say nothing. Not *no*."""


def plain(found: Sequence[Word]) -> list[Word]:
    """The words of a text without its conjuncts, and with *not to* where it says *to not*: what is compared of a negation's reach."""
    kept: list[Word] = []
    at = 0
    while at < len(found):
        word = found[at]
        size = idle(found, at)
        if size:
            following = found[at + size]
            mark = "".join(char for char in word.before if char in ".?;:")
            rest = "".join(char for char in following.before if char != ",")
            found = [*found[: at + size], following._replace(before=mark + rest), *found[at + size + 1 :]]
            at += size - 1
        elif word.same == "to" and at + 1 < len(found) and found[at + 1].same == "not" and not found[at + 1].before:
            kept += [found[at + 1]._replace(before=word.before), word._replace(before="")]
            at += 1
        else:
            kept.append(word)
        at += 1
    return kept


def idle(found: Sequence[Word], at: int) -> int:
    """How many words at a place say nothing, set off by marks: "however", "of course", "yes" at the beginning; 0 of others."""
    word = found[at]
    begins = (not at or "." in word.before) and at + 1 < len(found) and "," in found[at + 1].before
    if (word.same in CONJUNCTS and set_off(found, at)) or (word.same in INTERJECTIONS and begins):
        return 1
    course = at + 2 < len(found) and (word.same, found[at + 1].same) == ("of", "course") and not found[at + 1].before
    return 2 if course and set_off(found, at, 2) else 0


def set_off(found: Sequence[Word], at: int, size: int = 1) -> bool:
    """Whether marks stand on both sides of the words at a place: the beginning or end of a sentence is one."""
    return (
        at + size < len(found)
        and (not at or bool(found[at].before))
        and (bool(found[at + size].before) or not found[at + size].text)
    )

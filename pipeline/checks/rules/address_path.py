"""A web address whose path is not the English's: it may well be the page in the other language, and it may be a slip."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import host
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    hosts = set(map(host, pair.ours.addresses))
    for address in sorted(set(pair.theirs.addresses) - set(pair.ours.addresses)):
        if host(address) in hosts:
            yield f"The address {address} is not the English's. Check that it leads to the same page."


CHECK = Check(
    "address-path",
    Level.WARNING,
    run,
    needs=needs.addresses,
    good=(("es", "See https://a.example/x", "Vea https://a.example/x"),),
    bad=(("es", "See https://a.example/x", "Vea https://a.example/y"),),
)

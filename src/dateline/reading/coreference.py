"""The component that links mentions: names with names, descriptions and pronouns with what they stand for."""

from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.annotations import register
from dateline.reading.bearers import link_names
from dateline.reading.clusters import Chains
from dateline.reading.entities import annotate, name_of
from dateline.reading.links import Descriptions
from dateline.reading.profiles import Reading, reading_of
from dateline.reading.pronouns import Resolver
from dateline.reading.speakers import speakers, talk_of
from dateline.reading.states import link_states


@Language.factory(
    "dateline_coreference", assigns=["doc._.mentions", "doc._.entities"], requires=["doc._.mentions", "token.dep"]
)
class Coreference:
    """Rewrites `doc._.mentions` and `doc._.entities` with everything linked. Quotations (`doc._.quotes`), where the
    Doc has them, tell who "I" is.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        register()

    def __call__(self, doc: Doc) -> Doc:
        """Link the mentions of one Doc; needs `dateline_mentions` before it."""
        reading = reading_of(doc)
        chains = Chains(reading.profiles)
        link_names(reading, chains)
        states = link_states(reading, chains)
        resolver = Resolver(reading, chains, talk_of(doc, reading))
        descriptions = Descriptions(reading, chains, resolver)
        link(reading, chains, resolver, descriptions, speakers(doc, reading))
        _write(doc, chains, resolver, descriptions, states)
        return doc


def link(
    reading: Reading, chains: Chains, resolver: Resolver, descriptions: Descriptions, spoken: dict[int, tuple[int, ...]]
) -> None:
    """Link descriptions and pronouns in text order; `spoken` has what pronouns inside quotations stand for."""
    for m, profile in enumerate(reading.profiles):
        if profile.sort == "description":
            descriptions.link(m)
        elif profile.sort == "pronoun":
            found = spoken[m] if m in spoken else resolver.resolve(m)
            found = tuple(c for c in found if c < m or reading.profiles[c].sort == "name")
            found = tuple(d for c in found for d in resolver.resolved.get(c, (c,)))
            if found:
                resolver.resolved[m] = found
                if profile.gender and len(found) == 1:
                    chains.personify(found[0])
                if len(found) == 1:
                    chains.join(found[0], m)


def _write(doc: Doc, chains: Chains, resolver: Resolver, descriptions: Descriptions, states: dict[int, str]) -> None:
    reading = reading_of(doc)
    sums = {m: found for m, found in resolver.resolved.items() if len(found) > 1} | descriptions.sums
    clusters: list[list[int]] = []
    position: dict[int, int] = {}
    for chain in sorted(chains.members):
        own = [m for m in chains.members[chain] if m not in sums]
        if own and any(reading.profiles[m].sort != "pronoun" for m in own):
            position[chain] = len(clusters)
            clusters.append(own)
    plurals = {}
    for m, found in sorted(sums.items()):
        places = {position[chains.of(c)] for c in found if chains.of(c) in position}
        if places:
            plurals[m] = sorted(places)
    names: dict[int, str] = {}
    lands: dict[int, str] = {}
    for n, cluster in enumerate(clusters):
        state = next((states[m] for m in cluster if m in states), None)
        profiles = [reading.profiles[m] for m in cluster]
        if state is not None and not any(p.form and p.form.kind == "region" for p in profiles):
            lands[n] = state
        else:
            names[n] = descriptions.full_names.get(chains.of(cluster[0])) or name_of(profiles)
    annotate(doc, clusters, plurals, names, lands)

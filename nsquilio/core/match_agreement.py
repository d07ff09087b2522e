"""Which invoices everything that a message says agrees on, and which of it speaks against the rest.

Only what was said: nothing here knows what was last written about, or that there is only one.
"""

from __future__ import annotations

from collections.abc import Sequence

from .match_amounts import NONE, Ids
from .match_evidence import Evidence, Facts
from .match_months import months_of
from .match_phrases import other_part, phrases_said


def agreed(evidence: Evidence) -> Ids | None:
    """The invoices that everything said fits; empty when nothing was said, None when it cannot be one."""
    fits: Ids = NONE
    for said in (evidence.numbers, evidence.amounts, evidence.pos):
        here = _meant(said, evidence.negated)
        if here:
            fits = fits & union(said) if fits else here
            if not fits:
                return None
    described = dict(evidence.words)
    if not fits:
        described = {i: s for i, s in described.items() if i not in evidence.negated}
    if described:
        within = {i: s for i, s in described.items() if not fits or i in fits}
        within = within or _of_the_settled(evidence, described)
        if not within or (evidence.is_split and not fits):
            return None
        return frozenset(i for i, s in within.items() if s == max(within.values()))
    if evidence.negated and not fits:
        return None
    return fits


def _of_the_settled(evidence: Evidence, described: dict[str, int]) -> dict[str, int]:
    """ "We paid 1100 for the Bury job": an open invoice is about that much too, but the words tell the paid one."""
    if evidence.numbers or evidence.pos:
        return {}
    return {i: s for i, s in described.items() if i in evidence.settled}


def the_other(facts: Facts, evidence: Evidence) -> Ids | None:
    """ "Not the panel board, the other one": of two candidates, or of two open ones."""
    described = frozenset(i for i, _ in evidence.words)
    said = union((*evidence.numbers, *evidence.amounts, *evidence.pos, described)) - evidence.negated
    if said or not (evidence.is_other and evidence.negated):
        return None
    for among in (frozenset(facts.ledger.candidates), facts.ledger.open_ids):
        if len(among) == 2 and len(among - evidence.negated) == 1:
            return among - evidence.negated
    return None


def is_of_another_month(facts: Facts, evidence: Evidence, chosen: str) -> bool:
    """Its memo names a month, and the message another; only a document number outweighs that."""
    months = months_of(facts.ledger.memos.get(chosen, ""))
    is_numbered = any(chosen in ids for ids in evidence.numbers)
    return bool(months and evidence.months) and not (months & evidence.months or is_numbered)


def is_another_part(facts: Facts, evidence: Evidence, chosen: str) -> bool:
    """ "Phase 3" was said, and its memo has phase 2; again only a document number outweighs that."""
    is_numbered = any(chosen in ids for ids in evidence.numbers)
    memo = facts.ledger.memos.get(chosen, "")
    return not is_numbered and other_part(phrases_said(facts.tokens), memo, facts.ledger.phrases)


def _meant(said: Sequence[Ids], negated: Ids) -> Ids:
    """What all the mentions have in common, else what any of them says."""
    sets = [ids - negated for ids in said if ids - negated]
    if not sets:
        return NONE
    common = frozenset.intersection(*sets)
    return common or frozenset.union(*sets)


def apart(said: Sequence[Ids], negated: Ids) -> Ids:
    """Two or more different invoices, each named for itself."""
    sets = {ids - negated for ids in said if ids - negated}
    return union(list(sets)) if len(sets) > 1 and all(len(s) == 1 for s in sets) else NONE


def union(said: Sequence[Ids]) -> Ids:
    return frozenset().union(*said)

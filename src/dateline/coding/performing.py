"""Acts done by saying so: "we should thank the mediators" in somebody's mouth is thanks, whatever its "should"."""

from __future__ import annotations

from spacy.tokens import Doc

from dateline.coding.draft import NOBODY, Party, party
from dateline.coding.proposal import Proposal
from dateline.coding.status import Judged
from dateline.coding.voice import SPEECH_ACTS

_FIRST_PERSON = frozenset({"i", "we", "us", "me"})
#: Auxiliaries under which an act of speech is done all the same; "would" and "could" leave it undone.
_DOES = frozenset({"should", "must", "want", "like", "have", "let", "can", "wish", "will", "'ll"})


def performed(doc: Doc, proposal: Proposal, judged: Judged) -> tuple[Party, Judged] | None:
    """Speaker and status of an act that direct speech performs in the first person; None where none does."""
    if proposal.type not in SPEECH_ACTS or judged.status not in ("hypothetical", "future", "actual"):
        return None
    trigger = proposal.clause
    subjects = {t.lower_ for t in proposal.slots.get("subject", [])}
    above = {t.lower_ for t in (*trigger.children, trigger.head, *trigger.head.children)}
    if not (subjects & _FIRST_PERSON or {"let", "us"} <= above):
        return None
    if judged.status != "actual" and not above & _DOES:
        return None
    speaker = next((q.source for q in doc._.quotes if q.start <= trigger.idx < q.end and q.source is not None), None)
    if speaker is None:
        return None
    who = party(doc, (doc[speaker],))
    return (who or NOBODY, Judged("actual", f"said by {doc[speaker].text}, and so done"))

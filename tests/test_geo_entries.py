"""Every sentence that an entry brings must, or must not, resolve to it."""

from __future__ import annotations

import gazetteer
from geo.model import Report
from geo.pipeline import analyse


def test_the_sentences_of_the_entries_resolve_as_they_say() -> None:
    places = gazetteer.load()
    wrong = []
    total = 0
    for place in places:
        for sentence in place.tests:
            total += 1
            _, found, _ = analyse(Report("sentence", sentence.text), places)
            start = sentence.text.find(sentence.mention)
            hits = [r for r in found if r.mention.start < start + len(sentence.mention) and start < r.mention.end]
            said = any(r.place_id == place.id for r in hits)
            if said != sentence.resolves:
                got = [(r.mention.text, r.place_id, r.reason) for r in hits]
                wrong.append(
                    f"{place.id}: {sentence.text!r} {'must' if sentence.resolves else 'must not'} resolve here; got {got}"
                )
    assert total > 0
    assert not wrong, "\n".join(wrong)

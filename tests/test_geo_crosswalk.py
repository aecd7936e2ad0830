"""The crosswalk knows every event type and uses only labels that the codebooks have."""

from __future__ import annotations

from geo.crosswalk import crosswalk
from geo.model import EVENT_TYPES

# ACLED codebook, 2023 edition: events and their sub-events.
ACLED = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
        "Looting/property destruction", "Non-violent transfer of territory", "Other",
    },
}  # fmt: skip
PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "none",
}  # fmt: skip


def test_it_is_total():
    assert set(crosswalk()) == set(EVENT_TYPES)


def test_its_labels_are_the_codebooks_own():
    for codes in crosswalk().values():
        assert codes.acled_sub_event
        assert set(codes.acled_sub_event) <= ACLED[codes.acled_event]
        assert codes.plover in PLOVER
        assert codes.cameo == "none" or 1 <= int(codes.cameo) <= 20
        assert set(codes.ucdp) <= {1, 2, 3}

"""Words for the codes in events.geojson, as the page shows them.

A code that is not listed (from a foreign file) is shown as it stands, with underscores as spaces.
"""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "event_type": {
        "armed_clash": "Armed clash",
        "shelling": "Shelling",
        "air_drone_strike": "Air or drone strike",
        "mine_ied": "Mine or explosive device",
        "ambush_or_raid": "Ambush or raid",
        "attack_on_civilians": "Attack on civilians",
        "abduction_or_capture": "Abduction or capture",
        "sexual_violence": "Sexual violence",
        "offensive": "Offensive",
        "control_change": "Change of control",
        "ceasefire_violation": "Ceasefire violation",
        "ceasefire_or_agreement": "Ceasefire or agreement",
        "withdrawal_or_handover": "Withdrawal or handover",
        "mobilisation": "Mobilisation or troop movement",
        "base_or_checkpoint": "Base or checkpoint",
        "weapons_intercepted": "Weapons or aircraft intercepted",
        "blockade_or_restriction": "Blockade or restriction",
        "prisoner_release": "Release of prisoners",
        "displacement": "Displacement",
        "property_destruction": "Destruction of property",
        "heritage_damage": "Damage to heritage",
        "protest": "Protest",
        "riot": "Riot",
        "arrest": "Arrest",
        "aid_delivery": "Delivery of aid",
        "meeting_or_talks": "Meeting or talks",
        "other": "Other",
    },
    "modality": {
        "occurred": "Reported as having happened",
        "alleged": "Alleged",
        "denied": "Denied",
        "planned": "Planned",
        "threatened": "Threatened",
        "hypothetical": "Hypothetical",
        "historical": "Background, earlier history",
    },
    "date_basis": {
        "stated": "date stated in the text",
        "relative": "date reckoned from words such as a weekday",
        "publication": "date of publication",
        "unknown": "no date given",
    },
    "date_precision": {"day": "to the day", "week": "to the week", "month": "to the month", "year": "to the year", "unknown": "date unknown"},
    "place_relation": {
        "at": "at",
        "near": "near",
        "between": "between",
        "along": "along",
        "direction_of": "in the direction of",
        "in": "in",
        "from": "from",
    },
    "geo_precision": {
        "1": "Exact place",
        "2": "Near a named place",
        "3": "District",
        "4": "Province",
        "5": "Line or vague area",
        "6": "Country",
        "7": "Water or air",
        "": "No place",
    },
    "verification": {
        "single_source": "One source",
        "multi_source_one_side": "Several sources, one side",
        "both_sides": "Both sides",
        "independently_confirmed": "Independently confirmed",
        "contested": "Contested",
    },
    "act": {"reports": "reports", "claims": "claims", "denies": "denies", "confirms": "confirms", "accuses": "accuses"},
    "metric": {
        "killed": "killed",
        "wounded": "wounded",
        "missing": "missing",
        "captured": "captured",
        "displaced": "displaced",
    },
    "group": {
        "total": "",
        "civilian": "civilians",
        "military": "military",
        "children": "children",
        "women": "women",
        "peacekeepers": "peacekeepers",
        "unknown": "",
    },
    "qualifier": {
        "exact": "",
        "at_least": "at least",
        "at_most": "at most",
        "about": "about",
        "several": "several",
        "tens": "tens",
        "dozens": "dozens",
        "hundreds": "hundreds",
        "thousands": "thousands",
        "none_reported": "none",
    },
}  # fmt: skip
"""Property -> code -> words."""

BOUNDARY_NOTE = (
    "Lines, areas and names show what the named sources assert for the stated periods. "
    "They express no opinion on the legal status of any territory or on any boundary."
)
METHOD_NOTE = (
    "Each symbol is what somebody said happened, not a verified fact; click it for the sentence and who says it. "
    "Figures are never added up or averaged. What has no defensible place is listed, not drawn."
)

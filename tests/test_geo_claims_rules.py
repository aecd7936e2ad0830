"""Single rules of the claims, on a made-up war: where something happened, when, and whose voice tells it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from fictional import region
from gazetteer import Gazetteer, Place, Point, Toponym
from geo.model import Report
from geo.pipeline import extract

if TYPE_CHECKING:
    from geo.model import Event

PLACES = Gazetteer(
    [
        *region(),
        Place("vell", "river", (Toponym("Vell"),), point=Point(49.1, 10.1, 5000)),
        Place("nor-maral", "village", (Toponym("Nor Maral"),), point=Point(49.11, 10.12, 500)),
    ]
)
DAY = date(2031, 5, 14)


def events_of(text: str, publisher: str = "") -> tuple[Event, ...]:
    return extract(Report("a.txt", text, published=DAY, publisher=publisher), PLACES).events


def drawn(text: str) -> set[str]:
    return {e.where.place_id for e in events_of(text) if e.where.place_id and e.where.geometry is not None}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Tessel on the Vell was seized on Monday.", "tessel"),
        ("Tessel, a village of Highvale, was overrun on Monday.", "tessel"),
        ("A patient on his way to surgery in Castra was abducted at Dorn on Monday.", "dorn"),
        ("Trucks of flour from Castra got stuck at Dorn on Monday.", "dorn"),
        ("The positions near Nor Maral were fired at on Monday.", "nor-maral"),
        ("In Orrin, sirens sounded for much of the night. Three civilians were wounded on Monday.", "orrin"),
        ("In Tessel, rescuers said, three civilians were injured on Monday when bombs fell.", "tessel"),
        ("Police in Orrin used tear gas on Monday.", "orrin"),
        ("Orrin itself fell on Monday.", "orrin"),
        ("Orrin itself was overrun on Monday.", "orrin"),
        ("A helicopter was shot down at 1:45 p.m. on Monday near Tessel.", "tessel"),
        ("Students held a protest in front of the Norlandish embassy in Castra on Monday.", "castra"),
        ("On Monday, 44 people released by Norland were flown from Castra to Vellin.", "castra"),
        (
            "In Tessel, according to a doctor now in Dorn, nine soldiers died on Monday when a shell hit a train.",
            "tessel",
        ),
        ("Men hacked two villagers to death in Tessel on Monday.", "tessel"),
        ("In Tessel a woman of 61 was hit in the shoulder on Monday.", "tessel"),
        ("Four people were killed at Dorn on Monday by rockets launched from the Castra area.", "dorn"),
        ("Dorn, Brillin and several other hamlets along the road were seized on Monday.", "dorn"),
        ("Orrin, on the road to Castra, fell on Monday without a shot.", "orrin"),
        ("North of Castra, troops took Tessel on Monday after shelling it for hours.", "tessel"),
        ("Castra is large, and Castra is old. On Monday they retook Dorn and shot down a jet near the town.", "dorn"),
        ("Norland said its troops in Dorn had come under fire on Monday.", "dorn"),
        ("In the north, fighters drove the garrison out of Dorn on Monday, a man in Castra said.", "dorn"),
        ("A post was set up on the Orrin–Castra highway near Dorn on Monday.", "dorn"),
        ("The battle which began on Monday near Dorn ended in the evening.", "dorn"),
        ("On Monday rockets began to fall on Orrin.", "orrin"),
        (
            "On Monday rockets hit Castra. Officials in Orrin spoke of an airfield. On Monday, shells hit a house in the city.",
            "castra",
        ),
    ],
)
def test_the_place_is_where_it_happened(text: str, place: str) -> None:
    assert drawn(text) == {place}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Envoys met in Dorn on Monday. Stray shells have killed three people.", "talks lend their place to no shells"),
        ("Rockets hit Tessel on Monday. Some 30,000 people died in that war.", "a whole war has no place in it"),
        ("Rockets hit Tessel on Monday. The driver of a bus in Brask was wounded.", "the clause names another place"),
    ],
)
def test_a_place_is_not_carried_too_far(text: str, why: str) -> None:
    toll = [e for e in events_of(text) if any(c.casualties for c in e.claims)]
    assert all(e.where.place_id not in {"tessel", "dorn"} for e in toll), why


def test_behind_a_name_without_a_place_the_town_is_that_one() -> None:
    assert drawn(
        "Rockets hit Tessel on Monday. Guns in the hills near Grennel opened up, and the village was shelled."
    ) == {"tessel"}
    assert drawn("Shells fell on the area where a jet of the Norlander air force came down on Monday.") == set()


def test_there_is_the_one_place_of_the_sentence_before() -> None:
    text = (
        "Shells hit Orrin, and Orrin, and again Orrin. On Monday gunmen attacked Tessel. They killed five people there."
    )
    assert next(e.where.place_id for e in events_of(text) if any(c.casualties for c in e.claims)) == "tessel"


def test_a_place_speaks_for_nobody() -> None:
    [event] = events_of("Shells hit the village of Nor Maral on Monday, destroying a barn, Norlandinform said.")
    assert event.claims[0].claimant == "Norlandinform"
    assert not [
        c.claimant
        for e in events_of("Shells hit Nor Maral, killing a man who had gone and found a mine.")
        for c in e.claims
        if c.claimant
    ]


def test_today_is_the_day_of_the_dateline() -> None:
    """A newspaper prints on the 14th what was written on the 13th."""
    [event] = events_of("CASTRA, May 13 - Shells hit Tessel before dawn today.")
    assert event.when.start == date(2031, 5, 13)


def test_who_had_to_do_something_did_it() -> None:
    assert drawn("The police had to close the road to Tessel on Monday.") == {"tessel"}


def test_authorities_count_for_their_region_and_tell_no_more_of_it() -> None:
    """A deed without a place is not drawn in the middle of the region whose spokesman tells of it."""
    [toll] = events_of("The government of Highvale said that 31 of its soldiers were killed on Monday.")
    [deed] = events_of("The government of Highvale said that a rescue team came under fire on Monday.")
    assert deed.where.place_id is None
    assert [f.low for c in toll.claims for f in c.casualties] == [31]


def test_a_place_told_in_one_list_has_its_own_day() -> None:
    text = "Columns rolled into Tessel on May 5, into Brask on May 7 and into Dorn on May 9."
    found = {e.where.place_id: e.when.start for e in events_of(text)}
    assert found["tessel"] == date(2031, 5, 5)
    assert found["dorn"] == date(2031, 5, 9)


def test_a_bare_death_is_no_event() -> None:
    assert not events_of("Rockets flew. My mother died in the back seat near Tessel.")


def test_a_communique_speaks_for_its_side() -> None:
    text = "VELLIN, May 14 (Agency) - The army of Norland said that Tessel was shelled on Monday.\n\nOn Tuesday the enemy shelled Dorn.\n\nCastra denied the reports."
    claims = {e.where.place_id: e.claims[0] for e in events_of(text) if e.where.place_id}
    assert claims["dorn"].claimant_side == "norland"


def test_a_report_of_others_speaks_for_none() -> None:
    text = "VELLIN, May 14 (Agency) - The army of Norland said that Tessel was shelled on Monday.\n\nOn Tuesday Dorn was shelled.\n\nCastra denied the reports."
    claims = {e.where.place_id: e.claims[0] for e in events_of(text) if e.where.place_id}
    assert claims["dorn"].claimant_side is None


@pytest.mark.parametrize(
    "speaker",
    [
        "Officials of the breakaway region said",
        "The breakaway region's emergency service said",
        "The defence ministry of the unrecognised republic said",
    ],
)
def test_offices_of_a_state_that_is_not_recognised_are_the_regions_own(speaker: str) -> None:
    text = f"Fighting went on in Highvale on Monday. {speaker} that Tessel was shelled."
    shelled = next(e for e in events_of(text) if e.where.place_id == "tessel")
    assert shelled.claims[0].claimant_side == "highvale"


def test_a_local_office_stands_on_the_side_of_the_only_country_that_its_place_lies_in() -> None:
    shelled = next(e for e in events_of("Shells hit Dorn on Monday, the mayor of Dorn said.") if e.claims[0].claimant)
    assert shelled.claims[0].claimant_side == "norland"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # a night between two days
        ("From 19:20 on May 12 until 03:40 on May 13 units fired at Tessel.\n\nAt about 23:55 shells hit Dorn.", (5, 12)),
        # a look back in a relative clause does not lead on
        ("On Tuesday rockets hit Tessel, whose church was struck on May 2.\n\nThe next day shells hit Dorn.", (5, 14)),
        # what has been since something is not of its day
        ("Tessel was shelled on Monday. Dorn was hit by the worst shelling since the war broke out on May 1.", (5, 12)),
        # when somebody was born is no day of news
        ("On Tuesday rockets hit Tessel. A shepherd born in 1964 was wounded by shells near Dorn.", (5, 13)),
    ],
)  # fmt: skip
def test_days_are_those_that_the_text_goes_on_from(text: str, day: tuple[int, int]) -> None:
    hit = next(e for e in events_of(text) if e.where.place_id == "dorn")
    assert hit.when.end == date(2031, *day)


def test_an_analysis_of_many_years_counts_its_own_days_from_publication() -> None:
    text = (
        "On May 5 rockets hit Tessel. The road was closed in December 2030. Before that, in July 1993, Brask was burned, "
        "as it had been in February 1988.\n\nOn May 6 talks failed, on May 7 they began again, and on May 8 they ended. "
        "On May 9 shells hit Dorn."
    )
    hit = next(e for e in events_of(text) if e.where.place_id == "dorn")
    assert hit.when.start == date(2031, 5, 9)


def test_a_history_keeps_the_year_that_it_told() -> None:
    text = (
        "When the flags came down in December 1991, the war was old. At the start of 1992 Tessel was besieged. "
        "On January 22 troops seized Brask. In March 1993 they advanced. On April 3 they took Dorn. In June 1993 it went on. It ended in May 1994."
    )
    taken = {e.where.place_id: e.when.start for e in events_of(text)}
    assert taken["dorn"] == date(1993, 4, 3)


def test_the_town_is_the_one_spoken_of_last() -> None:
    text = "Orrin was quiet. Orrin slept. Orrin waited.\n\n" + "Nothing else was told of it that day. " * 12
    text += "On Monday troops advanced on Dorn. The town was taken on Tuesday."
    taken = next(e for e in events_of(text) if e.event_type == "control_change")
    assert taken.where.place_id == "dorn"


def test_each_sentence_of_a_quotation_is_read_by_itself_and_is_theirs_who_end_it() -> None:
    text = (
        "The Ministry of Defence of Sudmark spoke of the night.\n\n“On Monday their howitzers shelled Tessel. The village of Dorn was "
        "also fired upon from tanks,” the ministry said. Norland denied it."
    )
    found = {e.where.place_id: e for e in events_of(text) if e.where.place_id}
    assert set(found) == {"tessel", "dorn"}
    assert {claim.claimant_side for e in found.values() for claim in e.claims if claim.act != "denies"} == {"sudmark"}
    assert all(len(claim.quote) < 110 for e in found.values() for claim in e.claims)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The information on a bombardment of Tessel on Monday is false.", "the sentence calls it untrue"),
        ("The president invited both ministers to Castra on Friday to discuss a pause.", "an invitation is no meeting"),
        ("Rockets hit Tessel on Monday. Envoys did not travel there while the shooting goes on.", "nothing new"),
    ],
)
def test_what_is_denied_or_to_come_is_not_drawn(text: str, why: str) -> None:
    assert drawn(text) <= {"tessel"} - ({"tessel"} if "false" in text else set()), why


def test_what_is_taken_up_has_no_place_where_it_had_none_before() -> None:
    text = (
        "A rally was held in Orrin on Sunday.\n\nBorder guards exchanged fire after a quarrel. "
        "Sudmark said one of its soldiers was wounded in that shooting."
    )
    assert "orrin" not in {e.where.place_id for e in events_of(text) if e.event_type == "armed_clash"}


@pytest.mark.parametrize(
    ("text", "metric", "group", "number"),
    [
        ("A farmer of 62 was killed when a shell hit Tessel on Monday.", "killed", "civilian", 1),
        ("In Tessel a 51-year-old man was killed in his yard on Monday.", "killed", "civilian", 1),
        ("A boy became the first victim on Monday, when a rocket exploded in Tessel.", "killed", "children", 1),
    ],
)
def test_people_are_counted_as_who_they_are(text: str, metric: str, group: str, number: int) -> None:
    figures = [(f.metric, f.group, f.best) for e in events_of(text) for c in e.claims for f in c.casualties]
    assert figures == [(metric, group, number)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Tessel was returned to them on May 5, and Dorn on May 7.", {"tessel", "dorn"}),
        ("The minister is in Vellin, where he has met with envoys.", {"vellin"}),
        (
            "In Vellin, the International Committee of the Red Cross said its teams had moved 23 wounded people to a hospital in Dorn.",
            {"dorn"},
        ),
        ("Rebels fought with tanks and drones in Highvale on Monday.", {"highvale"}),
        ("Fighting between Norland and Sudmark went on on Monday.", set()),
        ("Ministers met mediators from Norland and the United States in Dorn on Monday.", {"dorn"}),
        ("Crowds marched through Castra on Monday with the slogan “Tessel is ours!”.", {"castra"}),
        ("Short bursts of small-arms fire on 8 May were directed at farmers near Tessel.", {"tessel"}),
        ("14 more families, or 68 people, moved to the village of Tessel on Monday.", {"tessel"}),
    ],
)
def test_more_ways_to_say_where(text: str, places: set[str]) -> None:
    assert drawn(text) == places


def test_each_place_of_one_deed_has_its_own_day() -> None:
    found = {
        e.where.place_id: e.when.start for e in events_of("Tessel was returned to them on May 5, and Dorn on May 7.")
    }
    assert found == {"tessel": date(2031, 5, 5), "dorn": date(2031, 5, 7)}


def test_who_is_named_in_an_aside_is_not_the_speaker() -> None:
    text = "Norland, which has about 2,000 peacekeepers in Highvale, said rockets had hit Tessel on Monday."
    assert [c.claimant_side for e in events_of(text) for c in e.claims] == ["norland"]


def test_there_is_not_a_place_before_the_one_that_stays_undecided() -> None:
    text = "Rockets hit Tessel on Monday. Fire was then moved to the village of Brask. Two houses burned there."
    assert all(e.where.place_id != "tessel" for e in events_of(text) if e.event_type == "property_destruction")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Rain fell in Dorn on Monday; fighting went on near Brillin.", "a name that no entry has is nearer"),
        ("Rockets fell on Monday, the deputy governor told the agency in Dorn.", "somebody spoke there"),
        ("The mayor dismissed as lies the reports that Tessel had been shelled on Monday.", "it is called untrue"),
        ("Any attack on Tessel will be answered, he said on Monday.", "none is told of"),
        ("The envoy demanded on Monday that the rebels withdraw from Tessel.", "it is only demanded"),
        ("Not a truck of flour has entered Tessel since Monday.", "it is said of none"),
        ("Fighters withdrew from Grennel, 220 km from Castra, on Monday.", "a distance in no direction is no place"),
        ("The operation to isolate Tessel could start on Monday.", "it is to come"),
        ("He called the liberation of Tessel a matter of days.", "it is to come"),
        ("Activists have called a new rally in Castra for Wednesday.", "it is called for a day to come"),
        ("Mines produced in Dorn were found on Monday.", "they were only made there"),
        ('The crowd marched on Monday, shouting "Tessel or death".', "it is a cry"),
        ("They spoke on Monday of the occupied Tessel.", "nothing is told of when it was occupied"),
    ],
)
def test_nothing_is_drawn(text: str, why: str) -> None:
    assert not drawn(text), why


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("A ballistic missile had flattened a row of houses in Tessel on Monday.", "shelling"),
        ("Two jets dropped bombs on Tessel on Monday.", "air_drone_strike"),
        ("A truck blew up near Tessel on Monday.", "mine_ied"),
        ("Patrols near Tessel came under small-arms fire on Monday.", "armed_clash"),
        ("Seventy tonnes of flour were unloaded in Tessel on Monday.", "aid_delivery"),
        ("The road to Tessel was barricaded on Monday.", "blockade_or_restriction"),
        ("The dome of the church in Tessel was pierced on Monday.", "heritage_damage"),
        ("Pupils in Tessel were bombarded with questions on Monday.", None),
        ("Air defence units destroyed three drones over Tessel on Monday.", "armed_clash"),
        ("The division beat back an attack on Tessel on Monday and destroyed eight vehicles.", "armed_clash"),
        ("A lorry full of explosives blew up in Tessel on Monday.", "mine_ied"),
    ],
)
def test_kinds_of_words_tell_the_type(text: str, event_type: str | None) -> None:
    assert next((e.event_type for e in events_of(text)), None) == event_type


def test_what_is_done_to_a_hospital_is_done_there() -> None:
    assert drawn("Gunmen stormed the hospital in Tessel on Monday.") == {"tessel"}
    assert drawn("Two shells fell near a hospital in Tessel on Monday.") == {"tessel"}
    assert not drawn("Six soldiers died on Monday in a hospital in Tessel after the shelling.")


def test_nothing_happened_after_the_report() -> None:
    [event] = [
        e for e in events_of("A truce was to begin on Saturday. Dorn was shelled before it began.") if e.where.place_id
    ]
    assert event.when.end is not None
    assert event.when.end <= DAY


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("On the morning of May 12 soldiers shelled Tessel.", date(2031, 5, 12)),
        ("They remember the night of Feb. 25, 2012, when rebels overran Tessel.", date(2012, 2, 25)),
        ("Tessel fell in July 2019, and was burned down.", date(2019, 7, 1)),
    ],
)
def test_days_of_clauses(text: str, start: date) -> None:
    assert {e.when.start for e in events_of(text)} == {start}


def test_two_places_have_their_own_figures() -> None:
    events = events_of(
        "On Monday 21 people were killed in Orrin when rockets burst, and 15 in a missile attack on Dorn."
    )
    figures = {e.where.place_id: [f.low for c in e.claims for f in c.casualties] for e in events}
    assert figures == {"orrin": [21], "dorn": [15]}


def test_a_document_is_whose_it_was() -> None:
    text = (
        "The Sudmark Defence Ministry said in its bulletin that posts were shelled. The Norland police denied it. "
        "A day earlier, the bulletin notes, Tessel was shelled."
    )
    assert [c.claimant_side for e in events_of(text) for c in e.claims if "bulletin notes" in c.quote] == ["sudmark"]


def test_a_region_around_a_town_is_no_exact_place() -> None:
    (event,) = events_of("On Monday the positions in the Tessel region were shelled.")
    assert (event.where.place_id, event.where.precision) == ("tessel", 3)


def test_what_is_done_to_a_country_is_not_done_to_the_town_before() -> None:
    assert drawn("Shells hit Dorn on Monday. Norland, which invaded Sudmark last year, denies it.") == {"dorn"}
    told = events_of("Shells hit Dorn on Monday. Norland, which invaded Sudmark last year, denies it.")
    assert all(e.where.place_id is None for e in told if e.event_type == "offensive")


def test_accounts_of_how_something_began_do_not_tell_it_again() -> None:
    text = "Shells hit Dorn on Monday. The two sides gave different accounts of how the fighting started."
    assert [e.event_type for e in events_of(text) if e.where.geometry is not None] == ["shelling"]


@pytest.mark.parametrize("opening", ["That same afternoon", "Later that evening", "Hours later", "The same day"])
def test_a_paragraph_that_counts_on_goes_on_with_its_day(opening: str) -> None:
    text = f"On May 2, rockets hit Dorn. The next day, rockets hit Brask. Norland denied it.\n\n{opening}, a shell hit Tessel."
    days = {e.where.place_id: e.when.start for e in events_of(text)}
    assert days["tessel"] == date(2031, 5, 3)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Norland's Defence Ministry: Shells hit Dorn overnight\n\nSudmark denied it.", "norland"),
        (
            (
                "Norland's President Jane Roe spoke at noon. Shells have hit the market of Dorn, President of the Republic, Commander of"
                " the Forces Jane Roe said in an address to the nation on Monday.\n\nSudmark denied it."
            ),
            "norland",
        ),
    ],
)
def test_whoever_is_named_before_a_colon_or_behind_titles_speaks(text: str, speaker: str) -> None:
    event = next(e for e in events_of(text) if e.event_type == "shelling")
    assert event.claims[0].claimant_side == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Norland's missiles are able to strike Dorn.",
        "The new guns make it possible to hit Dorn with high precision.",
        "The minister told the artillery to be ready for strikes on Dorn.",
        "A meeting planned for the end of the month in Dorn has been put off.",
        "Deliberate targeting of civilians in Dorn is a grave violation of the law.",
        "Roe wrote on Monday that he would set out for Dorn.",
    ],
)
def test_what_could_be_or_is_to_come_is_not_drawn(text: str) -> None:
    assert drawn(text) == set()


def test_who_was_able_to_enter_entered() -> None:
    assert drawn("Norland's troops were able to enter Dorn on Monday.") == {"dorn"}


def test_an_old_day_is_gone_on_with_to_the_end_of_its_paragraph_and_counted_on_from() -> None:
    text = (
        "On January 4 rockets hit Dorn. A baker died in Dorn that evening. Four days later shells fell on Tessel."
        "\n\nOn the same day, at about 9 a.m., three rockets exploded in Orrin.\n\nShells hit Brask."
    )
    days = {e.where.place_id: e.when.start for e in events_of(text)}
    assert days["dorn"] == date(2031, 1, 4)
    assert days["tessel"] == days["orrin"] == date(2031, 1, 8)
    assert days["brask"] == DAY  # news again: nothing of the old day goes on into a new paragraph


def test_the_dead_counted_behind_a_shelling_are_of_that_shelling() -> None:
    (event,) = events_of("On Monday Dorn came under fire from rocket systems. Twenty-one people were killed there.")
    assert event.event_type == "shelling"
    assert [f.low for claim in event.claims for f in claim.casualties] == [21]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # whose village: theirs who left it
        ("Residents of Dorn left on foot for Castra after Norlandish troops entered their village on Monday.", "dorn"),
        # where people are from, where fire comes from and where a staff sits
        ("Two residents of Orrin, who had entered Tessel without leave, stepped on a mine on Monday.", "tessel"),
        ("On Monday rockets launched from the direction of Castra hit Dorn.", "dorn"),
        ("Shells hit Dorn on Monday. The general staff in Castra said its troops beat back an attack on the town.", "dorn"),
        # a town that only says where another one lies
        ("In Tessel, near Dorn, men fought with mortars on Monday. Two were killed in the village.", "tessel"),
    ],
)  # fmt: skip
def test_a_place_that_only_tells_of_others_is_not_where_it_happened(text: str, places: str) -> None:
    assert drawn(text) == {places}


@pytest.mark.parametrize(
    "text",
    [
        # no entry has Quarrel, and Dorn only says where it lies
        "The rebels took Quarrel, a village on the road to Dorn. A drone struck a convoy there on Monday.",
        "In Quarrel, 25 km west of Dorn, all was calm. The town changed hands on Monday.",
        "Shells hit no one in Dorn. In the south it is Sudmark that attacks.",
        "Rockets hit nobody in Dorn; Norland, which rarely admits such attacks, had no comment.",
    ],
)
def test_what_happened_at_an_unknown_place_is_not_drawn_at_the_known_one_beside_it(text: str) -> None:
    assert "dorn" not in {e.where.place_id for e in events_of(text) if e.where.geometry is not None and _violent(e)}


def _violent(event: Event) -> bool:
    return event.event_type in {"air_drone_strike", "control_change", "armed_clash"} and event.modality == "occurred"


def test_a_name_without_entry_is_drawn_by_its_distance_from_one() -> None:
    (event,) = (e for e in events_of("Norland took Quarrel, 27 km north of Orrin, on Monday.") if e.where.geometry)
    assert event.where.place_id == "orrin"
    assert event.where.uncertainty_m
    assert event.where.precision != 1


def test_near_a_town_and_far_from_it_are_two_places() -> None:
    text = "Troops captured a post near Orrin on Monday.\n\nTroops captured a post 40 km north of Orrin on Monday."
    points = {(e.where.geometry.x, e.where.geometry.y) for e in events_of(text) if e.where.geometry is not None}
    assert len(points) == 2


def test_the_army_is_never_a_groups_that_was_named_before() -> None:
    text = (
        "Shells hit Dorn, Brask, Tessel and Orrin on Monday, Doctors Without Borders said. The army said its troops took Dorn on"
        " Monday."
    )
    said = {c.claimant for e in events_of(text) if e.event_type == "control_change" for c in e.claims}
    assert said
    assert "Doctors Without Borders" not in said


def test_a_section_headed_as_a_bulletin_is_its_institutions() -> None:
    text = (
        "Weekly notes\n\nI. From the bulletin of the Norlandish Defence Ministry on its work\n\nShells hit Dorn on Monday."
        "\n\nII. Notes of our own\n\nRockets hit Tessel on Monday.\n\nSudmark's Defence Ministry said a drone hit Brask."
    )
    sides = {e.where.place_id: e.claims[0].claimant_side for e in events_of(text)}
    assert sides["dorn"] == "norland"
    assert sides["tessel"] is None


def test_a_source_behind_a_comma_speaks_and_not_those_who_were_killed() -> None:
    (event,) = events_of("Drones hit a convoy in Dorn on Monday, killing three Norlandish soldiers, a medic said.")
    assert event.claims[0].claimant == "a medic"


def test_a_purpose_ends_with_its_comma() -> None:
    (event,) = events_of("Two men, who came to Dorn in order to see a house, stepped on a mine on Monday.")
    assert (event.modality, event.where.place_id) == ("occurred", "dorn")


def test_the_dead_of_a_region_died_where_its_violence_was() -> None:
    assert drawn("In Highvale, police opened fire on a car in Tessel on Monday, killing four.") == {"tessel"}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The Norlanders, for their part, said that a shell hit Dorn on Monday.", "norland"),
        ("In Highvale, the authorities said a shell hit Tessel on Monday. Norland denied it.", "highvale"),
    ],
)
def test_a_people_and_the_authorities_of_a_land_speak_for_it(text: str, side: str) -> None:
    event = next(e for e in events_of(text) if e.event_type == "shelling")
    assert event.claims[0].claimant_side == side


def test_what_only_says_where_a_town_lies_is_not_there() -> None:
    text = "The fiercest battles are near Tessel, the village which guards the road to Orrin. A drone hit a truck there on Monday."
    struck = {e.where.place_id for e in events_of(text) if e.event_type == "air_drone_strike"}
    assert struck == {"tessel"}


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Residents hid when Norlandish soldiers entered the village of Tessel on Monday.", "control_change"),
        ("Residents fled as Norlandish troops entered Tessel on Monday.", "displacement"),
        ("A car was blown up by a mine near Tessel on Monday.", "mine_ied"),
    ],
)
def test_what_a_phrase_leaves_out_does_not_hide_what_happened(text: str, event_type: str) -> None:
    assert event_type in {e.event_type for e in events_of(text) if e.where.geometry is not None}


def test_the_army_is_not_the_rebels_army() -> None:
    text = "The Arakan Army said on Monday that a shell hit Dorn. The army said that a drone hit Tessel."
    (struck,) = (e for e in events_of(text) if e.event_type == "air_drone_strike")
    assert struck.claims[0].claimant != "Arakan Army"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Fighting went on in Highvale. Shells hit the region's capital on Monday.", "orrin"),
        ("Police detained dozens in the Norlandish capital on Monday.", "vellin"),
        ("Shells hit the Highvale capital on Monday.", "orrin"),
        ("In Sudmark's capital, police detained two men on Monday.", "castra"),
        ("Troops went into Highvale on Monday and shelled its capital.", "orrin"),
        ("Marchers reached Vellin on Sunday. Demonstrators were detained in the capital on Monday.", "vellin"),
        ("Hundreds rallied in the capital, Castra, on Monday.", "castra"),
    ],
)
def test_a_capital_that_is_not_named(text: str, place: str) -> None:
    assert drawn(text) >= {place}
    assert not drawn(text) & ({"vellin", "castra", "orrin"} - {place})


def test_a_capital_that_nothing_tells_is_not_drawn() -> None:
    assert drawn("Demonstrators were detained in the capital on Monday.") == set()
    assert drawn("Vellin and Castra were quiet. Demonstrators were detained in the capital on Monday.") == set()


def test_until_an_hour_is_no_condition() -> None:
    text = "From 19:20 till 04:10 on Monday the units subjected the positions near Tessel to fire."
    assert [e.modality for e in events_of(text) if e.where.place_id == "tessel"] == ["occurred"]


def test_who_was_captured_when_a_place_was_attacked_was_captured_there() -> None:
    told = events_of(
        "Ten soldiers were taken prisoner on Monday, when the army attacked positions near Tessel in Highvale."
    )
    assert {e.where.place_id for e in told if e.event_type == "abduction_or_capture"} == {"tessel"}


def test_years_count_on_from_a_year_that_was_told() -> None:
    told = events_of("In March 2021 troops shelled Tessel. Two years later Norland captured Brask.")
    assert [e.when.start.year for e in told if e.event_type == "control_change" and e.when.start] == [2023]


def test_a_bare_ministry_is_not_its_sentences_subjects() -> None:
    text = "VELLIN, May 14 - Sudmarkish forces opened fire near Dorn at 8 a.m. on Monday, the Defence Ministry said. Norland did not reply."
    assert {c.claimant_side for e in events_of(text) for c in e.claims} == {"norland"}


def test_local_authorities_are_of_the_place_before_them() -> None:
    text = "Highvale and Highvale's towns were shelled. Shelling set fire to a plant in Dorn on Monday, the local authorities said."
    assert {c.claimant_side for e in events_of(text) for c in e.claims if "Dorn" in c.quote} == {None}
    within = "Highvale was shelled. Shells hit Tessel on Monday, the local authorities said."
    assert {c.claimant_side for e in events_of(within) for c in e.claims if "Tessel" in c.quote} == {"highvale"}


def test_its_version_is_of_the_one_named_last() -> None:
    text = "Norland speaks of a provocation. According to its version, gunmen opened fire near Dorn on Monday."
    assert {c.claimant_side for e in events_of(text) for c in e.claims} == {"norland"}


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("The guns fell silent along the road near Tessel on Monday.", "ceasefire_or_agreement"),
        ("Since noon on Monday the guns have been silent near Tessel.", "ceasefire_or_agreement"),
        ("The bodies of three elderly villagers were discovered in Tessel on Monday.", "attack_on_civilians"),
        ("No food convoy has been let through to Tessel since Monday.", "blockade_or_restriction"),
        ("Relatives of the missing blocked the street in Orrin on Monday.", "protest"),
        ("Troops scattered bomblets over Tessel on Monday.", "shelling"),
    ],
)
def test_wordings_of_what_happened(text: str, event_type: str) -> None:
    assert event_type in {e.event_type for e in events_of(text) if e.where.geometry is not None}


def test_a_weapon_is_no_ground_to_be_taken() -> None:
    assert not [
        e
        for e in events_of("He tried to seize a soldier's weapon at Tessel on Monday.")
        if e.event_type in {"offensive", "control_change"}
    ]


def test_the_army_of_a_disputed_region_is_nobodys_unless_told() -> None:
    disputed = "Shells hit Orrin, Tessel and Brask on Monday. In Orrin two were hurt. The army said it shot down a drone near Tessel."
    assert {c.claimant_side for e in events_of(disputed) for c in e.claims} == {None}
    own = "Shells hit Dorn and Vellin on Monday. In Dorn two were hurt; in Vellin, nobody. The army said it shot down a drone near Dorn."
    assert "norland" in {c.claimant_side for e in events_of(own) for c in e.claims}


@pytest.mark.parametrize(
    "text",
    [
        "Rockets hit a bus carrying volunteers from Dorn near Tessel on Monday.",
        "Ten people were killed at Tessel on Monday in the strike, officials in Castra said.",
        "On Monday positions near Tessel were fired on from the Dorn side.",
    ],
)
def test_where_people_come_from_or_fire_comes_from_is_not_where_it_happened(text: str) -> None:
    assert drawn(text) == {"tessel"}


def test_what_would_be_behind_an_aside_has_not_happened() -> None:
    assert (
        drawn("The erection of a Norlandish checkpoint at Tessel, hinted at in Dorn, would aggravate matters.") == set()
    )


def test_the_ambush_of_a_day_when_it_happened() -> None:
    told = events_of(
        "Tempers have not cooled since the ambush of 5 March, when three policemen were killed near Tessel."
    )
    assert [str(e.when.start) for e in told if e.where.place_id == "tessel"] == ["2031-03-05"]


def test_a_nameless_source_nearer_to_the_verb_speaks() -> None:
    told = events_of("Aircraft hit a house on Monday, killing three people near Ann Dolna, rescue workers said.")
    assert {c.claimant for e in told for c in e.claims} == {"rescue workers"}


def test_a_name_that_is_overrun_is_a_place() -> None:
    assert (
        drawn(
            "She was born in Orrin. Within two days Grenn had been overrun and ten people were killed there on Monday."
        )
        == set()
    )


def test_a_title_takes_up_the_person_who_bears_it() -> None:
    text = "Highvale's ombudsman, Ann Lee, spoke of losses. Norland's president, Jan Roe, called it a lie. Two women were shot at Tessel on Monday, the ombudsman said."
    assert {c.claimant_side for e in events_of(text) for c in e.claims if "women" in c.quote} == {"highvale"}


def test_a_real_attack_behind_which_something_could_follow_is_kept() -> None:
    assert drawn("The attack on Tessel, which killed three villagers on Monday, could set off a war.") == {"tessel"}


def test_the_regions_capital_is_not_another_regions() -> None:
    text = "Highvale is quiet. In Dorn, people were evacuated to the region's capital. Shells hit the region's capital on Monday."
    assert "orrin" not in drawn(text)


def test_another_attack_is_not_of_the_kind_told_before_unless_it_is_similar() -> None:
    mine = "A mine blew up a truck near Tessel on Monday. {} attack on Brask killed three soldiers on Monday."
    kinds = {
        word: {e.event_type for e in events_of(mine.format(word)) if e.where.place_id == "brask"}
        for word in ("A new", "A similar")
    }
    assert "mine_ied" not in kinds["A new"]
    assert kinds["A similar"] == {"mine_ied"}

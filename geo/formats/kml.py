"""KML for Google Earth and others: folders by kind of event, time spans, quotes in the balloon."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from geo.crosswalk import crosswalk
from geo.files import write_bytes
from geo.formats.base import Format, Written
from geo.formats.palette import colour_of
from geo.tables import claims_of, event_table

if TYPE_CHECKING:
    from pathlib import Path

    from geo.formats.base import EventSet, Options
    from geo.tables import Feature, Row

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NO_PLACE = "No defensible place"


def write_kml(events: EventSet, path: Path, _: Options) -> Written:
    """Write KML 2.2; events without a place are placemarks without a shape in a folder of their own."""
    root = ET.Element("kml", {"xmlns": "http://www.opengis.net/kml/2.2"})
    document = _add(root, "Document")
    _add(document, "name", "Events as reported")
    kinds = {kind: _folder_name(kind) for kind in crosswalk()}
    for name in dict.fromkeys(kinds.values()):
        _add_style(document, name)
    columns, rows = event_table(events.features)
    folders: dict[str, list[tuple[Feature, Row]]] = {}
    used: Counter[str] = Counter()
    for feature, row in zip(events.features, rows, strict=True):
        folder = _folder_name(row["event_type"]) if feature.get("geometry") else NO_PLACE
        folders.setdefault(folder, []).append((feature, row))
    for name in sorted(folders, key=lambda folder: (folder == NO_PLACE, folder)):
        folder_element = _add(document, "Folder")
        _add(folder_element, "name", name)
        for feature, row in folders[name]:
            _add_placemark(folder_element, feature, row, [column.name for column in columns], _new_id(row["id"], used))
    ET.indent(root, " ")
    return Written((write_bytes(path, ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"),))


def _folder_name(event_type: str | None) -> str:
    codes = crosswalk().get(event_type or "other") or crosswalk()["other"]
    return codes.acled_event


def _add(parent: ET.Element, tag: str, text: object = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if text is not None:
        element.text = _NOT_XML.sub("�", str(text))
    return element


def _style_id(name: str) -> str:
    return re.sub("[^a-z]+", "-", name.lower()).strip("-")


def _add_style(document: ET.Element, name: str) -> None:
    red, green, blue = (colour_of(name)[i : i + 2] for i in (1, 3, 5))
    style = _add(document, "Style", id=_style_id(name))
    _add(_add(style, "IconStyle"), "color", f"ff{blue}{green}{red}")  # KML writes alpha, blue, green, red
    line = _add(style, "LineStyle")
    _add(line, "color", f"ff{blue}{green}{red}")
    _add(line, "width", 3)
    _add(_add(style, "PolyStyle"), "color", f"55{blue}{green}{red}")


def _add_placemark(folder: ET.Element, feature: Feature, row: Row, columns: list[str], mark_id: str) -> None:
    """Add one event; the order of elements is that of the KML schema."""
    mark = _add(folder, "Placemark", id=mark_id)
    what = str(row["event_type"] or "other").replace("_", " ")
    _add(mark, "name", f"{what}: {row['place_name']}" if row["place_name"] else what)
    _add(mark, "description", _balloon(feature, row))
    if row["date_start"] or row["date_end"]:
        span = _add(mark, "TimeSpan")
        if row["date_start"]:
            _add(span, "begin", row["date_start"].isoformat())
        if row["date_end"]:
            _add(span, "end", row["date_end"].isoformat())
    _add(mark, "styleUrl", f"#{_style_id(_folder_name(row['event_type']))}")
    data = _add(mark, "ExtendedData")
    for name in columns:
        if row[name] is not None:
            _add(_add(data, "Data", name=_NOT_XML.sub("�", name)), "value", row[name])
    if feature.get("geometry"):
        _add_shape(mark, feature["geometry"])


def _new_id(event: object, used: Counter[str]) -> str:
    """Return an XML name that no other event has; ids in other letters may come out alike, so they are counted."""
    name = f"event-{re.sub('[^A-Za-z0-9_.-]', '-', str(event))}"
    used[name] += 1
    return name if used[name] == 1 else _new_id(f"{event}-{used[name]}", used)


def _balloon(feature: Feature, row: Row) -> str:
    """Return the balloon's HTML: everything from data is escaped."""
    parts = [f"<p>{html.escape(str(row['modality']))}; {html.escape(str(row['verification']))}</p>"]
    for claim in claims_of(feature):
        who = claim.get("claimant") or "The report itself"
        source = ", ".join(str(claim[key]) for key in ("publisher", "published", "title") if claim.get(key))
        link = ""
        if str(claim.get("url") or "").startswith(("https://", "http://")):
            link = f' <a href="{html.escape(str(claim["url"]))}">link</a>'
        parts.append(
            f"<p><b>{html.escape(str(who))}</b> ({html.escape(str(claim.get('act')))}):<br>"
            f"“{html.escape(str(claim.get('quote')))}”<br><i>{html.escape(source)}</i>{link}</p>"
        )
    if row["geo_reason"]:
        parts.append(f"<p>Place: {html.escape(row['geo_reason'])}</p>")
    return "".join(parts)


def _add_shape(parent: ET.Element, geometry: dict[str, Any]) -> None:
    kind, coordinates = geometry["type"], geometry.get("coordinates")
    if kind == "Point":
        _add(_add(parent, "Point"), "coordinates", _line([coordinates]))
    elif kind == "LineString":
        line = _add(parent, "LineString")
        _add(line, "tessellate", 1)
        _add(line, "coordinates", _line(coordinates))
    elif kind == "Polygon":
        area = _add(parent, "Polygon")
        _add(area, "tessellate", 1)
        for number, ring in enumerate(coordinates or []):
            boundary = _add(area, "innerBoundaryIs" if number else "outerBoundaryIs")
            _add(_add(boundary, "LinearRing"), "coordinates", _line(ring))
    else:
        many = _add(parent, "MultiGeometry")
        parts = geometry.get("geometries") or [
            {"type": kind.removeprefix("Multi"), "coordinates": part} for part in coordinates or []
        ]
        for part in parts:
            _add_shape(many, part)


def _line(points: Any) -> str:
    return " ".join(f"{point[0]},{point[1]}" for point in points)


FORMATS = (Format("kml", (".kml",), "KML with styles, time spans and quotes", write_kml, nests=True),)

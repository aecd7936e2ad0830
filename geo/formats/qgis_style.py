"""QGIS styles for the layers of a GeoPackage, kept in its table `layer_styles` so that it opens drawn.

The layer of events holds points, lines and areas at once. QGIS opens it as one layer a shape, and all of them load the
same style: rules by shape choose marker, line or fill symbols (tested with QGIS 3.22).
"""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree as ET

from geo.crosswalk import crosswalk
from geo.formats.palette import OTHER, colour_of

_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_SHAPES = (("Point", "marker"), ("Line", "line"), ("Polygon", "fill"))


def events_style() -> str:
    """Return the QML of the events: a rule for each shape and class, a halo as wide as the place is uncertain, time.

    >>> events_style().startswith("<!DOCTYPE qgis")
    True
    """
    root = ET.Element("qgis", {"version": "3.22", "styleCategories": "Symbology|Temporal|MapTips"})
    ET.SubElement(root, "temporal", {
        "enabled": "1", "mode": "2", "startField": "date_start", "endField": "date_end", "accumulate": "0",
        "limitMode": "0", "fixedDuration": "0", "durationUnit": "days", "durationField": "", "startExpression": "",
        "endExpression": "",
    })  # fmt: skip
    renderer = ET.SubElement(root, "renderer-v2", {"type": "RuleRenderer", "forceraster": "0", "symbollevels": "0"})
    rules = ET.SubElement(renderer, "rules", {"key": "{root}"})
    symbols = ET.SubElement(renderer, "symbols")
    types: dict[str, list[str]] = defaultdict(list)
    for name, codes in crosswalk().items():
        types[codes.acled_event].append(name)
    for number, (label, names) in enumerate(types.items()):
        listed = ", ".join(f"'{name}'" for name in names)
        for shape_number, (shape, symbol_type) in enumerate(_SHAPES):
            key = str(number * len(_SHAPES) + shape_number)
            ET.SubElement(rules, "rule", {
                "key": f"{{rule-{key}}}", "symbol": key, "label": label,
                "filter": f"geometry_type($geometry) = '{shape}' AND \"event_type\" IN ({listed})",
            })  # fmt: skip
            _symbol(symbols, key, symbol_type, colour_of(label))
    tip = ET.SubElement(root, "mapTip")
    tip.text = '<b>[% "event_type" %]</b> [% "place_name" %]<br>[% "quote" %]'
    return _HEAD + ET.tostring(root, encoding="unicode")


def simple_style(symbol_type: str, colour: str, label: str = "") -> str:
    """Return the QML of one symbol for all features, with a field as label where one is named.

    >>> "singleSymbol" in simple_style("line", "#000000")
    True
    """
    root = ET.Element("qgis", {
        "version": "3.22", "styleCategories": "Symbology|Labeling", "labelsEnabled": "1" if label else "0",
    })  # fmt: skip
    renderer = ET.SubElement(root, "renderer-v2", {"type": "singleSymbol", "forceraster": "0", "symbollevels": "0"})
    _symbol(ET.SubElement(renderer, "symbols"), "0", symbol_type, colour, halo=False)
    if label:
        labeling = ET.SubElement(root, "labeling", {"type": "simple"})
        settings = ET.SubElement(labeling, "settings")
        style = ET.SubElement(settings, "text-style", {
            "fieldName": label, "fontSize": "8", "fontFamily": "Noto Sans", "textColor": "40,40,40,255",
        })  # fmt: skip
        ET.SubElement(style, "text-buffer", {"bufferDraw": "1", "bufferSize": "0.8", "bufferColor": "255,255,255,220"})
        ET.SubElement(settings, "placement", {"placement": "6" if symbol_type == "marker" else "2"})
    return _HEAD + ET.tostring(root, encoding="unicode")


def _rgba(colour: str, alpha: int = 255) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def _symbol(symbols: ET.Element, name: str, symbol_type: str, colour: str, *, halo: bool = True) -> None:
    symbol = ET.SubElement(symbols, "symbol", {"type": symbol_type, "name": name, "alpha": "1", "clip_to_extent": "1"})
    if symbol_type == "marker":
        if halo:
            ring = _layer(symbol, "SimpleMarker", {
                "name": "circle", "color": _rgba(colour, 40), "outline_color": _rgba(colour, 120), "outline_width": "0.2",
                "size": "0", "size_unit": "RenderMetersInMapUnits",
            })  # fmt: skip
            _data_defined(ring, "size", 'coalesce("uncertainty_m", 0) * 2')
        _layer(symbol, "SimpleMarker", {
            "name": "circle", "color": _rgba(colour, 220), "outline_color": "255,255,255,255", "outline_width": "0.3",
            "size": "3.2" if halo else "1.6", "size_unit": "MM",
        })  # fmt: skip
    elif symbol_type == "line":
        _layer(symbol, "SimpleLine", {
            "line_color": _rgba(colour), "line_width": "0.9" if halo else "0.5", "line_width_unit": "MM",
            "line_style": "solid" if halo else "dash", "capstyle": "round", "joinstyle": "round",
        })  # fmt: skip
    else:
        _layer(symbol, "SimpleFill", {
            "color": _rgba(colour, 50), "outline_color": _rgba(colour, 200), "outline_width": "0.4", "style": "solid",
        })  # fmt: skip


def _layer(symbol: ET.Element, kind: str, properties: dict[str, str]) -> ET.Element:
    layer = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "pass": "0", "locked": "0"})
    for key, value in properties.items():
        ET.SubElement(layer, "prop", {"k": key, "v": value})
    return layer


def _data_defined(layer: ET.Element, name: str, expression: str) -> None:
    outer = ET.SubElement(ET.SubElement(layer, "data_defined_properties"), "Option", {"type": "Map"})
    ET.SubElement(outer, "Option", {"type": "QString", "name": "name", "value": ""})
    properties = ET.SubElement(outer, "Option", {"type": "Map", "name": "properties"})
    one = ET.SubElement(properties, "Option", {"type": "Map", "name": name})
    ET.SubElement(one, "Option", {"type": "bool", "name": "active", "value": "true"})
    ET.SubElement(one, "Option", {"type": "QString", "name": "expression", "value": expression})
    ET.SubElement(one, "Option", {"type": "int", "name": "type", "value": "3"})
    ET.SubElement(outer, "Option", {"type": "QString", "name": "type", "value": "collection"})


__all__ = ["OTHER", "events_style", "simple_style"]

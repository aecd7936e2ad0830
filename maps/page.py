"""The HTML file around a folium map: one document, nothing loaded from anywhere, scripts named by their hash.

No text from data passes through a template. folium and branca render a template's output as a template once more, so
only what this package itself wrote goes through them (the map's options, panes and controls); the data is put beside
their output as one JSON block, and the page's scripts bring it into the document as text.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import re
from typing import TYPE_CHECKING, Any, cast

import branca.element
import folium
from folium.features import Control

from maps import assets
from maps.pack import pack, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COMPRESS_FROM = 100_000
"""Bytes of data from which on the block is gzipped."""
_THOROUGH = 4_000_000  # bytes up to which the slowest compression takes no time worth mentioning
PANES: tuple[tuple[str, int, bool], ...] = (
    ("base", 250, True),
    ("areas", 300, True),
    ("lines", 350, True),
    ("events", 450, False),
)
"""Name, z-index, and whether the pane takes the mouse. Events are found by position, so their pane lets it through."""
CONTROLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Zoom", {"position": "topleft"}),
    ("Scale", {"position": "bottomleft", "imperial": False, "maxWidth": 120}),
)
"""Leaflet's controls with their options."""
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


class ConflictMap(folium.Map):
    """A folium map that draws itself into a `Page`, with Leaflet alone and without a request to anybody."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  (folium's own names; the page holds Leaflet itself)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def render(self, **kwargs: Any) -> str:
        """Put the map's element and script into the page, leaving out folium's header.

        That header forbids zooming with two fingers and sets inline styles that the security policy refuses.
        """
        page = cast("Page", self.get_root())
        parts = folium.Map._template.module  # noqa: SLF001
        page.html.add_child(branca.element.Element(parts.html(self, kwargs)), name=self.get_name())
        page.script.add_child(branca.element.Element(parts.script(self, kwargs)), name=self.get_name())
        for child in self._children.values():
            child.render(**kwargs)
        return ""  # nothing stands where the element is; folium's own does the same


class Page(branca.element.Figure):
    """The whole document. `data` is what the page's scripts read; `title` names the window."""

    def __init__(self, data: Mapping[str, Any], title: str, image_hosts: Iterable[str] = ()) -> None:
        super().__init__(height="760px", title=None)
        self.data = data
        self.heading = title
        self.image_hosts = tuple(image_hosts)

    def render(self, **kwargs: Any) -> str:
        """Return the document; the same map gives the same bytes."""
        for child in self._children.values():
            child.render(**kwargs)
        leaflet_script, leaflet_css = assets.leaflet()
        style = leaflet_css + assets.own_css()
        scripts = [_closed(text) for text in (leaflet_script, self.script.render(**kwargs), assets.bundle())]
        before, after = assets.shell().split("<!--map-->")
        return "".join((
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{self.policy(scripts, style)}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="color-scheme" content="light dark">\n',
            f"<title>{html.escape(self.heading)}</title>\n<style>{style}</style>\n</head>\n<body>\n",
            before,
            self.html.render(**kwargs),
            after,
            data_block(self.data),
            *(f"<script>{script}</script>\n" for script in scripts),
            "</body>\n</html>\n",
        ))  # fmt: skip

    def policy(self, scripts: Iterable[str], style: str) -> str:
        """Return the Content-Security-Policy: these scripts and this style, pictures from the offered tile hosts only."""
        images = " ".join(["data:", *(f"https://{host}" for host in self.image_hosts)])
        return (
            f"default-src 'none'; script-src {' '.join(map(_source_hash, scripts))}; style-src {_source_hash(style)}; "
            f"img-src {images}; base-uri 'none'; form-action 'none'"
        )


def data_block(data: Mapping[str, Any]) -> str:
    r"""Return the script element that holds the data and is never run.

    In strings `<` and `{` are written as \u003c and \u007b, so that neither markup nor a template can begin in them.

    >>> data_block({"a": "</script>{{ 1 }}"})
    '<script type="application/json" id="conflict-data">{"a":"\\u003c/script>\\u007b\\u007b 1 }}"}</script>\n'
    >>> data_block({})
    '<script type="application/json" id="conflict-data">{}</script>\n'
    """
    packed = pack(data)
    if len(packed) < COMPRESS_FROM:
        text = to_json(data).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        text = _STRING.sub(lambda match: match[0].replace("{", "\\u007b"), text)
        return f'<script type="application/json" id="conflict-data">{text}</script>\n'
    letters = base64.b64encode(gzip.compress(packed, 9 if len(packed) < _THOROUGH else 6, mtime=0)).decode()
    return f'<script type="application/gzip" id="conflict-data">{letters}</script>\n'


def new_map(
    data: Mapping[str, Any], title: str, view: tuple[float, float, int], image_hosts: Iterable[str]
) -> ConflictMap:
    """Return a folium map with its panes and controls inside a page; `view` is lat, lon, zoom at the start."""
    lat, lon, zoom = view
    world = ConflictMap(
        location=[lat, lon],
        zoom_start=zoom,
        tiles=None,
        zoom_control=False,
        attributionControl=False,  # Leaflet's own line starts with a national flag; the page names its sources itself
        minZoom=3,
        maxZoom=17,
        zoomSnap=0.25,
        zoomDelta=0.75,
        wheelPxPerZoomLevel=90,
        worldCopyJump=False,
    )
    world._id = "conflict"  # noqa: SLF001  (ids are random by default, and a page must not differ from day to day)
    Page(data, title, image_hosts).add_child(world)
    for number, (name, z_index, takes_mouse) in enumerate(PANES):
        _add(world, folium.map.CustomPane(name, z_index=z_index, pointer_events=takes_mouse), number)
    for number, (name, options) in enumerate(CONTROLS, 10):
        control = Control(name)
        control.options = options  # folium 0.20 writes every allowed position into the call when one is given
        _add(world, control, number)
    return world


def _add(world: ConflictMap, element: Any, number: int) -> None:
    element._id = str(number)  # noqa: SLF001
    world.add_child(element, name=f"part_{number}")


def _closed(script: str) -> str:
    """Make sure that a script cannot end its element early; ours never does, a user's own layer might."""
    return re.sub(r"</(?=script)|<!--", lambda match: match[0].replace("<", "\\x3c"), script, flags=re.IGNORECASE)


def _source_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf8')).digest()).decode()}'"

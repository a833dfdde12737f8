"""Where the links of a message lead. Finding them is `rules.links`."""

from __future__ import annotations

from msgspec import Struct

from rules.conditions.base import Evidence, View
from rules.decision import Match
from rules.links import under
from rules.message import Link


class LinkIs(Struct, frozen=True, kw_only=True):
    """Some link leads elsewhere than to `allowed`, or to one of `among`; with neither, anywhere.

    Every link is judged, hidden ones too, by host suffix. Nothing is under an empty list: every
    link is outside `allowed=()`, none is in `among=()`.
    """

    allowed: tuple[str, ...] | None = None
    among: tuple[str, ...] | None = None

    def ask(self, view: View) -> Evidence | None:
        """The sites of `among` that were found, how many links, and the places of visible ones."""
        found = [link for link in view.message.links if self._holds(link)]
        if not found:
            return None
        values = {"links": str(len(found))}
        if sites := dict.fromkeys(self._site(link) for link in found if self.among is not None):
            values["sites"] = "、".join(sites)
        spans = tuple((link.start, link.end) for link in found if not link.hidden)
        return (Match(condition="link", values=values, spans=spans),)

    def _holds(self, link: Link) -> bool:
        if self.allowed is not None and _under_any(link, self.allowed):
            return False
        return self.among is None or bool(self._site(link))

    def _site(self, link: Link) -> str:
        return next((site for site in self.among or () if under(link.host, site)), "")


def _under_any(link: Link, sites: tuple[str, ...]) -> bool:
    return any(under(link.host, site) for site in sites)

"""What a rule file says that is allowed, and hardly meant: found before it reaches a member.

It looks at files without errors; those are for `rules.files` to find. Nothing here keeps a file
from being used.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain

from rules.capability import Capability
from rules.check import exceptions, ordinary, platforms, reach, sentences, words
from rules.check.subject import subject_of
from rules.files import Fault, Loaded
from rules.files.faults import in_order
from rules.files.load import fault_of

Able = Mapping[str, Collection[Capability]]
"""What a bot is able to do and to see, by platform."""


def analysed(loaded: Loaded, able: Able) -> list[Fault]:
    """Warnings and notes about a file, in its order; what concerns only a file that it extends is
    for whoever writes that. Of a file with errors there are none.
    """
    subject = subject_of(loaded)
    if subject is None:
        return []
    found = chain(
        reach.findings(subject),
        platforms.findings(subject, able),
        sentences.findings(subject),
        words.findings(subject),
        ordinary.findings(subject),
    )
    faults = [*(fault_of(subject.root, one) for one in found), *exceptions.strays(loaded)]
    return in_order(one.said(loaded.tongue) for one in faults if not one.place.file)

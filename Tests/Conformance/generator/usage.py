"""What programs used of the API and of the language, and what they have to use."""

import collections
import threading

import signatures

#: Values of the prelude that are no functions.
CONSTANTS = ["data.path.huggingface", "data.path.dgl"]


class Usage:
    """Counts by name. Of a parameter, being given by position and by keyword count apart."""

    def __init__(self):
        self.counts = collections.Counter()
        self._lock = threading.Lock()

    def add(self, names):
        with self._lock:
            self.counts.update(names)

    def missing(self, names):
        return sorted(name for name in names if not self.counts[name])


def parameter(function, name, by):
    """How the use of a parameter is counted; `by` is `position` or `keyword`."""
    return f"{function}({name}) by {by}"


def everything_in_the_api():
    """What the signatures of the prelude promise: every function, and every parameter in each way to give it."""
    names = list(CONSTANTS)
    for function in signatures.api().values():
        names.append(function.name)
        for given in function.parameters:
            if given.variadic:
                continue
            names.append(parameter(function.name, given.name, "position"))
            if not given.positional:
                names.append(parameter(function.name, given.name, "keyword"))
    return names

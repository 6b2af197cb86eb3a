"""Every add-in packed for one service. A client is a function in a module of its own and a line in CLIENTS."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from checker.addin import gmail, outlook, thunderbird
from checker.addin.bundles import bundle
from checker.addin.target import Target

Pack = Callable[[Mapping[str, bytes], Target], Mapping[str, bytes]]

CLIENTS: Mapping[str, Pack] = {
    "gmail": gmail.pack,
    "outlook": outlook.pack,
    "thunderbird": thunderbird.pack,
}


def packed(target: Target) -> Mapping[str, bytes]:
    """The files to roll out, by path; the first folder is the client. The same input gives the same bytes.

    Raises RefusalError: a bundle is not in this installation.
    """
    return {
        f"{client}/{path}": content
        for client, pack in CLIENTS.items()
        for path, content in pack(bundle(client), target).items()
    }

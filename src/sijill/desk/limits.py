"""How often something may happen: so many times within so many seconds, for each name, address or person.

Counted in memory and not in the register: one process serves a desk, and a write for every wrong password would wait for whoever writes to
the register, and let strangers fill it. A restart so forgets what was counted; what is counted is bounded, and where too many keys are
about, the one that was longest unused is forgotten. Both mistakes let somebody try again; the others would lock people out.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

__all__ = ["Limit"]


class Limit:
    """At most `most` within `seconds` for each key, of which `keys` are remembered.

    >>> moment = [0.0]
    >>> limit = Limit(2, 60, clock=lambda: moment[0])
    >>> [limit.take("amal") for _ in range(3)], limit.take("zayd")
    ([0.0, 0.0, 60.0], 0.0)
    >>> moment[0] = 61.0
    >>> limit.take("amal")
    0.0
    """

    def __init__(self, most: int, seconds: float, *, keys: int = 10_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._keys = keys
        self._clock = clock
        self._taken: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> float:
        """Count once more, and return 0; where that is too often count nothing, and return how many seconds to wait."""
        with self._lock:
            now = self._clock()
            times = self._taken.setdefault(key, deque())
            self._taken.move_to_end(key)
            if len(self._taken) > self._keys:
                self._taken.popitem(last=False)
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self._most:
                return times[0] + self._seconds - now
            times.append(now)
            return 0.0

    def give_back(self, key: str) -> None:
        """Take the last count of a key back."""
        with self._lock:
            times = self._taken.get(key)
            if times:
                times.pop()

    def forget(self, key: str) -> None:
        """Begin anew with a key."""
        with self._lock:
            self._taken.pop(key, None)

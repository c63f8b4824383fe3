"""Content-addressed caching of results: keys, entries, the store on disk, memoization in memory.

`content_key` hashes everything a result depends on; `Store` keeps `CacheEntry` files under such
keys, computes each at most once across threads and processes, and verifies what it reads.  `LRU`
and `memoize` keep values in memory only.
"""

from latent_core.cache.config import default_folder
from latent_core.cache.entry import CacheEntry
from latent_core.cache.keys import content_key
from latent_core.cache.locks import WaitCallback
from latent_core.cache.lru import LRU
from latent_core.cache.memo import memoize
from latent_core.cache.report import CacheFile, VerifyReport
from latent_core.cache.store import Store

__all__ = [
    "LRU",
    "CacheEntry",
    "CacheFile",
    "Store",
    "VerifyReport",
    "WaitCallback",
    "content_key",
    "default_folder",
    "memoize",
]

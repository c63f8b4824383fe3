"""``make bench``: every measurement as a ratio to a baseline in the same run."""

from __future__ import annotations

import sys

from benchmarks import (
    bench_tsne,
    between,
    browser,
    encoding,
    inverse,
    large_maps,
    live,
    many_points,
    memory,
    payload,
    umap,
)

if __name__ == "__main__":
    encoding.main()
    payload.main()
    browser.main([])
    live.main()
    many_points.main()
    memory.main()
    inverse.main()
    between.main()
    arguments = ["--full"] if "--full" in sys.argv else []
    bench_tsne.main(arguments)
    umap.main()
    large_maps.main(arguments)

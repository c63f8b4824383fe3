"""``make bench``: every figure as a ratio against a baseline in the same run."""

from __future__ import annotations

import sys

from benchmarks import bench_tsne, browser, encoding, payload

if __name__ == "__main__":
    encoding.main()
    payload.main()
    browser.main()
    bench_tsne.main(full="--full" in sys.argv)

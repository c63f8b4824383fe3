"""How long codes are: a histogram of norms, with a mark."""

from __future__ import annotations

import numpy as np

from latent_core.types import Floats

N_BINS = 40
STYLE = """<style>
  .ls-norms { margin: 1.4rem 0 0; max-width: 40rem; }
  .ls-norms > div { position: relative; display: flex; align-items: flex-end; gap: 1px;
    height: 4.5rem; border-bottom: 1.5px solid var(--st-text-color); }
  .ls-norms i { flex: 1; background: color-mix(in srgb, var(--st-text-color) 32%, transparent); }
  .ls-norms b { position: absolute; top: 0; bottom: 0; border-left: 3px solid #c2410c; }
  .ls-norms b span { position: absolute; left: 0; top: -1.4rem; font-size: .93rem;
    white-space: nowrap; }
  .ls-norms p { display: flex; justify-content: space-between; margin: 0; font-size: .9rem; }
  .ls-norms figcaption { font-size: .93rem; }
</style>"""


def norm_plot_html(norms: Floats, here: float) -> str:
    """HTML of a histogram of `norms` ``(N,)`` from 0 on, with a vertical line at `here`."""
    top = max(float(norms.max()), here) * 1.02
    counts, _ = np.histogram(norms, N_BINS, (0, top))
    bars = "".join(f'<i style="height: {100 * share:.1f}%"></i>' for share in counts / counts.max())
    low, high = np.quantile(norms, [0.05, 0.95])
    return (
        f'{STYLE}<figure class="ls-norms"><div>{bars}'
        f'<b style="left: {100 * here / top:.1f}%"><span>here {here:.2f}</span></b></div>'
        f"<p><span>0, the center</span><span>{top:.1f}</span></p>"
        f"<figcaption>‖z‖ of the codes of all {len(norms):,} images: 90 % are between {low:.1f} "
        f"and {high:.1f}.</figcaption></figure>"
    )

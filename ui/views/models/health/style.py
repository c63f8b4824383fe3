"""The style of the health of a model, in the colors of the theme."""

STYLE = """
<style>
  .lh-diagnosis { border-left: 5px solid var(--tone); border-radius: 8px; padding: .8rem 1.1rem;
    background: color-mix(in srgb, var(--tone) 10%, transparent); margin: .4rem 0 .8rem; }
  .lh-good { --tone: #2e9e5b; } .lh-bad { --tone: #d9822b; } .lh-open { --tone: #7d8794; }
  .lh-diagnosis p { margin: .25rem 0 0; max-width: 60rem; }
  .lh-diagnosis > p:first-child { margin: 0; font-size: .93rem; opacity: .8; }
  .lh-diagnosis h2 { font-size: 1.6rem; font-weight: 650; margin: 0; padding: .1rem 0 .2rem;
    display: flex; gap: .6rem; align-items: center; }
  .lh-diagnosis h2 > span:first-child { display: grid; place-items: center; width: 1.8rem;
    height: 1.8rem; border-radius: 50%; font-size: 1.1rem; font-weight: 700;
    border: 2.5px solid var(--tone); }
  .lh-findings { display: grid; gap: .7rem; margin: 0 0 .8rem; padding: 0 0 0 1.2rem; }
  .lh-findings p { margin: 0; max-width: 60rem; }
  .lh-figures { display: grid; gap: 1.2rem 2.2rem; margin: .6rem 0 0;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); }
  .lh-figures figure { margin: 0; min-width: 0; display: flex; flex-direction: column; }
  .lh-figures h3 { font-size: .97rem; font-weight: 600; margin: 0; padding: 0 0 .5rem; }
  .lh-figures figcaption { font-size: .87rem; opacity: .8; line-height: 1.4; padding-top: .35rem; }
  .lh-plot { position: relative; padding-top: 1.15rem; }
  .lh-top { position: absolute; top: -.1rem; left: 0; font-size: .87rem; opacity: .75; }
  .lh-bars { position: relative; display: flex; gap: 2px; height: 8rem; margin-bottom: 1.4rem;
    border-bottom: 1px solid color-mix(in srgb, var(--st-text-color) 35%, transparent);
    border-top: 1px dotted color-mix(in srgb, var(--st-text-color) 25%, transparent); }
  .lh-bars i { flex: 1; position: relative; min-width: 0; font-style: normal; background:
    linear-gradient(var(--st-primary-color), var(--st-primary-color)) bottom / 100% var(--v)
    no-repeat; }
  .lh-bars i.lh-faded { background-image: linear-gradient(#8b95a1, #8b95a1); }
  .lh-bars small { position: absolute; top: calc(100% + 2px); left: 50%; font-size: .87rem;
    transform: translateX(-50%); opacity: .8; }
  .lh-bars b { position: absolute; left: 0; right: 0; height: 0;
    border-top: 2px dashed var(--st-text-color); opacity: .75; }
  .lh-figures .lh-rows { display: grid; grid-template-columns: max-content 1fr;
    gap: .5rem .9rem; margin: 0; padding: 0; align-items: center;
    font-variant-numeric: tabular-nums; }
  .lh-figures .lh-rows dt { margin: 0; padding: 0; font-weight: 400; font-size: .93rem; }
  .lh-figures .lh-rows dd { margin: 0; padding: 0; display: grid; gap: .6rem;
    grid-template-columns: 1fr 4.2rem; align-items: center; text-align: right; font-size: .93rem; }
  .lh-rows i { height: 16px; border-radius: 3px; background: linear-gradient(90deg,
    var(--st-primary-color) var(--v), color-mix(in srgb, var(--st-text-color) 9%, transparent)
    var(--v)); }
  .lh-rows .lh-faded i { background: linear-gradient(90deg, #8b95a1 var(--v),
    color-mix(in srgb, var(--st-text-color) 9%, transparent) var(--v)); }
  .lh-histogram { position: relative; display: flex; gap: 1px; height: 8rem; margin-top: 1.15rem;
    border-bottom: 1px solid color-mix(in srgb, var(--st-text-color) 35%, transparent); }
  .lh-histogram i { flex: 1; position: relative; background: linear-gradient(
    var(--st-primary-color), var(--st-primary-color)) bottom / 100% var(--v) no-repeat; }
  .lh-histogram em { position: absolute; inset: 0; z-index: 1; pointer-events: none;
    background: color-mix(in srgb, var(--st-text-color) 38%, transparent); }
  .lh-ends { display: flex; justify-content: space-between; font-size: .87rem; opacity: .75; }
  .lh-matrix { width: min(100%, 15rem); aspect-ratio: 1; image-rendering: pixelated;
    border: 1px solid color-mix(in srgb, var(--st-text-color) 30%, transparent); }
  .lh-worst { container-type: inline-size; }
  .lh-worst h2, .lh-missing h2 { font-size: 1rem; font-weight: 600; margin: 0;
    padding: 1.3rem 0 .2rem; }
  .lh-worst p { margin: 0 0 .5rem; font-size: .93rem; opacity: .85; }
  .lh-worst > div { display: grid; gap: 8px; grid-template-columns:
    repeat(10, minmax(0, 96px)); }
  .lh-worst figure { margin: 0; } .lh-worst figcaption { font-size: .87rem; line-height: 1.3; }
  .lh-worst img { width: 100%; display: block; border-radius: 4px; margin-bottom: 3px;
    image-rendering: pixelated; }
  .lh-shell { font-size: .87rem; opacity: .8; margin: 0; overflow-wrap: anywhere; }
  .lh-missing ul { margin: 0; padding-left: 1.2rem; font-size: .93rem; }
  @container (max-width: 640px) {
    .lh-worst > div { grid-template-columns: repeat(5, minmax(0, 1fr)); }
  }
</style>
"""

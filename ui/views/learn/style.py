"""The style sheet of the Learn page."""

STYLE = """<style>
  .st-key-learn-overview { display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: 1rem; }
  .st-key-learn-overview > div, .st-key-learn-overview > div > div { height: 100%; }
  .st-key-learn-overview h2 { padding: 0 0 .3rem; font-size: 1.05rem; }
  .stMain .st-key-learn-step[data-testid] { display: grid;
    grid-template-columns: minmax(17rem, 25rem) minmax(0, 1fr);
    grid-template-rows: auto 1fr; gap: .5rem 2.4rem; align-items: start; }
  .st-key-learn-step > div { width: auto; }
  .st-key-learn-step > div:has(.st-key-learn-scene) { grid-column: 2; grid-row: 1 / span 2; }
  .st-key-learn-step > div:has(.st-key-learn-feedback) { grid-column: 1; }
  .st-key-learn-text h2 { padding: 0; margin: .8rem 0 .4rem; font-size: 1.3rem; }
  .st-key-learn-text p, .ls-learn-feedback p { font-size: 1.07rem; line-height: 1.5;
    margin: 0 0 .5rem; }
  .st-key-learn-text .ls-learn-action { padding: .6rem .8rem; border-radius: .5rem;
    font-weight: 600; border-left: 4px solid var(--st-primary-color);
    background: color-mix(in srgb, var(--st-primary-color) 11%, var(--st-background-color)); }
  .ls-learn-steps { display: flex; align-items: center; gap: .7rem; font-size: .9rem; }
  .ls-learn-steps span { display: flex; gap: 4px; }
  .ls-learn-steps i { width: 22px; height: 7px; border-radius: 4px; box-sizing: border-box;
    border: 1.5px solid color-mix(in srgb, var(--st-text-color) 45%, transparent); }
  .ls-learn-steps i.done { background: var(--st-primary-color);
    border-color: var(--st-primary-color); }
  .ls-learn-steps i.here { outline: 2px solid var(--st-text-color); outline-offset: 2px; }
  .ls-learn-feedback:empty { display: none; }
  .ls-learn-feedback { padding: .6rem .8rem .15rem; border-radius: .5rem;
    border: 1px solid var(--st-border-color); }
  .ls-learn-feedback[data-kind=nothing] { display: none; }
  .ls-learn-feedback[data-kind=done] { border-color: #2f8f5b;
    background: color-mix(in srgb, #2f8f5b 10%, var(--st-background-color)); }
  .ls-learn-feedback[data-kind=missing] { border-color: #c2710c;
    background: color-mix(in srgb, #c2710c 9%, var(--st-background-color)); }
  .stMain [data-testid="stBaseButton-primary"] p { color: var(--st-background-color); }
  .st-key-learn-navigation { justify-content: space-between; }
  .st-key-learn-navigation button { min-width: 7.5rem; min-height: 2.75rem; }
  .st-key-learn-scene .ls-examples-images { flex-wrap: wrap; overflow-x: visible; }
  @media (max-width: 820px) {
    .stMain .st-key-learn-step[data-testid] { grid-template-columns: minmax(0, 1fr);
      grid-template-rows: none; }
    .st-key-learn-step > div:has(.st-key-learn-scene) { grid-column: 1; grid-row: auto; }
  }
</style>"""

// @ts-check
/** The style sheet of the grid of samples. */

export const SAMPLES_STYLE = `
.ls-samples { display: flex; flex-direction: column; gap: 12px; }
.ls-samples-controls { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 6px 26px; align-items: center; }
.ls-samples-controls > label { display: grid; grid-template-columns: 6.2em minmax(0, 1fr) 5.2em; gap: 8px; align-items: center; }
.ls-samples-controls output { text-align: right; color: var(--ls-muted); white-space: nowrap; }
.ls-samples-seeds, .ls-samples-seeds label { display: flex; align-items: center; gap: 10px; }
.ls-samples-controls .ls-samples-toggle { display: flex; gap: 8px; cursor: pointer; min-height: 34px; }
.ls-samples-toggle input { width: 18px; height: 18px; accent-color: var(--ls-accent); flex: none; margin: 0; }
.ls input.ls-samples-seed { width: 6.4em; min-height: 34px; padding: 0 .6em; border-radius: 8px; border: 1px solid var(--ls-line);
  background: var(--ls-background); color: inherit; font: inherit; }
.ls-samples-scroll { position: relative; height: clamp(280px, calc(100vh - 372px), 1000px); overflow-y: scroll; overflow-x: hidden;
  scrollbar-width: thin; border-radius: 8px; padding: 2px; overscroll-behavior: contain; }
.ls-samples-content { position: relative; }
.ls .ls-samples-tile { position: absolute; left: 0; top: 0; will-change: transform; border-radius: 8px; }
.ls-samples .ls-samples-tile .ls-frame { display: grid; grid-template-columns: minmax(0, 1fr); gap: 4px; padding: 3px; }
.ls-samples-tile:hover .ls-frame { background: var(--ls-surface); }
.ls-samples-tile[aria-pressed=true] { box-shadow: 0 0 0 2px var(--st-text-color); }
.ls-samples-tile > .ls-samples-distance, .ls-samples-tile .ls-samples-name { display: none; }
.ls-samples-tile .ls-frame > canvas:nth-of-type(2) { display: none; }
.ls-samples[data-nearest=true] .ls-samples-tile .ls-frame { grid-template-columns: repeat(2, minmax(0, 1fr)); }
.ls-samples[data-nearest=true] .ls-samples-tile .ls-frame > canvas:nth-of-type(2) { display: block; }
.ls-samples[data-nearest=true] .ls-samples-tile > .ls-samples-distance { display: block; text-align: center; font-size: .87rem; line-height: 20px; color: var(--ls-muted); height: 20px; }
.ls-samples[data-decodes=false] .ls-samples-tile .ls-frame { grid-template-columns: minmax(0, 1fr); }
.ls-samples[data-decodes=false] .ls-samples-tile .ls-frame > canvas:nth-of-type(n) { display: none; }
.ls-samples[data-decodes=false][data-sheet=true] .ls-samples-tile .ls-frame > canvas:nth-of-type(2) { display: block; }
.ls-samples[data-decodes=false][data-sheet=false] .ls-samples-tile .ls-samples-name { display: block; text-align: center; line-height: 26px; }
.ls-samples-legend { min-height: 1.4em; display: flex; flex-wrap: wrap; gap: 4px 18px; align-items: center; }
.ls-samples-legend p { flex: 1 1 20em; }
@container (max-width: 640px) {
  .ls-samples-controls { grid-template-columns: minmax(0, 1fr); }
  .ls-samples-scroll { height: clamp(280px, calc(100vh - 372px), 700px); }
}
`;

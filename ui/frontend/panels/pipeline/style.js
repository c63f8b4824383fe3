// @ts-check
/** The style sheet of the pipeline: a row on a wide page, a column on a phone. */

export const PIPELINE_STYLE = `
.ls-pipeline { --s: 140px; }
.ls-pipeline > div { display: grid; gap: 14px; }
.ls-pipeline-sizes { display: flex; flex-wrap: wrap; align-items: center; gap: .1em .7em; font-size: 1.28rem; font-weight: 300; letter-spacing: -.01em; }
.ls-pipeline-sizes b { font-weight: 650; }
.ls-pipeline-sizes .ls-icon { color: var(--ls-accent); font-size: 1rem; stroke-width: 1.8; }
.ls-pipeline-steps { display: flex; justify-content: space-between; align-items: flex-start; gap: 8px; }
.ls-pipeline-step { display: flex; flex-direction: column; gap: 9px; flex: none; width: var(--s); }
.ls-pipeline-step.ls-of-net { width: calc(var(--s) * .56); }
.ls-pipeline-step.ls-of-code { width: calc(var(--s) * 1.5 + 12px); }
.ls-pipeline-step > .ls-caption b { display: block; color: var(--st-text-color); font-weight: 600; font-size: .88rem; }
.ls-pipeline-step > .ls-caption .ls-caption { display: block; }
.ls-of-code > .ls-caption { min-height: 3.9em; }
.ls-pipeline-connector { flex: 0 1 26px; height: var(--s); display: grid; place-items: center; color: var(--ls-accent); }
.ls-pipeline-connector .ls-icon { width: 22px; height: 22px; stroke-width: 1.4; }
.ls-pipeline-gap { flex: 0 1 10px; }
.ls-pipeline .ls-pipeline-image { width: var(--s); height: var(--s); display: grid; place-items: center; position: relative; border-radius: 5px; }
.ls-pipeline-image .ls-image { max-width: 100%; max-height: 100%; width: 100%; object-fit: contain; }
.ls-pipeline-image.ls-fit .ls-image { position: absolute; inset: 0; margin: auto; width: auto; height: auto; }
.ls-pipeline-image.ls-fit[data-tall] .ls-image { height: 100%; } .ls-pipeline-image.ls-fit[data-wide] .ls-image { width: 100%; }
.ls-pipeline[data-empty] .ls-pipeline-image, .ls-pipeline-image[data-empty] { border: 1px dashed color-mix(in srgb, var(--st-text-color) 28%, transparent); }
.ls-pipeline[data-empty] .ls-pipeline-image canvas { visibility: hidden; }
.ls-pipeline-steps .ls-encoder, .ls-pipeline-steps .ls-decoder { position: relative; width: 100%; flex: none; height: var(--s); overflow: hidden; }
.ls-pipeline-steps .ls-encoder::after, .ls-pipeline-steps .ls-decoder::after { content: ""; position: absolute; inset: 0;
  background: linear-gradient(90deg, transparent, color-mix(in srgb, var(--ls-background) 75%, transparent), transparent);
  transform: translateX(-101%); }
.ls-pipeline[data-flow] .ls-encoder::after { animation: ls-flow .42s ease-in both; }
.ls-pipeline[data-flow] .ls-decoder::after { animation: ls-flow .42s .34s ease-out both; }
@keyframes ls-flow { from { transform: translateX(-101%); } to { transform: translateX(101%); } }
.ls-pipeline-code { display: grid; grid-template-columns: calc(var(--s) * .5) var(--s); gap: 12px; height: var(--s); }
.ls-pipeline-map { position: relative; width: var(--s); height: var(--s); border-radius: 6px; overflow: hidden;
  background: var(--ls-surface); box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--st-text-color) 10%, transparent); }
.ls-pipeline-map canvas { position: absolute; inset: 5%; width: 90%; height: 90%; }
.ls-pipeline-map > div { position: absolute; inset: 5%; pointer-events: none; }
.ls-pipeline-map > div > i { position: absolute; left: 0; top: 0; width: 100%; height: 100%; transition: transform .18s ease-out; }
.ls-pipeline-map > div > i::after { content: ""; position: absolute; left: -8px; top: -8px; width: 16px; height: 16px; border-radius: 50%;
  background: var(--ls-accent); border: 3px solid var(--ls-background); box-shadow: 0 0 0 2px var(--ls-accent), 0 2px 8px rgb(0 0 0 / .35); }
.ls-pipeline-verdict { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; }
.ls .ls-pipeline-verdict[hidden] { display: none; }
.ls-pipeline-sentence { font-size: 1.02rem; } .ls-pipeline-unusual .ls-pipeline-sentence { font-weight: 600; }
.ls-pipeline-unusual .ls-pipeline-output { outline: 2px dashed var(--ls-accent); outline-offset: 3px; }
.ls-pipeline-thumbs { display: flex; gap: 8px; overflow-x: auto; padding: 4px 3px; scrollbar-width: thin; align-items: stretch; }
.ls-pipeline-thumbs button { flex: none; display: grid; gap: 4px; align-content: start; width: 66px; text-align: center; border-radius: 6px; padding: 5px; }
.ls-pipeline-thumbs button .ls-surface { display: grid; place-items: center; height: 56px; }
.ls-pipeline-thumbs button .ls-image { max-width: 56px; max-height: 56px; width: auto; min-width: 30px; }
.ls-pipeline-thumbs button[data-tall] .ls-image { height: 56px; } .ls-pipeline-thumbs button[data-wide] .ls-image { width: 56px; }
.ls-pipeline-thumbs button:hover .ls-image { box-shadow: 0 0 0 2px color-mix(in srgb, var(--ls-accent) 55%, transparent); }
.ls-pipeline-thumbs button[aria-pressed=true] { background: var(--ls-tint); }
.ls-pipeline-thumbs button[aria-pressed=true] .ls-image { box-shadow: 0 0 0 2px var(--ls-accent); }
.ls-pipeline-thumbs .ls-refused { flex: none; display: grid; grid-template-columns: auto 1fr; gap: 2px 8px; width: 250px; padding: 7px 10px;
  border-radius: 8px; border: 1px dashed color-mix(in srgb, var(--st-text-color) 35%, transparent); align-content: start; }
.ls-refused .ls-icon { grid-row: 1 / 3; margin-top: 2px; font-size: 1.05rem; }
.ls-refused b { font-weight: 600; font-size: .87rem; }
.ls-pipeline-more { align-self: center; flex: none; padding: 0 8px; }
@container (max-width: 760px) {
  .ls-pipeline-steps { flex-direction: column; gap: 9px; }
  .ls-pipeline .ls-pipeline-step { flex-direction: row; align-items: center; gap: 16px; width: 100%; }
  .ls-pipeline-step > .ls-caption { font-size: .88rem; min-height: 0; flex: 1; min-width: 0; }
  .ls-pipeline-connector { height: auto; width: var(--s); flex: none; } .ls-pipeline-connector .ls-icon { transform: rotate(90deg); }
  .ls-pipeline-gap { display: none; }
  .ls-pipeline-steps .ls-encoder, .ls-pipeline-steps .ls-decoder { width: var(--s); height: calc(var(--s) * .46); }
  .ls-pipeline-steps .ls-encoder { clip-path: polygon(0 0, 100% 0, 67% 100%, 33% 100%); }
  .ls-pipeline-steps .ls-decoder { clip-path: polygon(33% 0, 67% 0, 100% 100%, 0 100%); }
  .ls-pipeline-steps .ls-encoder { background: linear-gradient(180deg, color-mix(in srgb, var(--ls-accent) 26%, var(--ls-background)), var(--ls-accent)); }
  .ls-pipeline-steps .ls-decoder { background: linear-gradient(0deg, color-mix(in srgb, var(--ls-accent) 26%, var(--ls-background)), var(--ls-accent)); }
  .ls-pipeline .ls-pipeline-step.ls-of-code { flex-direction: column; align-items: flex-start; gap: 6px; }
  .ls-pipeline-steps .ls-pipeline-code { grid-template-columns: var(--s) var(--s); gap: 16px; }
  .ls-pipeline-sizes { font-size: 1.1rem; }
}
`;

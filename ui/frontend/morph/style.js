// @ts-check
/** The style sheet of the morph page. */

export const MORPH_STYLE = `
.ls-morph { --side: 12.6%; display: grid; gap: 10px; }
.ls-morph-top { --low: calc(100vh - 505px); /* what a low window leaves beside timeline, buttons and one strip */
  display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, clamp(190px, var(--low), 324px)) minmax(0, 1fr); gap: 14px; align-items: end; }
.ls-morph-top .ls-endpoint { width: 118px; }
.ls-morph-top .ls-endpoint:first-child { justify-self: start; }
.ls-morph-top .ls-endpoint:last-child { justify-self: end; }
.ls-morph-row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; }
.ls-morph-row .ls-morph-tray { margin-left: auto; }
.ls-morph-foot { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 14px; }
.ls-smooth { display: inline-flex; align-items: center; gap: .4em; font-size: .87rem; color: var(--ls-muted); cursor: pointer; }
.ls-smooth input { margin: 0; accent-color: var(--ls-accent); }
.ls-endpoint-head { display: flex; align-items: center; gap: 6px; min-width: 0; }
.ls-endpoint-badge { flex: none; min-width: 21px; height: 21px; padding: 0 5px; border-radius: 11px; display: grid; place-items: center;
  font-size: .87rem; font-weight: 650; background: var(--ls-surface); box-shadow: inset 0 0 0 1px var(--ls-line); }
.ls-morph-waypoints-image { display: grid; justify-items: center; }
.ls-morph-waypoints-image .ls-decoded { width: min(100%, 212px); }
.ls-morph-waypoints { gap: 6px; }
.ls-four-corners-top { display: grid; grid-template-columns: minmax(0, 2.4fr) minmax(0, 1fr); gap: 18px; align-items: center; }
.ls-four-corners-square { display: grid; grid-template-columns: 78px minmax(0, 1fr) 78px; gap: 8px; align-items: stretch; }
.ls-four-corners-square .ls-pad { grid-area: 1 / 2 / 3 / 3; }
.ls-four-corners-square .ls-endpoint { grid-column: 1; grid-row: 1; align-self: start; }
.ls-four-corners-square .ls-endpoint:nth-child(2) { grid-column: 3; }
.ls-four-corners-square .ls-endpoint:nth-child(3) { grid-row: 2; align-self: end; }
.ls-four-corners-square .ls-endpoint:nth-child(4) { grid-column: 3; grid-row: 2; align-self: end; }
.ls-four-corners-image { display: grid; gap: 12px; }
.ls-endpoint-pair .ls-image { max-width: 112px; }
.ls-four-corners-top .ls-endpoint-head { flex-direction: column; gap: 3px; }
.ls-four-corners-top .ls-endpoint-label { font-size: .87rem; text-align: center; }
@container (min-width: 900px) {
  .ls-morph-top { grid-template-columns: minmax(0, 1fr) minmax(0, clamp(190px, var(--low), 436px)) minmax(0, 1fr); }
  .ls-morph-top .ls-endpoint { width: 146px; }
  .ls-morph-top .ls-endpoint-pair .ls-image { max-width: 128px; }
}
@media (max-height: 840px) {
  .ls-morph-top .ls-endpoint-pair .ls-image { max-width: 62px; }
  .ls-morph-top .ls-endpoint { gap: 3px; padding-block: 4px; }
}
@container (max-width: 560px) {
  .ls-morph-top { grid-template-columns: 66px minmax(0, 1fr) 66px; gap: 8px; }
  .ls-morph-top .ls-endpoint { width: 66px; padding: 5px; }
  .ls-morph-top .ls-endpoint-pair { grid-template-columns: minmax(0, 1fr); }
  .ls-morph-top .ls-endpoint-pair .ls-caption { display: none; }
  .ls-morph-top .ls-endpoint-head { flex-direction: column; gap: 3px; }
  .ls-morph-top .ls-endpoint-label { font-size: .87rem; text-align: center; }
  .ls-four-corners-top { grid-template-columns: 78px minmax(0, 1fr) 78px; gap: 10px 8px; }
  .ls-four-corners-square, .ls-four-corners-image { display: contents; }
  .ls-four-corners-top .ls-decoded { grid-area: 1 / 2 / 2 / 3; }
  .ls-four-corners-square .ls-pad { grid-area: 2 / 1 / 3 / 4; }
  .ls-four-corners-square .ls-endpoint:nth-child(n + 3) { grid-row: 3; align-self: start; }
  .ls-four-corners-image .ls-morph-row { grid-area: 3 / 2 / 4 / 3; justify-content: center; align-self: start; }
  .ls-four-corners-image .ls-morph-row .ls-morph-tray { margin: 0; }
}
`;

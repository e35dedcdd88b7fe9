const widths = [0, 72, 96, 120, 150, 180, 215, 255, 300];

/** The pages' style sheet. */
export const style = `
* { box-sizing: border-box; }
body { margin: 0; font: 13px/1.4 Arial, Helvetica, sans-serif; color: #202124; background: #f9fbfd; }
.app { display: flex; flex-direction: column; height: 100vh; }
.banner { margin: 0; padding: 7px 16px; display: flex; gap: 6px 14px; flex-wrap: wrap; align-items: baseline;
  background: #fef7e0; border-bottom: 1px solid #f9d36b; color: #5f4300; font-size: 13px; }
header { display: flex; align-items: center; gap: 10px; padding: 10px 16px 8px; }
.icon { width: 34px; height: 34px; flex: none; }
h1 { margin: 0; font-size: 18px; font-weight: 400; }
.status { margin: 1px 0 0; font-size: 12px; color: #5f6368; display: flex; align-items: center; gap: 6px; }
.live { width: 7px; height: 7px; border-radius: 50%; background: #34a853; }
.lost .live { background: #d93025; }
.tools { display: flex; gap: 6px; flex-wrap: wrap; padding: 0 14px 8px; flex: none; }
.tools [role=group] { display: flex; border: 1px solid #dadce0; border-radius: 7px; background: #fff; overflow: hidden; }
.tools button { border: 0; border-left: 1px solid #e8eaed; padding: 5px 11px; background: none; color: #3c4043; font: inherit; cursor: pointer; white-space: nowrap; }
.tools button:first-child { border-left: 0; }
.tools button:hover, #menu button:hover, #menu button:focus-visible { background: #e6f4ea; }
.tools button:focus-visible { outline: 2px solid #188038; outline-offset: -2px; }
#menu { position: fixed; z-index: 9; min-width: 250px; padding: 5px 0; background: #fff; border: 1px solid #dadce0; border-radius: 7px; box-shadow: 0 3px 12px rgb(60 64 67 / 28%); }
#menu [role=group] + [role=group] { border-top: 1px solid #e8eaed; margin-top: 4px; padding-top: 4px; }
#menu button { display: flex; align-items: baseline; justify-content: space-between; gap: 22px; width: 100%; padding: 6px 16px; border: 0; background: none; color: #202124; font: inherit; text-align: left; cursor: pointer; outline: none; }
#menu small { color: #80868b; }
.bar { display: flex; align-items: stretch; border-block: 1px solid #dadce0; background: #fff; height: 29px; flex: none; }
.bar output { padding: 5px 10px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
#place { width: 76px; border-right: 1px solid #dadce0; }
.fx { padding: 5px 10px; color: #5f6368; font-style: italic; border-right: 1px solid #dadce0; }
#content { flex: 1; }
#grid { flex: 1; overflow: auto; background: #fff; outline: none; }
#grid table { border-collapse: separate; border-spacing: 0; table-layout: fixed; width: 0; }
col.numbers { width: 46px; }
${widths.map((width, index) => `col.w${index} { width: ${width}px; }`).join('\n')}
#grid th, #grid td { height: 24px; line-height: 18px; }
#grid th { background: #f8f9fa; font-weight: 400; color: #575b5f; font-size: 12px; text-align: center; user-select: none;
  border-right: 1px solid #d5d8dc; border-bottom: 1px solid #d5d8dc; }
#grid thead th { position: sticky; top: 0; z-index: 2; }
#grid tbody th { position: sticky; left: 0; z-index: 1; }
#grid thead th:first-child { left: 0; z-index: 3; }
#grid td { padding: 2px 5px; border-right: 1px solid #e4e6e9; border-bottom: 1px solid #e4e6e9;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; cursor: cell; }
#grid tbody tr:first-child > * { position: sticky; top: 24px; z-index: 1; background: #fff; }
#grid tbody tr:first-child > th { z-index: 2; background: #f8f9fa; }
#grid tbody tr:first-child td:not(:empty) { font-weight: 700; background: #e6f4ea; }
#grid td.number { text-align: right; font-variant-numeric: tabular-nums; }
#grid td.error { text-align: center; color: #b3261e; }
#grid tr.hidden > * { color: #9aa0a6; background: #f1f3f4; }
#grid td.selected { outline: 2px solid #1a73e8; outline-offset: -2px; }
#grid th.selected { background: #d3e3fd; color: #041e49; }
#grid td.changed { animation: changed 2.5s ease-out; }
@keyframes changed { from { background: #ceead6; } }
#grid td.editing { padding: 0; overflow: visible; outline: none; }
#grid td.editing:not(tr:first-child > td) { position: relative; }
#grid td input { position: absolute; inset: -1px auto auto -1px; width: calc(100% + 2px); min-width: 220px; height: 26px; z-index: 4; padding: 2px 5px; font: inherit;
  border: 2px solid #1a73e8; outline: none; box-shadow: 0 2px 6px rgb(60 64 67 / 30%); background: #fff; }
nav { display: flex; gap: 2px; padding: 0 12px; background: #f1f3f4; border-top: 1px solid #dadce0; height: 36px; align-items: stretch; flex: none; overflow-x: auto; }
nav a { display: flex; align-items: center; gap: 6px; padding: 0 14px; color: #444746; text-decoration: none; white-space: nowrap; }
nav a:hover { background: #e4e7ea; }
nav a[aria-current] { color: #0d652d; background: #e6f4ea; font-weight: 700; }
nav small { color: #80868b; font-weight: 400; }
.problem { color: #b3261e; }
.index { max-width: 860px; padding: 20px 24px; }
.index h2 { font-size: 14px; margin: 22px 0 6px; }
.index ul { margin: 0; padding-left: 20px; }
.index table { border-collapse: collapse; }
.index th, .index td { text-align: left; padding: 5px 16px 5px 0; border-bottom: 1px solid #e4e6e9; font-weight: 400; vertical-align: top; }
.index th { color: #5f6368; white-space: nowrap; }
main.consent { max-width: 440px; margin: 7vh auto; padding: 34px 36px 26px; background: #fff; border: 1px solid #dadce0; border-radius: 14px; font-size: 14px; }
.consent h1 { font-size: 24px; }
.consent .english, .consent small { color: #5f6368; font-weight: 400; }
.consent h1 + .english { margin: 2px 0 20px; }
.consent fieldset { margin: 0; padding: 0; border: 0; }
.account { display: flex; align-items: center; gap: 12px; padding: 9px 10px; border-radius: 8px; border: 1px solid transparent; cursor: pointer; }
.account:hover { background: #f1f3f4; }
.account:has(:checked) { background: #e8f0fe; border-color: #aecbfa; }
.account img { width: 34px; height: 34px; border-radius: 50%; }
.account strong, .account small, .consent li small { display: block; }
.consent ul { margin: 8px 0 22px; padding-left: 20px; }
.consent li { margin-bottom: 6px; }
.consent .buttons { display: flex; justify-content: flex-end; gap: 10px; }
.consent button { padding: 8px 20px; border-radius: 999px; border: 1px solid #747775; background: #fff; color: #0b57d0; font: inherit; font-weight: 700; cursor: pointer; }
.consent button.primary { background: #0b57d0; border-color: #0b57d0; color: #fff; }
.consent button.primary small { color: #d3e3fd; }
.consent button:focus-visible { outline: 2px solid #0b57d0; outline-offset: 2px; }
.consent .client { margin: 22px 0 0; color: #80868b; font-size: 12px; overflow-wrap: anywhere; }
@media (prefers-reduced-motion: reduce) { #grid td.changed { animation: none; } }
`;

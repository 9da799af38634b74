#include "tools/report/page_assets.h"

namespace quy::tools {

// Without `&` and `<`, so that the page stays well-formed XML. Levels go from the best; each colour is told from its neighbours in grey too.
const std::string_view kReportStyle = R"css(
main { max-width: 72rem; }
nav { margin: .75rem 0 1.25rem; text-align: center; }
nav a { display: inline-block; margin: 0 .5rem; color: var(--accent); }
:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px; }
.figures { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: center; margin: 1rem 0; padding: 0; list-style: none; }
.figures li { flex: 1 1 8rem; max-width: 13rem; padding: .6rem .75rem; border: 1px solid var(--line); text-align: center; }
.figures strong { display: block; font-size: 1.6rem; }
.legend { margin: .5rem 0; } .legend > span { margin-right: 1.1rem; white-space: nowrap; font-size: .9rem; }
.key { display: inline-block; width: .9em; height: .9em; border: 1px solid #555; vertical-align: -.1em; }
.level-0 { fill: #0f5132; background: #0f5132; } .level-1 { fill: #6aa6d8; background: #6aa6d8; } .level-2 { fill: #e9c46a; background: #e9c46a; }
.level-3 { fill: #9b2226; background: #9b2226; } .level-4 { fill: #b8a1d9; background: #b8a1d9; } .level-5 { fill: #495057; background: #495057; }
.undecided { fill: #adb5bd; background: #adb5bd; } .authority { fill: #7b5ea7; background: #7b5ea7; } .gap { fill: #f4a261; background: #f4a261; }
.not-rated { fill: #e9ecef; background: #e9ecef; }
.within { fill: #0f5132; background: #0f5132; } .tied { fill: #e9c46a; background: #e9c46a; } .beyond { fill: #9b2226; background: #9b2226; }
.open { fill: #adb5bd; background: #adb5bd; }
svg { display: block; width: 100%; height: 1.4rem; } svg rect { stroke: #fff; stroke-width: 1; }
svg text { text-anchor: middle; dominant-baseline: central; font-size: 12px; font-family: sans-serif; fill: #111; }
svg .on-level-0, svg .on-level-3, svg .on-level-5, svg .on-authority, svg .on-within, svg .on-beyond { fill: #fff; }
.narrow { margin: .1rem 0 0; text-align: right; font-size: .8rem; } .narrow span { display: inline-block; margin-left: .8em; }
table.bars th.name { width: 34%; } table.bars tbody th { font-weight: normal; } table.bars .count { width: 5.5rem; text-align: right; }
table.bars td, table.bars th { padding: .25rem .5rem; }
td.number, th.number { color: inherit; } td.number { text-align: right; }
table.plain { table-layout: auto; } table.plain td:last-child, table.plain th:last-child { width: 6.5rem; text-align: right; }
table.clauses td:first-child { width: 7rem; white-space: nowrap; }
table.quotas { margin-top: .75rem; table-layout: auto; } table.quotas th { overflow-wrap: break-word; } table.quotas tbody th { font-weight: normal; }
table.quotas td.number { white-space: nowrap; }
table.rejects { table-layout: auto; } table.rejects td:first-child { white-space: nowrap; } table.rejects td:nth-child(2) { width: 30%; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0; }
.tools input, .tools select, button, a.button { padding: .4rem .6rem; border: 1px solid var(--line); background: #fff; font: inherit; font-size: .95rem; }
.tools input { flex: 1 1 100%; } #filters { display: contents; } .tools select { flex: 0 1 auto; max-width: 16rem; }
button { cursor: pointer; } a.button { color: inherit; text-decoration: none; } [hidden] { display: none !important; }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; }
table.records { table-layout: auto; } table.records tbody tr { cursor: pointer; } table.records tbody tr:hover { background: var(--soft); }
table.records a { color: var(--accent); } table.records .record { min-width: 5.5rem; } table.records .unit, table.records .cohort { min-width: 4rem; }
table.records .period, table.records .number { white-space: nowrap; } table.records .rating { min-width: 9rem; }
.badge { display: block; padding-left: .5em; border-left: .8em solid; background: none; }
.badge.level-0 { border-color: #0f5132; } .badge.level-1 { border-color: #6aa6d8; } .badge.level-2 { border-color: #e9c46a; } .badge.level-3 { border-color: #9b2226; }
.badge.level-4 { border-color: #b8a1d9; } .badge.level-5 { border-color: #495057; } .badge.undecided { border-color: #adb5bd; } .badge.authority { border-color: #7b5ea7; }
.badge.gap { border-color: #f4a261; } .badge.not-rated { border-color: #dee2e6; }
#record:empty { display: none; } #record h2 { margin-top: 1rem; } #record h2:focus { outline: 0; }
#record h3 { margin-top: 1rem; } #record ul { list-style: none; padding-left: 0; } #record ul ul { padding-left: 1.2em; }
body.one-record main > *:not(#record, header, footer) { display: none; }
#record li { padding-left: 1.3em; } #record li::before { display: inline-block; width: 1.3em; margin-left: -1.3em; }
.m1::before { content: "✓"; color: #0f5132; } .m2::before { content: "✗"; color: #9b2226; } .m3::before { content: "?"; color: #5b3f8c; } .m4::before { content: "–"; }
.m0::before { content: "·"; }
table.stages { table-layout: auto; } table.stages td.number { white-space: nowrap; } table.stages td:first-child { width: 9rem; }
table.points { table-layout: auto; } table.points td.number { white-space: nowrap; }
table.points tr.g td { background: var(--soft); font-weight: bold; } table.points .notes { font-weight: normal; }
@media print {
  @page { size: A4 portrait; margin: 15mm; }
  nav, .tools, .buttons, #more { display: none; }
  header .pack { margin-bottom: .5rem; } svg text { font-size: 11px; }
  .bars tr, .figures, .legend, #record li:not(:has(ul)) { break-inside: avoid; } .legend { break-after: avoid; }
  table.records td { padding: .15rem .4rem; font-size: 9.5pt; } table.records a { color: inherit; text-decoration: none; } .figures strong { font-size: 15pt; } .figures { gap: .4rem; } .figures li { flex-basis: 5rem; padding: .3rem; font-size: 9.5pt; }
  svg, .key, .badge { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)css";

}  // namespace quy::tools

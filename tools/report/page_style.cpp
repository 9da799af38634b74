#include "tools/report/page_assets.h"

namespace quy::tools {

// Without `&` and `<`, so that the page stays well-formed XML. Levels go from the best; each colour is told from its neighbours in grey too.
const std::string_view kReportStyle = R"css(
main { max-width: 72rem; }
nav { margin: 0 0 1rem; text-align: center; }
nav a { margin: 0 .5rem; color: var(--accent); }
.figures { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: center; margin: 1rem 0; padding: 0; list-style: none; }
.figures li { min-width: 8rem; padding: .6rem 1rem; border: 1px solid var(--line); text-align: center; }
.figures strong { display: block; font-size: 1.6rem; }
.legend { margin: .5rem 0; } .legend > span { margin-right: 1.1rem; white-space: nowrap; font-size: .9rem; }
.key { display: inline-block; width: .9em; height: .9em; border: 1px solid #555; vertical-align: -.1em; }
.level-0 { fill: #0f5132; background: #0f5132; } .level-1 { fill: #6aa6d8; background: #6aa6d8; } .level-2 { fill: #e9c46a; background: #e9c46a; }
.level-3 { fill: #9b2226; background: #9b2226; } .level-4 { fill: #b8a1d9; background: #b8a1d9; } .level-5 { fill: #495057; background: #495057; }
.undecided { fill: #ced4da; background: #ced4da; } .authority { fill: #7b5ea7; background: #7b5ea7; } .gap { fill: #f4a261; background: #f4a261; }
.not-rated { fill: #f1f3f5; background: #f1f3f5; }
svg { display: block; width: 100%; height: 1.4rem; } svg rect { stroke: #fff; stroke-width: 1; }
svg text { text-anchor: middle; font-size: 13px; font-family: sans-serif; fill: #111; }
svg .on-level-0, svg .on-level-3, svg .on-level-5, svg .on-authority { fill: #fff; }
table.bars th.name { width: 34%; font-weight: normal; } table.bars .count { width: 6.5rem; text-align: right; }
table.bars td, table.bars th { padding: .25rem .5rem; }
td.number, th.number { text-align: right; }
table.plain { table-layout: auto; } table.plain td:last-child, table.plain th:last-child { width: 8rem; }
table.levels { table-layout: auto; } table.levels td { text-align: right; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0; }
.tools input, .tools select, button { padding: .4rem .6rem; border: 1px solid var(--line); background: #fff; font: inherit; font-size: .95rem; }
.tools input { flex: 1 1 16rem; } .tools select { max-width: 16rem; }
button { cursor: pointer; }
table.records { table-layout: auto; } table.records tbody tr { cursor: pointer; } table.records tbody tr:hover { background: var(--soft); }
table.records button { padding: 0; border: 0; background: none; color: var(--accent); text-decoration: underline; }
.badge { display: inline-block; padding: 0 .4em; border-left: .8em solid; background: none; }
.badge.level-0 { border-color: #0f5132; } .badge.level-1 { border-color: #6aa6d8; } .badge.level-2 { border-color: #e9c46a; } .badge.level-3 { border-color: #9b2226; }
.badge.level-4 { border-color: #b8a1d9; } .badge.level-5 { border-color: #495057; } .badge.undecided { border-color: #ced4da; } .badge.authority { border-color: #7b5ea7; }
.badge.gap { border-color: #f4a261; } .badge.not-rated { border-color: #dee2e6; }
#record { margin: 1rem 0; padding: 1rem 1.25rem; border: 2px solid var(--accent); } #record:empty { display: none; }
#record h3 { margin-top: 1rem; } #record ul { list-style: none; padding-left: 1.2em; } #record ul ul { padding-left: 1.6em; }
#record li { text-indent: -1.2em; padding-left: 1.2em; }
.m1::before { content: "✓ "; color: #0f5132; } .m2::before { content: "✗ "; color: #9b2226; } .m3::before { content: "? "; color: #7b5ea7; } .m4::before { content: "– "; }
.m0::before { content: "· "; }
table.points { table-layout: auto; } table.points td.number { white-space: nowrap; }
table.points tr.g td { background: var(--soft); font-weight: bold; } table.points .notes { font-weight: normal; }
@media print {
  @page { size: A4 portrait; margin: 15mm; }
  nav, .tools, button, #more { display: none; }
  body.one-record main > *:not(#records-section) { display: none; } body.one-record #records-section > *:not(#record) { display: none; }
  body.one-record #record { border: 0; padding: 0; }
  table.records { font-size: 9.5pt; } .bars tr, .figures { break-inside: avoid; }
  svg, .key, .badge { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)css";

}  // namespace quy::tools

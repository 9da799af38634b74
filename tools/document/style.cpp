#include "tools/document/style.h"

namespace quy::tools {

// Without `&` and `<`, so that the page stays well-formed XML.
const std::string_view kStyle = R"css(
:root { --line: #8a8f98; --soft: #f3f4f6; --quiet: #4b5563; --accent: #7a1420; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: #e9eaec; color: #111; line-height: 1.45;
  font-family: "Times New Roman", "Liberation Serif", "Noto Serif", "DejaVu Serif", serif; font-size: 16px; }
main { max-width: 60rem; margin: 1.5rem auto; padding: 3rem 3.25rem; background: #fff; box-shadow: 0 1px 4px rgba(0, 0, 0, .2); }
header .pack { margin: 0 0 1.75rem; text-align: center; font-size: 1rem; }
h1 { margin: 0; text-align: center; text-transform: uppercase; font-size: 1.5rem; letter-spacing: .02em; }
header .subject { margin: .3rem auto 1.75rem; max-width: 44rem; text-align: center; font-weight: bold; font-size: 1.2rem; }
h2 { margin: 2.25rem 0 .75rem; padding-bottom: .25rem; border-bottom: 2px solid var(--accent); color: var(--accent); font-size: 1.2rem; }
h3 { margin: 1.75rem 0 .5rem; font-size: 1.05rem; }
p { margin: .25rem 0; }
table + p { margin-top: .6rem; }
ul { margin: .15rem 0; padding-left: 1.15em; }
li { margin: .1rem 0; }
ul.plain, ul.options { padding-left: 0; list-style: none; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { padding: .4rem .5rem; border: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: var(--soft); text-align: center; vertical-align: middle; font-size: .9rem; }
tr.group th { background: var(--soft); font-weight: bold; font-size: .95rem; }
tr.group.inner th { padding-left: 1.5rem; font-style: italic; }
tr.group th p { font-weight: normal; }
td { font-size: .95rem; }
td.most, td.total { text-align: center; }
td p:first-child, td ul:first-child { margin-top: 0; }
tr.column td.name { padding-left: 1.5rem; }
.number { color: var(--quiet); }
.clause { color: var(--quiet); font-size: .82rem; font-weight: normal; font-style: normal; }
.detail, .note, .left-out, .guidance { color: var(--quiet); font-size: .88rem; }
.loss { margin: .25rem 0; }
.rows { list-style: none; padding-left: .75em; }
.mark { font-family: "Noto Sans Symbols 2", "DejaVu Sans", "Segoe UI Symbol", sans-serif; }
code { font-family: "Noto Sans Mono", "DejaVu Sans Mono", Consolas, monospace; font-size: .8em; overflow-wrap: anywhere; }
table.facts { margin-bottom: 1rem; }
table.facts th, table.facts td { padding: .2rem .5rem .2rem 0; border: 0; }
table.facts th { width: 11.5rem; font-weight: normal; font-size: .95rem; color: var(--quiet); }
table.overview { width: auto; min-width: 60%; table-layout: auto; }
th.criterion { width: 25%; } table.criteria th.most { width: 9%; } th.scoring { width: 38%; } table.criteria th.evidence { width: 28%; }
th.level { width: 24%; } th.total { width: 18%; } table.cases th.cited { width: 22%; }
th.question { width: 36%; } th.by { width: 22%; }
table.evidence th.evidence { width: 36%; } th.kind { width: 26%; } th.source { width: 13%; } th.id { width: 25%; }
table.signature { margin-top: 3rem; break-inside: avoid; }
table.signature td { border: 0; height: 9rem; text-align: center; }
.role { text-transform: uppercase; font-weight: bold; }
footer { margin-top: 1.5rem; padding-top: .5rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .8rem; }
@media screen and (max-width: 44rem) {
  main { margin: 0; padding: 1.25rem 1rem; box-shadow: none; }
  body { background: #fff; }
  table:not(.overview):not(.facts):not(.signature) thead { display: none; }
  table:not(.overview):not(.facts):not(.signature),
  table:not(.overview):not(.facts):not(.signature) :is(tbody, tr, th, td) { display: block; width: auto; }
  table:not(.overview):not(.facts):not(.signature) tr { margin-bottom: .75rem; border: 1px solid var(--line); }
  table:not(.overview):not(.facts):not(.signature) :is(th, td) { border: 0; text-align: left; }
  td[data-label]::before { content: attr(data-label) ": "; display: block; color: var(--quiet); font-size: .8rem; }
  table.facts th { width: 36%; }
  table.overview { width: 100%; }
}
@page { size: A4 portrait; margin: 20mm 15mm 20mm 20mm; @bottom-center { content: counter(page); font: 11pt "Times New Roman", "Noto Serif", serif; } }
@media print {
  body { background: none; font-size: 12pt; line-height: 1.35; }
  main { max-width: none; margin: 0; padding: 0; box-shadow: none; }
  h1 { font-size: 15pt; } header .subject { font-size: 13pt; } h2 { font-size: 13pt; } h3 { font-size: 12pt; }
  td, table.facts th, tr.group th { font-size: 10.5pt; } table.facts td, table.facts th { font-size: 11.5pt; } thead th { font-size: 10pt; }
  .clause, .detail, .note, .left-out, .guidance { font-size: 9pt; }
  table.evidence td { padding: .2rem .4rem; font-size: 10pt; }
  h2, h3, tr.group { break-after: avoid; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  table { width: calc(100% - 1px); }
  p, li { orphans: 2; widows: 2; }
  thead th, tr.group th { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)css";

}  // namespace quy::tools

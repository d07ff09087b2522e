"""The look of the report's page: light and dark, screen and paper. One style sheet, nothing loaded."""

# ruff: noqa: E501 - a style sheet, one rule a line

STYLE = """
:root { color-scheme: light dark; --page: #fff; --ink: #1c2430; --soft: #5a6675; --line: #d9dee5; --band: #f4f6f9;
  --c1: #2b6cb0; --c2: #2c9c8f; --c3: #8a95a5; --good: #2f855a; --warn: #b7791f; --bad: #c53030; }
@media (prefers-color-scheme: dark) { :root { --page: #14181e; --ink: #e4e9f0; --soft: #9aa7b7; --line: #323b47;
  --band: #1c222a; --c1: #63a4e8; --c2: #4fc3b4; --c3: #7d8896; --good: #58b888; --warn: #dfa94a; --bad: #f07d7d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 62rem; background: var(--page); color: var(--ink);
  font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .3rem; }
h3 { font-size: 1rem; margin: 1.3rem 0 .3rem; }
p { margin: .2rem 0 .6rem; } .rule, .meta { color: var(--soft); font-size: .85rem; }
code { font: .85em ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
nav { margin: 1rem 0 0; font-size: .85rem; display: flex; flex-wrap: wrap; gap: .2rem .9rem; } nav a { color: var(--c1); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: .6rem; margin: 1.2rem 0 0; }
.tile { border: 1px solid var(--line); border-radius: 6px; padding: .6rem .75rem; background: var(--band); }
.tile b { display: block; font-size: 1.2rem; white-space: nowrap; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: .8rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .86rem; margin: .4rem 0 0; }
th, td { text-align: left; padding: .28rem .55rem; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { background: var(--band); border-bottom: 2px solid var(--line); position: sticky; top: 0; font-size: .8rem; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } thead .n { white-space: normal; }
td.moment, td.date { white-space: nowrap; font-variant-numeric: tabular-nums; }
tbody th { font-size: .9rem; padding-top: .9rem; background: var(--page); }
.inv { content-visibility: auto; contain-intrinsic-size: auto 14rem; } .history { table-layout: fixed; } .history .at { width: 9.5rem; } .history .how { width: 10.5rem; }
.history td { overflow-wrap: anywhere; } .history .w { white-space: pre-line; }
.history .s { font: .72rem ui-monospace, Menlo, Consolas, monospace; color: var(--soft); white-space: normal; }
.patterns td:last-child { white-space: nowrap; }
.none { color: var(--soft); }
.chart { width: 100%; height: auto; margin: .5rem 0 .2rem; } .chart text { fill: var(--soft); font-size: 11px; }
.chart .axis { stroke: var(--soft); } .chart .grid { stroke: var(--line); stroke-dasharray: 3 3; }
.texts { fill: var(--c1); background: var(--c1); } .mails { fill: var(--c2); background: var(--c2); }
.plain { fill: var(--c3); background: var(--c3); } .good { fill: var(--good); } .warn { fill: var(--warn); }
.bad { fill: var(--bad); }
.key { font-size: .8rem; color: var(--soft); } .key i { display: inline-block; width: .7rem; height: .7rem;
  border-radius: 2px; margin: 0 .3rem 0 .9rem; } .key i:first-child { margin-left: 0; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .6rem; }
@media print {
  :root { color-scheme: light; --page: #fff; --ink: #000; --soft: #444; --line: #bbb; --band: #f2f2f2; --c1: #2b6cb0;
    --c2: #2c9c8f; --c3: #8a95a5; --good: #2f855a; --warn: #b7791f; --bad: #c53030; }
  @page { size: A4; margin: 14mm 12mm 16mm; }
  body { max-width: none; padding: 0; font-size: 9.5pt; } nav { display: none; } .scroll { overflow: visible; }
  thead { display: table-header-group; } thead th { position: static; }
  tr, .tile, .chart { break-inside: avoid; } h2, h3, .rule, tbody th { break-after: avoid; }
  table { font-size: 8pt; } .tile, thead th, .chart rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .tile b { font-size: 1rem; } .history .s { font-size: 6.5pt; } .history .at { width: 7.5rem; }
  .history .how { width: 8.5rem; }
}
"""

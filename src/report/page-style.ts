/**
 * Colours of pages and figures, light and dark. Series have colours of Okabe and Ito's palette, which
 * people with any kind of colour vision tell apart, darker on white and lighter on black so that each has
 * a contrast of at least 3 : 1 to its ground.
 */
export const colourStyle = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf6; --sheet: #ffffff; --ink: #1d2126; --soft: #545c66; --line: #d9d6cd; --link: #0b5fa5;
  --series-1: #0072b2; --series-2: #b04a00; --series-3: #007a58; --series-4: #a8437f; --series-5: #5c5c5c;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --sheet: #1b1f24; --ink: #e9e6df; --soft: #a9b1ba; --line: #363c44; --link: #7cbcf2;
    --series-1: #56b4e9; --series-2: #f0a04b; --series-3: #3fcf9f; --series-4: #e39ac6; --series-5: #c0c0c0;
  }
}
`;

/** The style of the HTML report. */
export const pageStyle = `${colourStyle}
:root { --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'URW Palladio L', P052, Georgia, serif; }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 400 1rem/1.5 var(--sans); -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 86rem; padding: 2rem clamp(0.75rem, 3vw, 2.5rem) 4rem; }
h1, h2 { font-family: var(--serif); font-weight: 600; line-height: 1.2; }
h1 { font-size: 2.2rem; margin: 0 0 0.5rem; }
h2 { font-size: 1.5rem; margin: 3rem 0 0.5rem; }
p { margin: 0 0 1rem; max-width: 44rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 0; padding: 0; }
code { font-size: 0.92em; }
.scroll { overflow-x: auto; margin: 1.5rem 0 0.5rem; }
table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0 0 0.4rem; position: sticky; left: 0; }
caption span { display: block; max-width: min(44rem, calc(100vw - 2rem)); }
thead th { border-bottom: 1.5px solid var(--ink); vertical-align: bottom; }
tbody tr:last-child > * { border-bottom: 1.5px solid var(--ink); }
tbody tr + tr > * { border-top: 1px solid var(--line); }
th, td { padding: 0.3rem 0.6rem; font-weight: 400; }
th:first-child { position: sticky; left: 0; background: var(--paper); }
th.left, td.left { text-align: left; }
th.right, td.right { text-align: right; }
td a { color: inherit; text-decoration-color: var(--soft); }
td strong a { color: var(--link); }
small { display: block; color: var(--soft); font-size: 0.75rem; line-height: 1.2; white-space: nowrap; }
.note { color: var(--soft); font-size: 0.875rem; margin: 0.25rem 0; }
figure { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; margin: 1.5rem 0; max-width: 50rem; padding: 1rem; }
figure svg { display: block; height: auto; max-width: 100%; overflow: visible; }
figcaption { font-size: 0.875rem; margin-top: 0.5rem; }
figcaption p { margin: 0.5rem 0 0; }
.legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1.1rem; font-size: 0.875rem; list-style: none; margin: 0 0 0.5rem; padding: 0; }
.narrow { display: none; }
@media (max-width: 44rem) { .narrow { display: block; } .wide { display: none; } figure { padding: 0.5rem; } }
@media print {
  :root { color-scheme: light; --paper: #fff; --sheet: #fff; --ink: #000; --soft: #444; --line: #bbb; --link: #000;
    --series-1: #0072b2; --series-2: #b04a00; --series-3: #007a58; --series-4: #a8437f; --series-5: #5c5c5c; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  nav { display: none; }
  .scroll { overflow: visible; }
  table { font-size: 6.5pt; }
  small { font-size: 5.5pt; }
  th, td { padding: 0.1rem 0.25rem; }
  figure, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;

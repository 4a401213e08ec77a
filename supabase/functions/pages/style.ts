/** What every page looks like: the system's own letters, quiet colours, light and dark, printed in black. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --fond: #fbfaf7; --surface: #ffffff; --encre: #1c2328; --doux: #57636a; --trait: #dfdbd2;
  --accent: #7a4306; --bon: #1e6b45; --alerte: #a3330f; --attente: #7d5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --fond: #14181b; --surface: #1b2024; --encre: #e7e5e0; --doux: #a0abb1; --trait: #30373c;
    --accent: #e3ab66; --bon: #6fc79a; --alerte: #f08f6e; --attente: #dcb65a;
  }
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body {
  margin: 0; background: var(--fond); color: var(--encre);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: break-word;
}
.tete {
  display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline;
  padding: .9rem 1.25rem; border-bottom: 1px solid var(--trait);
}
.tete nav { display: flex; gap: 1.25rem }
.marque { font-weight: 650; letter-spacing: .01em; color: var(--encre); text-decoration: none }
.tete nav a { color: var(--doux); text-decoration: none; padding-block: .2rem }
.tete nav a:hover, .tete nav a[aria-current] { color: var(--encre) }
.tete nav a[aria-current] { box-shadow: 0 2px 0 var(--accent) }
main { max-width: 46rem; margin: 0 auto; padding: 2.25rem 1.25rem 4rem }
main:focus { outline: none }
.large main { max-width: 96rem; padding-top: 1.25rem }
h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 650; margin: 0 0 .35rem; letter-spacing: -.01em; text-wrap: balance }
h1.chasse { font-size: 1.4rem }
h2 { font-size: 1.05rem; font-weight: 650; margin: 2.5rem 0 .6rem }
p { margin: 0 0 .8rem; max-width: 65ch }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, [tabindex]:focus-visible {
  outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px;
}
.passer { position: absolute; left: -100vw }
.passer:focus { left: 1rem; top: .6rem; background: var(--surface); padding: .4rem .8rem; z-index: 10 }
.doux { color: var(--doux) }
code, .chasse { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .9em }
code { overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: left; vertical-align: top; padding: .5rem 1rem .5rem 0; border-top: 1px solid var(--trait) }
tr:first-child > * { border-top: 0 }
th { font-weight: 400; color: var(--doux); white-space: nowrap }
thead th { font-size: .85rem; border-bottom: 1px solid var(--trait) }
.nombre { text-align: right }
button, input, select {
  font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--trait); border-radius: 6px;
  padding: .5rem .75rem; min-height: 2.75rem;
}
button { cursor: pointer; border-color: var(--doux) }
button:disabled { cursor: progress; color: var(--doux) }
label { display: block; font-size: .9rem; color: var(--doux); margin-bottom: .2rem }
.etat::before { content: ""; display: inline-block; width: .6em; height: .6em; border-radius: 50%; margin-right: .5em; background: var(--doux) }
.etat[data-etat="bon"]::before { background: var(--bon) }
.etat[data-etat="alerte"]::before { background: var(--alerte); border-radius: 0 }
.cache { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
[hidden] { display: none !important }
@media (max-width: 34rem) {
  main { padding: 1.5rem 1rem 3rem }
  h1 { font-size: 1.45rem }
  .paires th, .paires td { display: block; padding: 0; border: 0 }
  .paires tr { display: block; padding: .55rem 0; border-top: 1px solid var(--trait) }
  .paires tr:first-child { border-top: 0 }
}
@media print {
  :root { color-scheme: light; --fond: #fff; --surface: #fff; --encre: #000; --doux: #333; --trait: #999; --accent: #000 }
  .tete nav, .passer { display: none }
  main { max-width: none; padding: 0 }
}
`;

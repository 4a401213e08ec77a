import { html } from "hono/html";
import { formulaireDeConnexion, STYLE_CONNEXION } from "./connexion.ts";
import type { Contenu } from "./gabarit.ts";
import { dessiner } from "./navigateur/dessin.js";
import { brancherConnexion, tenirSession } from "./navigateur/session.js";
import { demarrerTableau } from "./navigateur/tableau.js";

const STYLE = `${STYLE_CONNEXION}
.barre { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; align-items: center; margin-bottom: 1rem }
.barre h1 { margin: 0; flex: 1 1 auto }
.barre label { display: inline; margin-right: .5rem }
.vieux { border-left: 4px solid var(--alerte); padding: .6rem 1rem; background: var(--surface); max-width: none }
.citernes { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)) }
.citerne {
  display: grid; grid-template-columns: 5.25rem 1fr; gap: .75rem 1.1rem; align-content: start;
  background: var(--surface); border: 1px solid var(--trait); border-radius: 8px; padding: 1rem;
}
.citerne[data-etat=alerte] { border-color: var(--alerte); box-shadow: inset 4px 0 0 var(--alerte) }
.citerne h3 { font-size: 1rem; font-weight: 650; margin: 0; line-height: 1.3 }
.citerne h3 span { font-weight: 400 }
.signal { margin: .1rem 0 0; font-weight: 600; font-size: .9rem; color: var(--attente) }
[data-etat=alerte] .signal { color: var(--alerte) }
.stock { font-size: 1.65rem; font-weight: 650; line-height: 1.2; margin: .3rem 0 .4rem; font-variant-numeric: tabular-nums; letter-spacing: -.01em }
.citerne dl { margin: 0; font-size: .9rem }
.citerne dl div { display: flex; justify-content: space-between; gap: 1rem }
.citerne dt { color: var(--doux) }
.citerne dd { margin: 0; font-variant-numeric: tabular-nums }
.cuve { width: 100%; height: auto; display: block }
.paroi { fill: none; stroke: var(--doux); stroke-width: 1.5 }
.part { fill: var(--accent); opacity: .75 }
.part.partenaire { opacity: .4 }
.seuil { stroke: var(--alerte); stroke-width: 2; stroke-dasharray: 5 4 }
.jour { grid-column: 1 / -1; margin: 0; font-size: .85rem; color: var(--doux) }
.jour svg { width: 100%; height: 44px; display: block }
.trace { fill: none; stroke: var(--encre); stroke-width: 1.5; vector-effect: non-scaling-stroke }
.heure { stroke: var(--trait); vector-effect: non-scaling-stroke }
.jour summary { cursor: pointer; padding: .3rem 0 }
.alertes { list-style: none; margin: 0 0 1rem; padding: 0 }
.alertes li { border-left: 4px solid var(--attente); padding: .35rem 1rem; margin: 0 0 .4rem; background: var(--surface) }
.alertes li[data-etat=alerte] { border-color: var(--alerte) }
.alertes strong { color: var(--attente) }
.alertes [data-etat=alerte] strong { color: var(--alerte) }
.deux { display: grid; gap: 0 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)) }
.deux td { padding-block: .4rem }
.deux th.nombre { padding-right: 1rem }
@media (max-width: 34rem) {
  .deux thead { position: absolute; clip-path: inset(50%) }
  .deux tr { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1rem; padding: .6rem 0; border-top: 1px solid var(--trait) }
  .deux td { border: 0; padding: .1rem 0; text-align: left }
  .deux td::before { content: attr(data-nom) " "; color: var(--doux); font-size: .85em }
}
@media (min-width: 110rem) { html { font-size: 118% } }
@media print { .barre button, #choix { display: none } .citerne { break-inside: avoid } }
`;

const entete = (noms: [string, string?][]) =>
  html`
    <thead>
      <tr>${noms.map(([nom, classe = ""]) => html`<th scope="col" class="${classe}">${nom}</th>`)}</tr>
    </thead>
  `;

export const tableau = (): Contenu => ({
  titre: "Tableau",
  entree: "tableau",
  large: true,
  style: STYLE,
  avec: [tenirSession, brancherConnexion, dessiner],
  script: demarrerTableau,
  reglages: { cle: Deno.env.get("SUPABASE_ANON_KEY") ?? "" },
  corps: html`
    <div id="accueil">
    <h1>Tableau</h1>
    <p class="doux">Les citernes, les alertes, les camions et les derniers mouvements de votre dépôt, en direct. Rien ne s’y écrit.</p>
    ${formulaireDeConnexion("Ouvrir le tableau")}
    <noscript><p>Le tableau a besoin de JavaScript.</p></noscript>
    </div>
    <div id="tableau" hidden>
      <div class="barre">
        <h1 id="depot"></h1>
        <span id="choix" hidden><label for="choix-depot">Dépôt</label><select id="choix-depot"></select></span>
        <span id="age" class="etat"></span>
        <button type="button" id="sortir">Se déconnecter</button>
      </div>
      <p id="vieux" class="vieux" role="alert" hidden></p>
      <p id="annonce" class="cache" role="status"></p>
      <section aria-labelledby="titre-citernes">
        <h2 id="titre-citernes" class="cache">Citernes</h2>
        <ul class="citernes" id="citernes"></ul>
        <p id="sans-citerne" class="doux" hidden>Ce dépôt n’a pas de citerne.</p>
      </section>
      <section id="section-alertes" aria-labelledby="titre-alertes" hidden>
        <h2 id="titre-alertes">Alertes</h2>
        <p class="doux" id="resume-alertes"></p>
        <ul class="alertes" id="alertes"></ul>
      </section>
      <div class="deux">
        <section aria-labelledby="titre-camions">
          <h2 id="titre-camions">Camions en route</h2>
          <p class="doux" id="resume-camions"></p>
          <table id="table-camions">${entete([["Camion"], ["Où"], ["Produit"], ["Annoncé", "nombre"], [
            "Fournisseur",
          ], ["Chargé le"]])}<tbody id="camions"></tbody></table>
        </section>
        <section aria-labelledby="titre-mouvements">
          <h2 id="titre-mouvements">Derniers mouvements</h2>
          <p class="doux" id="aucun-mouvement" hidden>Aucun mouvement encore.</p>
          <table id="table-mouvements">${entete([
            ["Quand"],
            ["Mouvement"],
            ["Citerne"],
            ["Litres", "nombre"],
            ["à 15 °C", "nombre"],
            ["À qui"],
          ])}<tbody id="mouvements"></tbody></table>
        </section>
      </div>
    </div>
  `,
});

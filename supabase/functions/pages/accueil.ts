import { html } from "hono/html";
import { type Contenu } from "./gabarit.ts";
import { demarrerAccueil } from "./navigateur/accueil.js";
import { PILE_LOCALE } from "./pile_locale.ts";

const STYLE = `
.portes { list-style: none; margin: 0; padding: 0; display: grid; gap: 0 }
.portes li { border-top: 1px solid var(--trait); padding: .8rem 0 }
.portes li:first-child { border-top: 0 }
.portes a { font-weight: 600 }
.portes span { display: block; color: var(--doux) }
.services { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin: 1rem 0 .4rem; padding: 0; list-style: none }
`;

const PORTES = [
  [
    "tableau",
    "Le tableau",
    "Les citernes, les camions et les derniers mouvements, en direct, pour la salle de conduite.",
  ],
  ["docs", "L’API", "Chaque porte, ce qu’elle prend et ce qu’elle répond ; à essayer depuis la page."],
  ["codes", "Les codes de refus", "Ce que veut dire chaque refus, et que faire."],
] as const;

const locale = ({ base, fonctions, comptes, mot_de_passe }: NonNullable<typeof PILE_LOCALE>, url: string) =>
  html`
    <h2>Adresses</h2>
    <table class="paires">
      <tbody>
        <tr>
          <th scope="row">API</th>
          <td><code>${url}</code></td>
        </tr>
        <tr>
          <th scope="row">Tables et fonctions SQL</th>
          <td><code>/rest/v1</code></td>
        </tr>
        <tr>
          <th scope="row">Comptes et sessions</th>
          <td><code>/auth/v1</code></td>
        </tr>
        <tr>
          <th scope="row">Portes</th>
          <td>${fonctions.map((nom) => html`<code>/functions/v1/${nom}</code><br>`)}</td>
        </tr>
        <tr>
          <th scope="row">Base</th>
          <td><code>${base}</code></td>
        </tr>
        <tr>
          <th scope="row">Clés</th>
          <td><code>npm run -s status</code></td>
        </tr>
      </tbody>
    </table>

    <h2>Comptes de démonstration</h2>
    <p>Tous au Dépôt Daipn, avec le mot de passe <code>${mot_de_passe}</code>.</p>
    <table>
      <tbody>
    ${comptes.map((compte) =>
      html`
        <tr>
          <th scope="row">${compte.split("@")[0]}</th>
          <td><code>${compte}</code></td>
        </tr>
      `
    )}
      </tbody>
    </table>

    <h2>Commandes</h2>
    <table class="paires">
      <tbody>
        <tr>
          <th scope="row"><code>npm run demo</code></th>
          <td>une journée du dépôt, sur cette pile</td>
        </tr>
        <tr>
          <th scope="row"><code>npm test</code></th>
          <td>tous les essais, sur une pile à part</td>
        </tr>
        <tr>
          <th scope="row"><code>npm run ops -- --help</code></th>
          <td>les commandes de l’exploitation</td>
        </tr>
        <tr>
          <th scope="row"><code>Ctrl-C</code></th>
          <td>tout arrêter ; les données sont gardées</td>
        </tr>
      </tbody>
    </table>
  `;

export const accueil = (url: string): Contenu => ({
  titre: "Accueil",
  style: STYLE,
  script: demarrerAccueil,
  reglages: { cle: Deno.env.get("SUPABASE_ANON_KEY") ?? "" },
  corps: html`
    <h1>Monaluxe</h1>
    <p class="doux">${PILE_LOCALE ? "Le backend du dépôt, sur cette machine." : "Le backend du dépôt."}</p>
    <ul class="services" aria-live="polite" aria-label="Ce qui tourne">
      <li class="etat" id="etat-fonctions">Portes et base : <span>…</span></li>
      <li class="etat" id="etat-rest">Tables : <span>…</span></li>
      <li class="etat" id="etat-auth">Comptes : <span>…</span></li>
    </ul>
    <p class="doux" id="detail" hidden></p>
    <noscript><p class="doux">Sans JavaScript, la page ne dit pas ce qui tourne : <a href="/functions/v1/ops/ready">ops/ready</a>.</p></noscript>

    <h2>Pages</h2>
    <ul class="portes">
    ${PORTES.map(([chemin, nom, dit]) => html`<li><a href="./${chemin}">${nom}</a><span>${dit}</span></li>`)}
    </ul>
    ${PILE_LOCALE ? locale(PILE_LOCALE, url) : ""}
  `,
});

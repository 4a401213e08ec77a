import { html } from "hono/html";
import { PILE_LOCALE } from "./pile_locale.ts";

/** Where a person signs in; on a laptop, the demo accounts are proposed. */
export const formulaireDeConnexion = (bouton: string) =>
  html`
    <form id="connexion" class="connexion">
    <div><label for="courriel">Adresse électronique</label>
    <input id="courriel" name="courriel" type="email" autocomplete="username" required list="comptes"></div>
    <div><label for="passe">Mot de passe</label>
    <input id="passe" name="passe" type="password" autocomplete="current-password" required></div>
    <div><button type="submit">${bouton}</button></div>
    <p id="refus" class="refus" role="alert"></p>
    ${PILE_LOCALE
      ? html`
        <datalist id="comptes">${PILE_LOCALE.comptes.map((un) =>
          html`<option value="${un}"></option>`
        )}</datalist>
        <p
          class="doux">Comptes de démonstration : <code>${PILE_LOCALE
            .comptes[0]}</code> et les autres rôles, mot de passe <code>${PILE_LOCALE
            .mot_de_passe}</code>.</p>
      `
      : ""}
    </form>
  `;

export const STYLE_CONNEXION = `
.connexion { display: flex; flex-wrap: wrap; gap: .9rem; align-items: end; margin: 1rem 0 }
.connexion > div { min-width: 0 }
.connexion input { width: 17rem; max-width: 100% }
.connexion p { flex-basis: 100%; margin: 0 }
.refus { color: var(--alerte) }
.refus:empty { display: none }
`;

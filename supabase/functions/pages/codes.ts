import { html } from "hono/html";
import CATALOGUE from "../_shared/codes.json" with { type: "json" };
import { PORTE } from "../_shared/messages.ts";
import type { Contenu } from "./gabarit.ts";
import { demarrerCodes } from "./navigateur/codes.js";

type Code = (typeof CATALOGUE)[number];
const CODES = new Map(CATALOGUE.map((ligne) => [ligne.code, ligne]));

const STYLE = `
.codes { list-style: none; margin: 1.25rem 0 0; padding: 0 }
.codes li { border-top: 1px solid var(--trait); padding: .7rem 0 }
.codes a { font-weight: 600 }
.codes span { display: block }
#filtre { width: 100% }
.phrase { font-size: 1.2rem; line-height: 1.45; margin: 1.25rem 0 0 }
`;

/** Values of the refusal stand in its sentence as names: {stock}. */
const phrase = (texte: string) =>
  texte.split(/(\{\w+\})/).map((morceau) =>
    /^\{\w+\}$/.test(morceau) ? html`<code class="doux">${morceau.slice(1, -1)}</code>` : morceau
  );

export const listeDesCodes: Contenu = {
  titre: "Codes de refus",
  entree: "codes",
  style: STYLE,
  script: demarrerCodes,
  corps: html`
    <h1>Codes de refus</h1>
    <p
      class="doux">Quand une demande est refusée, la réponse porte un de ces codes. Rien n’est alors enregistré à moitié.</p>
    <div hidden id="recherche">
      <label for="filtre">Chercher un code ou un mot</label>
      <input id="filtre" type="search" autocomplete="off" spellcheck="false">
    </div>
    <p class="doux" id="compte" role="status"></p>
    <ul class="codes">
    ${CATALOGUE.map(({ code, phrase: dite }) =>
      html`<li><a class="chasse" href="./codes/${code}">${code}</a><span>${phrase(dite)}</span></li>`
    )}
    </ul>
  `,
};

const unCode = ({ code, statut_http, phrase: dite, sens, conduite }: Code): Contenu => ({
  titre: code,
  entree: "codes",
  profondeur: 1,
  style: STYLE,
  corps: html`
    <h1 class="chasse">${code}</h1>
    <p class="phrase">${phrase(dite)}</p>
    <h2>Ce que cela veut dire</h2>
    <p>${sens}</p>
    <h2>Que faire</h2>
    <p>${conduite}</p>
    <p class="doux">Statut HTTP ${statut_http}. <a href="../codes">Tous les codes</a></p>
  `,
});

/** The page of a code; undefined where no refusal carries it. */
export const pageDuCode = (code: string): Contenu | undefined => {
  const ligne = CODES.get(code);
  return ligne && unCode(ligne);
};

/** An address where there is nothing, or a code that no refusal carries. */
export const introuvable = (quoi: "PORTE_INCONNUE" | "CODE_INCONNU", profondeur: 0 | 1): Contenu => ({
  titre: PORTE[quoi].titre,
  profondeur,
  corps: html`
    <h1>${PORTE[quoi].titre}</h1>
    <p>${PORTE[quoi].phrase}</p>
    <p><a href="${profondeur ? "../" : "./"}codes">Tous les codes de refus</a> ; <a href="${profondeur
      ? "../"
      : "./"}">l’accueil</a>.</p>
  `,
});

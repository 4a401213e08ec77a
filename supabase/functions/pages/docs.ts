import { html } from "hono/html";
import { formulaireDeConnexion, STYLE_CONNEXION } from "./connexion.ts";
import type { Contenu } from "./gabarit.ts";
import LECTEUR from "./lecteur.json" with { type: "json" };
import { demarrerDocs } from "./navigateur/docs.js";
import { brancherConnexion, tenirSession } from "./navigateur/session.js";

const STYLE = `${STYLE_CONNEXION}
.large main { max-width: 82rem }
#lecteur .wrapper { padding: 0; max-width: none }
#lecteur .info { margin: 1.5rem 0 1rem }
#lecteur .scheme-container, #lecteur .info hgroup { display: none }
#lecteur p { max-width: none; margin-inline: 0 }
#lecteur .operation-filter-input { margin-inline: 0; width: 100%; max-width: 100% }
`;

export const docs = (): Contenu => ({
  titre: "API",
  entree: "docs",
  large: true,
  style: STYLE,
  avec: [tenirSession, brancherConnexion],
  script: demarrerDocs,
  reglages: { cle: Deno.env.get("SUPABASE_ANON_KEY") ?? "" },
  corps: html`
    <h1>L’API</h1>
    <p
      class="doux">Chaque porte s’essaie d’ici : connectez-vous, ouvrez-la, puis « Execute ». Ce qui s’y écrit s’écrit pour de bon. La description : <a href="/functions/v1/ops/openapi.json">openapi.json</a>.</p>
    ${formulaireDeConnexion("Se connecter")}
    <p id="qui"
      hidden>Connecté : <strong id="nom"></strong> <button type="button" id="sortir">Se déconnecter</button></p>
    <p id="absent" class="refus"
      hidden>Le lecteur de la description n’a pas pu être chargé : lisez <a href="/functions/v1/ops/openapi.json">openapi.json</a>.</p>
    <link rel="stylesheet" href="./docs/lecteur.css?v=${LECTEUR.version}">
    <div id="lecteur"></div>
    <script src="./docs/lecteur.js?v=${LECTEUR.version}"></script>
  `,
});

/** The viewer's own files, as they were packed; asked for by their version, so that they may be kept for ever. */
export async function fichierDuLecteur(nom: "js" | "css", accepte: string | undefined): Promise<Response> {
  const comprime = Uint8Array.from(atob(LECTEUR[nom]), (lettre) => lettre.charCodeAt(0));
  const headers = new Headers({
    "content-type": nom === "js" ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    vary: "accept-encoding",
  });
  if (accepte?.includes("gzip")) {
    headers.set("content-encoding", "gzip");
    return new Response(comprime, { headers });
  }
  const clair = new Blob([comprime]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(await new Response(clair).arrayBuffer(), { headers });
}

import { html, raw } from "hono/html";
import { STYLE } from "./style.ts";

export interface Contenu {
  titre: string;
  /** Of the page's own, besides the house's. */
  style?: string;
  /** A function of navigateur/, which the page runs once it is there. */
  script?: (() => void) | ((reglages: never) => void);
  /** Other functions of navigateur/ that it calls by their name. */
  avec?: ((...arguments_: never[]) => unknown)[];
  /** What that function is given. */
  reglages?: unknown;
  corps: ReturnType<typeof html>;
  /** How deep the page lies below the first one: its links are relative, so that they hold wherever it is served. */
  profondeur?: 0 | 1;
  /** Which of the entries of the head it is. */
  entree?: Entree;
  /** Takes the whole width: a board, a reference. */
  large?: boolean;
}

const ENTREES = { tableau: "Tableau", docs: "API", codes: "Codes" } as const;
export type Entree = keyof typeof ENTREES;

/** A page as it is sent: its text, and the only things a browser may load or run in it. */
export interface Page {
  texte: string;
  csp: string;
}

async function empreinte(texte: string): Promise<string> {
  const octets = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(texte));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(octets)))}'`;
}

/** JSON that stands inside a script: nothing in it may end the element. */
const enScript = (valeur: unknown) => JSON.stringify(valeur).replaceAll("<", "\\u003c");

/**
 * Styles and script stand in the page, named by their hash: one request, and nothing that was slipped in runs. `fichiers`:
 * it brings files of ours besides.
 */
export async function composer(contenu: Contenu, fichiers = false): Promise<Page> {
  const { titre, corps, profondeur = 0, entree, large } = contenu;
  const racine = profondeur ? "../" : "./";
  const style = STYLE + (contenu.style ?? "");
  const script = contenu.script &&
    [...(contenu.avec ?? []), `(${contenu.script})(${enScript(contenu.reglages ?? {})});`].join("\n");
  const texte = String(
    await html`
      <!doctype html>
      <html lang="fr">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>${titre} · Monaluxe</title>
          <link rel="icon" href="data:,">
          <style>${raw(style)}</style>
        </head>
        <body class="${large ? "large" : ""}">
      <a class="passer" href="#contenu">Aller au contenu</a>
      <header class="tete">
      <a class="marque" href="${racine}">Monaluxe</a>
      <nav aria-label="Pages">
      ${Object.entries(ENTREES).map(([chemin, nom]) =>
        html`
          <a href="${racine}${chemin}" ${chemin === entree ? raw(' aria-current="page"') : ""}>${nom}</a>
        `
      )}
      </nav>
      </header>
      <main id="contenu" tabindex="-1">
      ${corps}
      </main>
      ${script ? html`<script>${raw(script)}</script>` : ""}
        </body>
      </html>
    `,
  );
  const ailleurs = fichiers ? "'self' " : "";
  const regles: Record<string, string> = {
    "default-src": "'none'",
    "style-src": ailleurs + await empreinte(style),
    "script-src": script ? ailleurs + await empreinte(script) : "'none'",
    "connect-src": script ? "'self'" : "'none'",
    "img-src": "data:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
  };
  const csp = Object.entries(regles).map(([nom, valeur]) => `${nom} ${valeur}`).join("; ");
  return { texte, csp };
}

import { type Context, Hono } from "hono";
import { etag } from "hono/etag";
import { requestId } from "hono/request-id";
import { journaliser } from "../_shared/access_line.ts";
import type { Env } from "../_shared/context.ts";
import { accueil } from "./accueil.ts";
import { introuvable, listeDesCodes, pageDuCode } from "./codes.ts";
import { composer, type Contenu, type Page } from "./gabarit.ts";
import { tableau } from "./tableau.ts";

/** Composed at the first request for it, and kept: a page does not depend on who asks. */
const composees = new Map<string, Promise<Page>>();
function gardee(nom: string, contenu: () => Contenu, fichiers = false): Promise<Page> {
  const connue = composees.get(nom);
  if (connue) return connue;
  const page = composer(contenu(), fichiers);
  composees.set(nom, page);
  return page;
}

async function repondre(c: Context<Env>, page: Promise<Page>, statut: 200 | 404 = 200): Promise<Response> {
  const { texte, csp } = await page;
  return c.body(texte, statut, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": csp,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
  });
}

/** Pages for people: the same on a laptop, where the gateway also serves them at /, and on a hosted project. */
export const site = new Hono<Env>();

site.use(requestId({ headerName: "x-request-id", limitLength: 100 }));
site.use(journaliser);
site.use(etag());
// Links are relative to the folder: without its bar they would be to the folder above.
site.get("/pages", (c) => c.redirect("pages/"));
site.get("/pages/", (c) => repondre(c, gardee("", () => accueil(Deno.env.get("SUPABASE_URL")!))));
site.get("/pages/tableau", (c) => repondre(c, gardee("tableau", tableau)));
// Loaded when asked: the viewer is larger than all the rest.
site.get("/pages/docs", async (c) => {
  const { docs } = await import("./docs.ts");
  return repondre(c, gardee("docs", docs, true));
});
site.get("/pages/docs/:fichier{lecteur\\.(js|css)}", async (c) => {
  const { fichierDuLecteur } = await import("./docs.ts");
  const nom = c.req.param("fichier").endsWith(".js") ? "js" : "css";
  const fichier = await fichierDuLecteur(nom, c.req.header("accept-encoding"));
  // As one of this request's: with the heads that were said before it.
  return c.newResponse(fichier.body, fichier);
});
site.get("/pages/codes", (c) => repondre(c, gardee("codes", () => listeDesCodes)));
site.get("/pages/codes/:code", (c) => {
  const code = c.req.param("code");
  const contenu = pageDuCode(code);
  return contenu
    ? repondre(c, gardee(`codes/${code}`, () => contenu))
    : repondre(c, composer(introuvable("CODE_INCONNU", 1)), 404);
});
site.notFound((c) => {
  const profondeur = c.req.path.split("/").length > 3 ? 1 : 0;
  return repondre(c, composer(introuvable("PORTE_INCONNUE", profondeur)), 404);
});

// The page of the simulated provider, where a client would pay, and whoever tries things out plays the provider too.
// Local and staging only.
import { type Context } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { auNomDuProjet } from "../_shared/database.ts";
import type { Env } from "../_shared/context.ts";
import { fromDatabase, fromZod, refuser } from "../_shared/problems.ts";
import { corpsLu } from "../_shared/requests.ts";
import { adresse, type Etat } from "./prestataire.ts";
import { secrets, signer } from "./signature.ts";
import { ACTES, type ActeSimule, agir } from "./simule.ts";

const DELAI_MS = 10_000;
const Demande = z.strictObject({
  acte: z.enum(Object.keys(ACTES) as [ActeSimule, ...ActeSimule[]]),
  montant_minime: z.int().min(1).max(1e12).optional(),
});

type Session = Etat & { numero?: string; montant_minime: number };

/** A session of the simulator; in PROD there is no such address. */
async function sessionDe(nom: string): Promise<Session> {
  const [{ env, session }] = await auNomDuProjet((sql) =>
    sql<[{ env: string; session: Session | null }]>`
      select private.env() as env, (
        select private.etat_simule(s.session_id) || jsonb_build_object('numero', s.numero)
          from private.sessions_simulees s where s.session_id = ${nom}) as session`
  );
  if (env === "prod" || !session) throw refuser("PORTE_INCONNUE");
  return session;
}

const STYLE =
  "body{font:16px/1.5 system-ui;max-width:32rem;margin:3rem auto;padding:0 1rem}button{font:inherit;" +
  "display:block;width:100%;margin:.5rem 0;padding:.6rem}.alerte{border-left:.3rem solid #c60;padding-left:1rem}";

async function page(session: Session, dit?: string): Promise<string> {
  const montant = (session.montant_minime / 100).toLocaleString("fr-FR", { minimumFractionDigits: 2 });
  const etat = [session.session, session.paiement, session.litige].filter(Boolean).join(" · ");
  return String(
    await html`
      <!doctype html>
      <html lang="fr">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Paiement simulé · Monaluxe</title>
          <style>${STYLE}</style>
        </head>
        <body>
          <h1>Paiement simulé</h1>
          <p class="alerte">Aucun argent ne bouge : ce prestataire n'existe que pour essayer.</p>
          <p>Facture ${session.numero ?? ""} : <strong>${montant} ${session.devise}</strong> (${etat})</p>
          ${dit ? html`<p class="alerte">${dit}</p>` : ""}
          <form method="post">
            ${Object.entries(ACTES).map(([acte, texte]) =>
              html`<button name="acte" value="${acte}">${texte}</button>`
            )}
          </form>
        </body>
      </html>
    `,
  );
}

const rendre = (c: Context<Env>, texte: string, statut: 200 | 409 = 200) =>
  c.body(texte, statut, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });

/** Tells an event as the provider does: signed, through the public door. */
async function annoncer(evenement: unknown): Promise<string> {
  const corps = JSON.stringify(evenement);
  const [connu] = await secrets("SIMULE");
  const reponse = await fetch(adresse("webhook/stripe"), {
    method: "POST",
    headers: { "content-type": "application/json", "stripe-signature": await signer(corps, connu!.secret) },
    body: corps,
    signal: AbortSignal.timeout(DELAI_MS),
  });
  const { resultat, code } = await reponse.json();
  return resultat ?? code;
}

export const montrer = async (c: Context<Env>) =>
  rendre(c, await page(await sessionDe(c.req.param("session")!)));

/** A button of the page, or a program's request in JSON, which is answered with what the event did. */
export async function jouer(c: Context<Env>): Promise<Response> {
  const session = await sessionDe(c.req.param("session")!);
  const type = c.req.header("content-type") ?? "";
  const enJson = type.startsWith("application/json");
  const recu = new Response(await corpsLu(c.req.raw), { headers: { "content-type": type } });
  const { success, data, error } = Demande.safeParse(
    await (enJson ? recu.json() : recu.formData().then(Object.fromEntries)).catch(() => null),
  );
  if (!success) throw fromZod(error);
  try {
    const evenement = await agir(session.session_id, data.acte, data.montant_minime);
    const resultat = await annoncer(evenement);
    if (enJson) return c.json({ evenement, resultat });
    return rendre(
      c,
      await page(await sessionDe(session.session_id), `L'événement a été reçu : ${resultat}.`),
    );
  } catch (cause) {
    const { problem } = fromDatabase(cause);
    if (enJson || problem.status !== 409) throw cause;
    return rendre(c, await page(session, problem.detail), 409);
  }
}

// What the provider says: who signed it, how the payment stands there now, then the event and its effect at once.
import type { Context } from "hono";
import { z } from "zod";
import { auNomDuProjet } from "../_shared/database.ts";
import type { Env } from "../_shared/context.ts";
import { fromDatabase, ProblemError, refuser } from "../_shared/problems.ts";
import { corpsLu } from "../_shared/requests.ts";
import { prestataire } from "./choix.ts";
import { type Etat, type Evenement, nomDuPrestataire, type Prestataire, SUIVIS } from "./prestataire.ts";
import { secrets, signeePar, type Version } from "./signature.ts";

/** Names are printable: they are kept as they are. */
const Nom = z.string().regex(/^[\x21-\x7e]{1,255}$/);
const Forme = z.looseObject({
  id: Nom,
  type: Nom,
  created: z.int().min(0).max(1e11),
  data: z.looseObject({ object: z.record(z.string(), z.json()) }),
});

/** The session or payment that an event speaks of. */
function nomDe({ type, data: { object } }: Evenement): string | undefined {
  if (!SUIVIS.includes(type)) return undefined;
  const nom = /^(checkout\.session|payment_intent)\./.test(type) ? object.id : object.payment_intent;
  const dit = typeof nom === "object" && nom !== null && !Array.isArray(nom) ? nom.id : nom;
  return typeof dit === "string" ? dit : undefined;
}

/** How a session stands there, written here; APPLIQUE where it says something new. */
export const appliquer = (chez: Prestataire, etat: Etat): Promise<string> =>
  auNomDuProjet(async (sql) => {
    const [{ fait }] = await sql<[{ fait: string }]>`
      select private.appliquer_etat(${chez.nom}, ${sql.json(etat)}) as fait`;
    return fait;
  });

/** An event and its effect, once: the provider is asked first how the payment stands, outside any transaction. */
export async function traiter(
  chez: Prestataire,
  evenement: Evenement,
  version: Version | "RAPPROCHEMENT",
): Promise<string> {
  const [{ connu }] = await auNomDuProjet((sql) =>
    sql<[{ connu: boolean }]>`
      select exists (select from public.evenements_entrants
                      where prestataire = ${chez.nom} and evenement_id = ${evenement.id}) as connu`
  );
  if (connu) return "DEJA_RECU";
  const nom = nomDe(evenement);
  const etat = nom === undefined ? null : await chez.lire(nom) ?? { session_id: nom };
  const [{ resultat }] = await auNomDuProjet((sql) =>
    sql<[{ resultat: string }]>`
      select private.recevoir_evenement(${chez.nom}, ${sql.json(evenement)}, ${version},
                                        ${etat && sql.json(etat)}) as resultat`
  );
  return resultat;
}

async function lireCorps(c: Context<Env>): Promise<string> {
  const octets = await corpsLu(c.req.raw);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch {
    // Nobody signs what is no text.
    return "";
  }
}

function lireEvenement(corps: string): Evenement {
  let dit: unknown;
  try {
    dit = JSON.parse(corps);
  } catch {
    throw refuser("VALIDATION");
  }
  const { success, data } = Forme.safeParse(dit);
  if (!success) throw refuser("VALIDATION");
  return data as Evenement;
}

/** Whatever goes wrong once it was signed is ours to mend: the provider sends it again, for three days. */
function aRenvoyer(error: unknown): ProblemError {
  const { problem, cause } = fromDatabase(error);
  return new ProblemError({ ...problem, status: 500 }, { cause: cause ?? error });
}

/** The provider's door: no token, its signature. */
export async function recevoir(c: Context<Env>): Promise<Response> {
  const nom = nomDuPrestataire();
  const corps = await lireCorps(c);
  const connus = await secrets(nom);
  if (!connus.length) {
    throw refuser("PRESTATAIRE_INDISPONIBLE", undefined, new Error("STRIPE_WEBHOOK_SECRET n'est pas réglé"));
  }
  const version = await signeePar(corps, c.req.header("stripe-signature"), connus);
  if (!version) {
    await auNomDuProjet((sql) => sql`select private.compter_signature_refusee()`);
    throw refuser("SIGNATURE_INVALIDE");
  }
  try {
    const resultat = await traiter(await prestataire(nom), lireEvenement(corps), version);
    return c.json({ resultat });
  } catch (error) {
    throw aRenvoyer(error);
  }
}

// Events of the simulated provider through its public door: signed, checked, asked about, written with their effect.
import { secretSimule, signer } from "../supabase/functions/paiements/signature.ts";
import { DEPOT } from "./base_ventes.ts";
import {
  type Banc,
  type Chapitre,
  commePersonne,
  duree,
  entier,
  mediane,
  ms,
  ouvrir,
  quantile,
} from "./mesure.ts";

const EVENEMENTS = 200;
const CONNEXIONS = [1, 8];
/** What a depot of ours could ever be told in a second; far above. */
const VISE = 20;

interface Envoi {
  corps: string;
  signature: string;
}

/** Paid sessions of invoices of a hundred dollars, whose events nobody has been told yet. */
async function preparer({ stack, superuserUrl }: Banc, combien: number, tour: string): Promise<Envoi[]> {
  const sql = ouvrir(superuserUrl);
  const [{ admin }] = await sql<[{ admin: string }]>`
    select user_id as admin from public.profils where role = 'admin' limit 1`;
  await sql`update public.feature_flags set enabled = true where key = 'paiement_en_ligne'`;
  const evenements = await commePersonne(sql, admin, async (tx) => {
    await tx`set local role postgres`;
    await tx`select public.fixer_taux_change('USD', private.jour_au_depot(${DEPOT}, now()), 2800, 'MANUEL')`;
    const [{ client }] = await tx<[{ client: string }]>`
      insert into public.clients (nom) values (${`Banc ${tour}`}) returning id as client`;
    const dits: string[] = [];
    for (let n = 0; n < combien; n++) {
      const [{ facture }] = await tx<[{ facture: string }]>`
        select public.preparer_facture(${client}, ${DEPOT}, '{}',
          '[{"designation":"Stockage","quantite":1,"prix_ht":100}]') as facture`;
      await tx`select public.emettre_facture(${facture})`;
      const [{ dit }] = await tx<[{ dit: string }]>`
        with r as (select private.reserver_paiement(${facture}, 'SIMULE') as p),
        s as (select r.p, private.ouvrir_session_simulee(r.p) as s from r),
        n as (select s.s, private.noter_session((s.p ->> 'id')::uuid, s.s ->> 'session_id', 'banc',
                (s.s ->> 'expire_le')::timestamptz) from s)
        select private.simuler(n.s ->> 'session_id', 'payer')::text as dit from n`;
      dits.push(dit);
    }
    return dits;
  });
  await sql.end();
  const secret = await secretSimule(stack.status.SERVICE_ROLE_KEY);
  return await Promise.all(
    evenements.map(async (corps) => ({ corps, signature: await signer(corps, secret) })),
  );
}

/** Tells them all, so many at a time; how long each was waited for. */
async function dire(url: string, envois: Envoi[], connexions: number, attendu: string): Promise<number[]> {
  const attentes: number[] = [];
  const reste = envois.values();
  await Promise.all(Array.from({ length: connexions }, async () => {
    for (const { corps, signature } of reste) {
      attentes.push(
        await duree(async () => {
          const reponse = await fetch(url, {
            method: "POST",
            headers: { "stripe-signature": signature },
            body: corps,
          });
          const { resultat } = await reponse.json();
          if (resultat !== attendu) {
            throw new Error(`${reponse.status} ${resultat} : le banc ne mesure rien de juste`);
          }
        }),
      );
    }
  }));
  return attentes;
}

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const combien = Number(banc.arguments[0] ?? EVENEMENTS);
  const url = `${banc.stack.status.API_URL}/functions/v1/paiements/webhook/stripe`;
  const lignes: string[][] = [];
  // The function starts, and reads the provider's library.
  await dire(url, await preparer(banc, 5, "mise en route"), 1, "APPLIQUE");
  for (const connexions of CONNEXIONS) {
    const envois = await preparer(banc, combien, `${connexions} connexions`);
    for (
      const [quoi, attendu] of [["success, with its receipt", "APPLIQUE"], [
        "the same again",
        "DEJA_RECU",
      ]] as const
    ) {
      let attentes: number[] = [];
      const temps = await duree(async () => {
        attentes = await dire(url, envois, connexions, attendu);
      });
      lignes.push([
        quoi,
        String(connexions),
        entier(combien * 1000 / temps),
        ms(mediane(attentes)),
        ms(quantile(attentes, 0.95)),
      ]);
    }
  }
  const sql = ouvrir(banc.superuserUrl);
  const ecarts = await sql`select * from private.verifier_factures()`;
  await sql.end();
  if (ecarts.length) throw new Error(JSON.stringify(ecarts[0]));
  return [{
    titre: "Events of online payments",
    sens:
      `${combien} events of success, each of an invoice of its own at one depot, through the public door: signature, the ` +
      "provider asked how the payment stands (the simulated one: Stripe adds its own network), event, receipt and " +
      "settlement in one transaction; then the same again, which is answered at once. One connection, then eight; the " +
      `series of receipts makes them wait for one another. Aimed at: ${VISE} a second. Invoices were verified after.`,
    entetes: ["events", "connections", "a second", "median, ms", "95 of 100, ms"],
    lignes,
  }];
}

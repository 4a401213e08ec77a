// A depot whose invoices are paid online: a database of its own, the function on it, and Stripe's stand-in behind.
import { labelDatabase } from "../../../ops/commun/environment.ts";
import assert from "node:assert/strict";
import { connect, inDatabase, type Sql } from "../../../ops/commun/connection.ts";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { startFonction } from "../../support/fonction.ts";
import { porteur, signer as jeton } from "../../support/jetons.ts";
import { status } from "../../support/monde.ts";
import { DEPOT } from "../../support/projets.ts";
import { signer } from "../../../supabase/functions/paiements/signature.ts";
import type { Evenement } from "../../../supabase/functions/paiements/prestataire.ts";
import type { Rapprochement } from "../../../supabase/functions/paiements/rapprochement.ts";
import { type FauxStripe, fauxStripe } from "./faux_stripe.ts";

export const SECRET = "whsec_courant_des_essais";
export const PRECEDENT = "whsec_precedent_des_essais";

export interface Paiement {
  id: string;
  facture_id: string;
  session_id: string;
  url: string;
  statut: string;
  montant: number;
  montant_minime: number;
  encaissement_id: string | null;
  rembourse: number;
  litige: string | null;
  ecart: Record<string, unknown> | null;
}

export interface Caisse {
  sql: Sql;
  stripe: FauxStripe;
  admin: string;
  /** An invoice of so much, services and no fuel, of a client of its own where none is said. */
  facturer(ttc?: number, client?: string): Promise<{ facture: string; client: string }>;
  /** As the admin, in a transaction. */
  enAdmin<T>(travail: (tx: Sql) => Promise<T>): Promise<T>;
  demander(methode: string, adresse: string, init?: RequestInit): Promise<Response>;
  ouvrir(facture: string, entetes?: Record<string, string>): Promise<Paiement>;
  paiement(id: string): Promise<Paiement>;
  solde(facture: string): Promise<number>;
  /** Tells the function an event, signed; its status and what it did. */
  dire(evenement: unknown, secret?: string): Promise<{ statut: number; dit: string }>;
  /** The daily reconciliation, as the project's clock has it made. */
  rapprocher(): Promise<Rapprochement>;
  fermer(): Promise<void>;
}

async function monter(sql: Sql): Promise<string> {
  await labelDatabase(sql, "staging");
  await sql`update public.feature_flags set enabled = true where key = 'paiement_en_ligne'`;
  const [{ admin }] = await sql<[{ admin: string }]>`
    with u as (insert into auth.users (id, email, aud, role)
               values (gen_random_uuid(), 'caisse@exemple.cd', 'authenticated', 'authenticated') returning id)
    insert into public.profils (user_id, role) select id, 'admin' from u returning user_id as admin`;
  return admin;
}

/** What an invoice of so much costs before tax, at the group without tax. */
const service = (ttc: number) => [{ designation: "Stockage", quantite: 1, prix_ht: ttc, tva_groupe: "A" }];

export async function ouvrirCaisse(nom: string, plus: Record<string, string> = {}): Promise<Caisse> {
  const base = `${nom}_${crypto.randomUUID().slice(0, 8)}`;
  await declaredProject(base, { seed: true });
  const sql = connect(asSuperuser(base));
  const admin = await monter(sql);
  const stripe = fauxStripe();
  const fonction = await startFonction("paiements", {
    SUPABASE_DB_URL: inDatabase(status.DB_URL, base),
    PAIEMENTS_PRESTATAIRE: "STRIPE",
    STRIPE_SECRET_KEY: "sk_test_essais",
    STRIPE_API_URL: stripe.url,
    STRIPE_WEBHOOK_SECRET: SECRET,
    STRIPE_WEBHOOK_SECRET_PRECEDENT: PRECEDENT,
    ...plus,
  });
  const entetes = porteur(await jeton({ sub: admin }));

  const enAdmin = <T>(travail: (tx: Sql) => Promise<T>) =>
    sql.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
      return await travail(tx as unknown as Sql);
    }) as Promise<T>;
  await enAdmin((tx) =>
    tx`select public.fixer_taux_change('USD', private.jour_au_depot(${DEPOT}, now()), 2800, 'MANUEL')`
  );
  const demander: Caisse["demander"] = (methode, adresse, init = {}) =>
    fonction.demander(adresse, { method: methode, ...init, headers: { ...entetes, ...init.headers } });

  return {
    sql,
    stripe,
    admin,
    enAdmin,
    demander,
    facturer: (ttc = 100, client) =>
      enAdmin(async (tx) => {
        const [{ id }] = await tx<[{ id: string }]>`
          insert into public.clients (id, nom) values (${
          client ?? crypto.randomUUID()
        }, ${crypto.randomUUID()})
          on conflict (id) do update set note_supplementaire = null returning id`;
        const [{ facture }] = await tx<[{ facture: string }]>`
          select public.preparer_facture(${id}, ${DEPOT}, '{}', ${tx.json(service(ttc))}) as facture`;
        await tx`select public.emettre_facture(${facture})`;
        return { facture, client: id };
      }),
    ouvrir: async (facture, plus = {}) => {
      const reponse = await demander("POST", `/factures/${facture}/session`, { headers: plus });
      const corps = await reponse.json();
      assert.equal(reponse.status, 201, JSON.stringify(corps));
      return corps;
    },
    paiement: async (id) => await (await demander("GET", `/en-ligne/${id}`)).json(),
    solde: async (facture) => {
      const [{ solde }] = await sql<[{ solde: number }]>`
        select (total_ttc - private.regle_facture_client(id))::float8 as solde
          from public.factures_client where id = ${facture}`;
      return solde;
    },
    dire: async (evenement, secret = SECRET) => {
      const corps = JSON.stringify(evenement);
      const reponse = await fonction.demander("/webhook/stripe", {
        method: "POST",
        headers: { "stripe-signature": await signer(corps, secret) },
        body: corps,
      });
      const { resultat, code } = await reponse.json();
      return { statut: reponse.status, dit: resultat ?? code };
    },
    rapprocher: async () => {
      const reponse = await fonction.demander("/rapprocher", {
        method: "POST",
        headers: { authorization: `Bearer ${status.SERVICE_ROLE_KEY}` },
      });
      const fait = await reponse.json();
      assert.equal(reponse.status, 200, JSON.stringify(fait));
      return fait;
    },
    fermer: async () => {
      await fonction.stop();
      await stripe.stop();
      await sql.end();
    },
  };
}

/** What a client's account and invoices say, without the names that every account has of its own. */
export async function compte(sql: Sql, client: string) {
  const [dit] = await sql<[Record<string, unknown>]>`
    select (select coalesce(sum(debit - credit), 0)::float8 from public.ecritures_tiers where client_id = ${client}) as solde,
           (select jsonb_agg(jsonb_build_array(type, debit, credit) order by type, debit, credit)
              from public.ecritures_tiers where client_id = ${client}) as ecritures,
           (select jsonb_agg(private.regle_facture_client(id) order by total_ttc, private.regle_facture_client(id))
              from public.factures_client where client_id = ${client}) as reglees,
           (select jsonb_agg(jsonb_build_array(p.montant_minime, p.statut, p.rembourse_minime, p.litige, p.ecart is null)
                             order by p.montant_minime, p.statut)
              from public.paiements_en_ligne p join public.factures_client f on f.id = p.facture_id
             where f.client_id = ${client}) as paiements`;
  return dit;
}

export type { Evenement };

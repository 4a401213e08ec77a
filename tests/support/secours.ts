// A primary of a test's own and its standby, made by the operators' command; a depot in it, and people who work there.
import type postgres from "postgres";
import { connect, type Sql } from "../../ops/commun/connection.ts";
import { fiche } from "../../ops/exploitation/secours/fiche.ts";
import { runWithin } from "./execution.ts";
import { type Role } from "../../ops/pile/demo_users.ts";
import { freePort } from "../../ops/pile/throwaway.ts";
import { type Fonction, startFonction } from "./fonction.ts";
import { porteur, signer } from "./jetons.ts";
import { leverLesLimites } from "./limites.ts";
import { ops } from "./ops.ts";
import { type Serveur, startServeur } from "./serveur.ts";

export interface Depot {
  depot: string;
  citerne: string;
  client: string;
  /** Headers of somebody of this depot. */
  comme(role: Role): Promise<Record<string, string>>;
}

export interface Paire {
  serveur: Serveur;
  /** The primary, above every rule. */
  sql: postgres.Sql;
  depots: [Depot, Depot];
  /** An operator's command, on the machine that holds the standby. */
  ops(args: string[], env?: Record<string, string>): ReturnType<typeof ops>;
  /** Makes the standby; resolves with its address, as the project's and as the superuser's. */
  suivre(options?: string[], env?: Record<string, string>): Promise<{ url: string; superuser: string }>;
  /** A function of its own process. */
  porte(nom: string, env: Record<string, string>, log?: (lines: string) => void): Promise<Fonction>;
  fermer(): Promise<void>;
}

const LITRES = 5_000_000;

async function faireDepot(sql: Sql, nom: string): Promise<Depot> {
  const gens = new Map<Role, string>();
  const personne = async (role: Role) => {
    if (!gens.has(role)) {
      const id = crypto.randomUUID();
      gens.set(role, id);
      await sql`insert into auth.users (id, email) values (${id}, ${`${role}.${nom}@test.monaluxe.test`})`;
      await sql`insert into public.profils (user_id, role, depot_id) values (${id}, ${role}, ${depot})`;
    }
    return gens.get(role)!;
  };
  const faire = async (table: string, row: Record<string, string | number>) => {
    const [{ id }] = await sql<[{ id: string }]>`
      insert into ${sql(`public.${table}`)} ${sql(row)} returning id`;
    return id;
  };
  const depot = await faire("depots", { nom });
  const produit = await faire("produits", { nom, code: nom });
  const citerne = await faire("citernes", {
    depot_id: depot,
    produit_id: produit,
    nom,
    capacite_totale: LITRES * 2,
    capacite_securite: 0,
  });
  const client = await faire("clients", { nom });
  const fournisseur = await faire("fournisseurs", { nom });
  const admin = await personne("admin");
  await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${
      JSON.stringify({ sub: admin, role: "authenticated" })
    }, true)`;
    const [{ id }] = await tx<[{ id: string }]>`
      insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
      values (${fournisseur}, ${depot}, ${produit}, ${nom}, 40000) returning id`;
    for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
      await tx`update public.cours_de_route set statut = ${statut} where id = ${id}`;
    }
    await tx`
      insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, volume_ambiant, confirmer)
      values (15, ${id}, ${citerne}, ${LITRES}, true)`;
  });
  return {
    depot,
    citerne,
    client,
    comme: async (role) => porteur(await signer({ sub: await personne(role) })),
  };
}

export async function startPaire(): Promise<Paire> {
  const serveur = await startServeur();
  const sql = connect(serveur.url);
  const proprietaire = connect(serveur.urlProjet);
  const depots: [Depot, Depot] = [
    await faireDepot(proprietaire, "NORD"),
    await faireDepot(proprietaire, "SUD"),
  ];
  // As each minute does: a log that was never sealed is no log to trust.
  await proprietaire`select private.sceller_journal()`;
  await leverLesLimites(serveur.url);
  const portes: Fonction[] = [];
  const ici = (env: Record<string, string> = {}) => ({
    DATA_DIR: serveur.dataDir,
    DATABASE_URL: serveur.urlProjet,
    ...env,
  });
  const commande: Paire["ops"] = (args, env) => ops(args, ici(env));
  return {
    serveur,
    sql,
    depots,
    ops: commande,
    suivre: async (options = [], env = {}) => {
      const port = freePort();
      const { code, stdout, stderr } = await commande(
        ["secours:creer", "--port", String(port), ...options],
        env,
      );
      if (code !== 0) throw new Error(`${stdout}\n${stderr}`);
      let lue: Awaited<ReturnType<typeof fiche>>;
      await runWithin(ici(env), async () => (lue = await fiche(), 0));
      const url = new URL(lue!.secours);
      // It may have been copied by another account than the project's.
      const { username, password } = new URL(serveur.urlProjet);
      Object.assign(url, { username, password });
      return { url: url.href, superuser: lue!.secours };
    },
    porte: async (nom, env, log) => {
      const porte = await startFonction(nom, { SUPABASE_DB_URL: serveur.urlProjet, ...env }, [], log);
      portes.push(porte);
      return porte;
    },
    fermer: async () => {
      await Promise.all(portes.map((porte) => porte.stop()));
      await Promise.all([sql.end({ timeout: 0 }), proprietaire.end({ timeout: 0 })]);
      await commande(["secours:retirer"]);
      await serveur.fermer();
    },
  };
}

// A database to take over to, and the commands as an operator types them.
import { join } from "node:path";
import postgres from "postgres";
import type { Compte } from "../../../ops/commun/deroulement.ts";
import { declaredProject } from "../../../tests/support/base.ts";
import { opsJson } from "../../../tests/support/ops.ts";

/** Hash of every row of the schemas a takeover could touch, with its place. */
export async function empreinteDe(base: postgres.Sql): Promise<string> {
  const [{ tout }] = await base<[{ tout: string }]>`
    select md5(coalesce(string_agg(md5(query_to_xml(
             format('select ctid, xmin, t::text from %I.%I t order by ctid', schemaname, tablename), true, false, '')::text), ','
             order by schemaname, tablename), '')
           || (select string_agg(tgname::text || tgenabled::text, ',' order by oid) from pg_trigger)) as tout
      from pg_tables where schemaname in ('public', 'private', 'auth')`;
  return tout;
}

export interface Arrivee {
  url: string;
  base: postgres.Sql;
  empreinte(): Promise<string>;
  /** Receives a truck and validates a sortie as this admin. */
  vivre(
    admin: string,
    lieu: { depot: string; produit: string; citerne: string },
  ): Promise<{ verifier: unknown[]; sortie: string }>;
}

/** A migrated database with nothing in it. */
export async function baseVide(nom: string): Promise<Arrivee> {
  const url = await declaredProject(nom, { seed: false });
  const base = postgres(url, { max: 2, onnotice: () => {} });
  return {
    url,
    base,
    empreinte: () => empreinteDe(base),
    vivre: (admin, { depot, produit, citerne }) =>
      base.begin(async (tx) => {
        await tx`select set_config('request.jwt.claims', ${
          JSON.stringify({ sub: admin, role: "authenticated", aal: "aal2" })
        }, true)`;
        const [cdr] = await tx`
          insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
          values ((select id from public.fournisseurs limit 1), ${depot}, ${produit}, 'APRES1', 30000) returning id`;
        for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
          await tx`select public.changer_statut_cours_de_route(${cdr!.id}, ${statut})`;
        }
        await tx`insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c)
                 values (${cdr!.id}, ${citerne}, 30000, 20)`;
        const [sortie] = await tx`
          insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c)
          values (${citerne}, (select id from public.clients limit 1), 1000, 20) returning id`;
        await tx`select public.validate_sortie(${sortie!.id})`;
        const [{ statut }] = await tx`
          select statut from public.sorties_produit where id = ${sortie!.id}` as unknown as [
          { statut: string },
        ];
        return { verifier: [...await tx`select * from public.verifier_stocks()`], sortie: statut };
      }),
  };
}

// deno-lint-ignore no-explicit-any
export type Fait = { code: number; compte: Compte & { resultat: any } };

/** `reprise:<acte>`, and its one JSON object. */
export const reprise = (
  acte: "examiner" | "charger" | "prouver",
  options: Record<string, string>,
  ...plus: string[]
): Promise<Fait> =>
  opsJson([
    `reprise:${acte}`,
    ...Object.entries(options).flatMap(([nom, valeur]) => [`--${nom}`, valeur]),
    ...plus,
  ]);

/** Signs a file of decisions, after changing the choices given by code. */
export async function signer(chemin: string, choix: Record<string, string> = {}): Promise<void> {
  const fichier = JSON.parse(await Deno.readTextFile(chemin));
  fichier.signature = { nom: "Valery Kalonga", le: "2026-11-26" };
  for (const decision of fichier.decisions) {
    if (!choix[decision.code]) continue;
    decision.choix = choix[decision.code];
    for (const ligne of decision.lignes) delete ligne.choix;
  }
  await Deno.writeTextFile(chemin, JSON.stringify(fichier));
}

/** Examines and signs: the decisions of a source, ready to be loaded. */
export async function decider(source: string, choix: Record<string, string> = {}): Promise<string> {
  const dans = await Deno.makeTempDir();
  const { code, compte } = await reprise("examiner", { source, dans });
  if (code !== 0) throw new Error(JSON.stringify(compte));
  const decisions = join(dans, "reprise-decisions.json");
  await signer(decisions, choix);
  return decisions;
}

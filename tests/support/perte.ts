// A base that is lost under load: what its doors had acknowledged, and what of it came back.
import { citerne, CLIENT, preparerDepot } from "../../bench/depot.ts";
import { connect, type Sql } from "../../ops/commun/connection.ts";
import { signInAs } from "../../ops/pile/client.ts";
import { loadKeys } from "../../ops/pile/keys.ts";
import { type PostgresServer, startPostgres, SUPERUSER } from "../../ops/pile/postgres.ts";
import type { StackStatus } from "../../ops/pile/status.ts";
import { freePort } from "../../ops/pile/throwaway.ts";
import { retirerDossier } from "./attente.ts";
import { leverLesLimites } from "./limites.ts";
import { tuer } from "./serveur.ts";
import { descendants, type Pile } from "./pile.ts";

export const MOT_DE_PASSE = "monaluxe-demo";

/** A sortie that was drafted and validated by the doors, and when its answer came. */
export interface Acte {
  id: string;
  le: number;
}

export function superutilisateur(dbUrl: string): Sql {
  const url = new URL(dbUrl);
  url.username = SUPERUSER;
  return connect(url.href);
}

/** Six tanks that no sortie empties, and nobody told that they knock too often. */
export async function preparerCharge(portes: StackStatus): Promise<void> {
  const url = new URL(portes.DB_URL);
  url.username = SUPERUSER;
  await preparerDepot(url.href, portes.DB_URL);
  await leverLesLimites(url.href);
}

/** Four people at once, until `assez` says so of what was acknowledged; what is under way then ends unheard. */
export async function charger(portes: StackStatus, assez: (actes: Acte[]) => boolean): Promise<Acte[]> {
  const gerant = await signInAs(portes, "gerant", MOT_DE_PASSE);
  const actes: Acte[] = [];
  const travailler = async (numero: number) => {
    while (!assez(actes)) {
      const { id } = await gerant.call("POST", "sorties", {
        citerne_id: citerne(numero),
        client_id: CLIENT,
        volume_ambiant: 10,
        temperature_ambiante_c: 21,
      });
      await gerant.call("POST", `sorties/${id}/valider`);
      actes.push({ id, le: Date.now() });
    }
  };
  await Promise.all([1, 2, 3, 4].map(travailler));
  return actes;
}

/** The server first, and everything: nobody is left to stop it in order, and its folder is gone. */
export async function perdre(pile: Pile, dataDir: string): Promise<void> {
  await tuerPile(pile);
  await retirerDossier(dataDir);
}

/** All its processes at once, and its disk stays. */
export async function tuerPile(pile: Pile): Promise<void> {
  tuer([...await descendants(pile.pid), pile.pid]);
  await pile.end();
}

export async function actesRendus(sql: Sql): Promise<Set<string>> {
  const lignes = await sql<{ id: string }[]>`
    select id from public.sorties_produit where statut = 'validee'`;
  return new Set(lignes.map(({ id }) => id));
}

/** A restored folder's server alone, looked at and stopped. */
export async function regarder<T>(dataDir: string, faire: (sql: Sql) => Promise<T>): Promise<T> {
  const { databasePassword } = await loadKeys(dataDir);
  const serveur: PostgresServer = await startPostgres({
    dataDir,
    port: freePort(),
    password: databasePassword,
  });
  const sql = connect(serveur.urlAs(SUPERUSER));
  try {
    return await faire(sql);
  } finally {
    await sql.end();
    await serveur.stop();
  }
}

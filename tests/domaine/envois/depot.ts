// A database of one's own with an outbox, and the worker that drains it.
import { labelDatabase } from "../../../ops/commun/environment.ts";
import { connect, inDatabase, type Sql } from "../../../ops/commun/connection.ts";
import { declaredProject } from "../../support/base.ts";
import { type Fonction, startFonction } from "../../support/fonction.ts";
import { status } from "../../support/monde.ts";
import type { Bilan } from "../../../supabase/functions/envois/ouvrier.ts";

export interface Envoi {
  id: string;
  statut: "A_ENVOYER" | "EN_COURS" | "ENVOYE" | "MORT";
  essais: number;
  dernier_code: string | null;
  derniere_erreur: string | null;
}

export interface Boite {
  sql: Sql;
  /** Writes a rule of notification. */
  regle(regle: Record<string, unknown>): Promise<string>;
  /** Opens an alert that nothing else writes, as a pass does. */
  ouvrir(severity?: "CRITICAL" | "WARN"): Promise<string>;
  /** Messages there are of a rule. */
  envois(regle: string): Promise<Envoi[]>;
  /** Whatever waits is due now. */
  avancer(): Promise<void>;
  fermer(): Promise<void>;
}

export async function ouvrirBoite(nom: string): Promise<Boite> {
  const base = `${nom}_${crypto.randomUUID().slice(0, 8)}`;
  const url = await declaredProject(base, { seed: true });
  const sql = connect(url);
  await labelDatabase(sql, "staging");
  await sql`insert into public.app_settings (key, value) values ('profils_prevenus', 'staging')`;
  await sql`update public.notifications_regles set actif = false`;
  return {
    sql,
    regle: async (regle) => {
      const [{ id }] = await sql<[{ id: string }]>`
        insert into public.notifications_regles ${sql(regle)} returning id`;
      return id;
    },
    ouvrir: async (severity = "CRITICAL") => {
      const [{ id }] = await sql<[{ id: string }]>`
        insert into public.system_alerts (check_code, severity, entity_type, entity_id, message, depot_id)
        select 'STOCK_NEGATIF', ${severity}, 'CITERNE_STOCK', gen_random_uuid(), 'Stock négatif : essai.', d.id
          from public.depots d limit 1 returning id`;
      return id;
    },
    envois: (regle) =>
      sql<Envoi[]>`
        select id, statut, essais, dernier_code, derniere_erreur from public.envois
         where regle_id = ${regle} order by created_at, id`,
    avancer: async () => {
      await sql`update public.envois set prochain_essai = now() where statut in ('A_ENVOYER', 'EN_COURS')`;
    },
    fermer: () => sql.end(),
  };
}

/** The worker on that database, with this environment. */
export async function ouvrierSur(
  { sql }: Boite,
  environnement: Record<string, string>,
): Promise<{ vider(): Promise<Bilan>; fonction: Fonction }> {
  const fonction = await startFonction("envois", {
    ...environnement,
    SUPABASE_DB_URL: inDatabase(status.DB_URL, sql.options.database),
  }, [
    "--allow-sys=ca",
    ...(environnement.COURRIER_DIR ? [`--allow-write=${environnement.COURRIER_DIR}`] : []),
  ]);
  return {
    fonction,
    vider: async () => {
      const reponse = await fonction.demander("/vider", {
        method: "POST",
        headers: { authorization: `Bearer ${status.SERVICE_ROLE_KEY}` },
      });
      if (!reponse.ok) throw new Error(`${reponse.status} ${await reponse.text()}`);
      return await reponse.json();
    },
  };
}

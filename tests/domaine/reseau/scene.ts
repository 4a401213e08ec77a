// Two depots that have everything, a third they send to, and a witness of each row that is written.
import postgres from "postgres";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { type Chose, COMMUN, DU_DEPOT, duDepot } from "../acces/decor.ts";
import type { Designer } from "../acces/sql.ts";

const lire = (fichier: string) => Deno.readTextFile(new URL(fichier, import.meta.url));

/** Every write of a transaction, row by row, whoever makes it and under whatever rule: read before it ends. */
const TEMOIN = `
  create extension if not exists pgrowlocks;
  create schema essai;
  create table essai.ecrits (relation text, verbe text, ligne jsonb, txid xid8 default pg_current_xact_id());
  create function essai.noter() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
  begin
    insert into essai.ecrits (relation, verbe, ligne) values (tg_table_schema || '.' || tg_table_name, tg_op, to_jsonb(old)),
      (tg_table_schema || '.' || tg_table_name, tg_op, to_jsonb(new));
    return null;
  end $$;
  do $$
  declare v_table record;
  begin
    for v_table in select c.oid::regclass as nom from pg_class c
      where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('public', 'private', 'astm')
    loop
      execute format('create trigger zz_temoin after insert or update or delete on %s for each row execute function essai.noter()',
        v_table.nom);
      execute format('alter table %s enable always trigger zz_temoin', v_table.nom);
    end loop;
  end $$;`;

export type Cote = "ici" | "ailleurs";

export interface Scene {
  base: postgres.Sql;
  /** Id of each thing by its name; of the other depot with _ailleurs behind. */
  ids: Record<string, string>;
  /** What a statement names, at one depot or the other. */
  designer(cote: Cote): Designer;
  /** Whether volumes at 15 °C are the standard's. */
  norme(oui: boolean): Promise<void>;
}

/** What is named, and has no id. */
const NOMMES: Partial<Record<Chose, string>> = {
  flag: "essai_matrice",
  reglage: "essai_matrice",
  jour_caisse: "2026-01-15",
};

export async function ouvrirScene(): Promise<Scene> {
  const nom = `reseau_${crypto.randomUUID().slice(0, 8)}`;
  await declaredProject(nom, { seed: true });
  const url = asSuperuser(nom);
  const seule = postgres(url, { max: 1, onnotice: () => {} });
  const decor = await Promise.all(
    ["../acces/facture.sql", "../../support/vente.sql", "../acces/decor.sql"].map(lire),
  );
  await seule.unsafe(await lire("../../../supabase/tests/000_acteurs.test.sql")).simple();
  await seule.unsafe(
    `begin; set local role postgres; set local search_path = public, extensions; ${decor.join("\n")}`,
  ).simple();
  const noms = [...DU_DEPOT, ...DU_DEPOT.map((un) => `${un}_ailleurs`), ...COMMUN, "admin", "chef"];
  const connus = await seule.unsafe<{ nom: string; id: string | null }[]>(
    "select nom, tests.id(nom) as id from unnest($1::text[]) nom where nom <> all ($2)",
    [noms, Object.keys(NOMMES)] as never[],
  );
  await seule.unsafe("commit");
  await seule.unsafe(TEMOIN).simple();
  await seule.end();
  const ids = Object.fromEntries(connus.flatMap(({ nom, id }) => id ? [[nom, id]] : []));
  const base = postgres(url, { max: 4, onnotice: () => {}, idle_timeout: 60 });
  return {
    base,
    ids,
    designer: (cote) => (chose) => {
      if (chose === "neuf") return "left(md5(random()::text), 20)";
      const dit = NOMMES[chose] ?? ids[cote === "ailleurs" && duDepot(chose) ? `${chose}_ailleurs` : chose];
      if (!dit) throw new Error(`le décor n'a pas de « ${chose} »`);
      return `'${dit}'`;
    },
    norme: async (oui) => {
      await base`update public.feature_flags set enabled = ${oui} where key = 'astm_53b'`;
    },
  };
}

// staging:reset. From the first drop to the last check, one transaction: killed, cut or refused anywhere, PostgreSQL
// undoes all of it.
import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import type { Etape } from "../cli/deroulement.ts";
import { essayerChaine } from "../essai_chaine.ts";
import { Echec } from "../stack/failure.ts";
import { ROOT } from "../stack/settings.ts";
import {
  CITERNES,
  controlerAucunMouvement,
  controlerCiternes,
  controlerFantomes,
  controlerProduits,
  DEPOT,
  GASOIL,
} from "./controles.ts";
import { choisirGraine, exigerConfirmation, PHRASE_RESET } from "./gardes.ts";
import { lireMigrations, lireScript, type Migration, type Script } from "./scripts.ts";
import { type ContexteTransaction, dedans } from "./transaction.ts";

export interface ContexteReset extends ContexteTransaction {
  migrations: Migration[];
  graine: Script;
}

/** What the person said, and the files, before the database is touched. */
export const lireDemande: Etape<ContexteReset> = {
  titre: "Vérifier les confirmations, la graine et les migrations",
  faire: async (contexte) => {
    exigerConfirmation(PHRASE_RESET, "staging:reset");
    contexte.graine = await lireScript(await choisirGraine());
    contexte.migrations = await lireMigrations(join(ROOT, "supabase/migrations"));
    return `${contexte.migrations.length} migrations, graine ${relative(ROOT, contexte.graine.fichier)}`;
  },
};

/** Runs a file as it stands; where it fails, says which statement. */
async function executer({ tx }: ContexteReset, { fichier, texte, instructions }: Script): Promise<void> {
  if (!instructions.length) return;
  try {
    await tx.unsafe(texte).simple();
  } catch (erreur) {
    const { message, hint, position } = erreur as { message: string; hint?: string; position?: string };
    const avant = [...texte].slice(0, Number(position ?? 0)).join("");
    const ligne = position ? `, ligne ${avant.split("\n").length}` : "";
    throw new Echec(`${relative(ROOT, fichier)}${ligne} : ${message}${hint ? ` (${hint})` : ""}`);
  }
}

const demolir: Etape<ContexteReset> = dedans("Retenir les profils, vider le projet", async ({ tx }) => {
  await tx.unsafe(`create temp table profils_gardes (profil jsonb not null) on commit drop`);
  const [{ connue }] = await tx<
    [{ connue: boolean }]
  >`select to_regclass('public.profils') is not null as connue`;
  if (connue) await tx`insert into pg_temp.profils_gardes select to_jsonb(p) from public.profils p`;
  for (const texte of ["demolir.sql", "../stack/vider_projet.sql"]) {
    await tx.unsafe(await Deno.readTextFile(new URL(texte, import.meta.url))).simple();
  }
  const [{ profils }] = await tx<
    [{ profils: number }]
  >`select count(*)::int as profils from pg_temp.profils_gardes`;
  return `${profils} profils retenus`;
});

/** As the Supabase CLI would have: `db push` and `migration list` find their history where and as they left it. */
const migrer: Etape<ContexteReset> = dedans("Rejouer les migrations", async (contexte, dire) => {
  const { tx, migrations } = contexte;
  await tx.unsafe(`
    create schema if not exists supabase_migrations;
    create table if not exists supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
    create table if not exists supabase_migrations.seed_files (path text primary key, hash text not null);
    delete from supabase_migrations.schema_migrations;
    delete from supabase_migrations.seed_files;`).simple();
  for (const migration of migrations) {
    dire(migration.nom);
    await executer(contexte, migration);
    await tx`insert into supabase_migrations.schema_migrations (version, name, statements)
             values (${migration.version}, ${migration.nom}, ${tx.array(migration.instructions)})`;
  }
  return `${migrations.length} migrations`;
});

const semer: Etape<ContexteReset> = dedans("Poser les référentiels et la graine", async (contexte) => {
  const { tx, graine } = contexte;
  await tx`insert into public.app_settings (key, value) values ('env', 'staging')`;
  await tx`select private.poser_referentiels()`;
  await executer(contexte, graine);
  const chemin = relative(ROOT, graine.fichier);
  // The CLI would sow it again if it did not find it here.
  if (graine.instructions.length && !chemin.startsWith("..")) {
    const empreinte = createHash("sha256").update(graine.texte).digest("hex");
    await tx`insert into supabase_migrations.seed_files (path, hash) values (${chemin}, ${empreinte})`;
  }
  return chemin;
});

/** Accounts are auth's and stay. A profile comes back where its depot still is; those who see every depot need none. */
const reprendreProfils: Etape<ContexteReset> = dedans("Rendre leur profil aux comptes", async ({ tx }) => {
  const rendus = await tx`
    insert into public.profils
    select p.* from pg_temp.profils_gardes g
     cross join lateral jsonb_populate_record(null::public.profils, g.profil) p0
      left join public.depots d on d.id = p0.depot_id
     cross join lateral jsonb_populate_record(p0, jsonb_build_object('depot_id', d.id)) p
     where exists (select from auth.users u where u.id = p0.user_id)
       and (p0.depot_id is null or d.id is not null or p0.role in ('admin', 'directeur', 'pca'))
    returning user_id`;
  const perdus = await tx<{ qui: string }[]>`
    select coalesce(g.profil ->> 'email', g.profil ->> 'user_id') as qui from pg_temp.profils_gardes g
     where not exists (select from public.profils p where p.user_id = (g.profil ->> 'user_id')::uuid)`;
  return `${rendus.length} profils rendus` +
    (perdus.length
      ? `, ${perdus.length} sans leur dépôt, à refaire par un admin : ${
        perdus.map(({ qui }) => qui).join(", ")
      }`
      : "");
});

export const etapesReset: Etape<ContexteReset>[] = [
  demolir,
  migrer,
  semer,
  reprendreProfils,
  dedans("Contrôler les produits", ({ tx }) => controlerProduits(tx)),
  dedans("Contrôler les citernes", ({ tx }) => controlerCiternes(tx)),
  dedans("Contrôler l'absence de citerne fantôme", ({ tx }) => controlerFantomes(tx)),
  dedans(
    "Essayer CDR → réception → sortie, et l'annuler",
    ({ tx }) =>
      essayerChaine(tx, () => Promise.resolve({ depot: DEPOT, produit: GASOIL, citerne: CITERNES[0]!.id })),
  ),
  dedans("Contrôler que stocks_snapshot est vide", async ({ tx }) => {
    const constat = await controlerAucunMouvement(tx);
    // Heard at commit by PostgREST, and by the REST of npm start.
    await tx`select pg_notify('pgrst', 'reload schema')`;
    return constat;
  }),
];

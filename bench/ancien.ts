// The system that this one replaces, on the same server: its schema as its repository keeps it, its own functions, the
// same depot of six tanks. ANCIEN_SYSTEME says where a checkout of that repository is; without it the benches say so.
import { join } from "node:path";
import { prepareProject } from "../ops/pile/database.ts";
import { loadKeys } from "../ops/pile/keys.ts";
import { citerne, CITERNES, CLIENT, type Gens, LITRES_RECUS } from "./depot.ts";
import { ouvrir } from "./mesure.ts";

const SCHEMA = "staging/sql/000_prod_schema_public.safe.sql";
/** Production's own dump cannot validate: its trigger refuses the update. This is the patch it was to have. */
const VALIDATION = "docs/DB_CHANGES/2026-02-25_staging_validate_sortie_p0.sql";

export const ANCIEN = Deno.env.get("ANCIEN_SYSTEME");
export const ABSENT =
  "The system that this one replaces was not measured: ANCIEN_SYSTEME names no checkout of its repository.";

/** Its two ways of writing a sortie: validate_sortie is its contract, a row inserted as validated what its app does. */
export const SCRIPTS_ANCIENS = {
  "old: draft, then validate_sortie": `
insert into public.sorties_produit (citerne_id, produit_id, client_id, volume_ambiant, volume_corrige_15c,
  temperature_ambiante_c, statut, date_sortie)
values ('${citerne(":citerne")}', '22222222-2222-2222-2222-222222222222', '${CLIENT}', :litres, :litres, 24.5,
  'brouillon', now()) returning id \\gset
select public.validate_sortie(':id');`,
  "old: a row inserted as validee": `
insert into public.sorties_produit (citerne_id, produit_id, client_id, volume_ambiant, volume_corrige_15c,
  temperature_ambiante_c, statut, date_sortie)
values ('${citerne(":citerne")}', '22222222-2222-2222-2222-222222222222', '${CLIENT}', :litres, :litres, 24.5,
  'validee', now()) returning id \\gset`,
};

/** Makes it in a bare database: its schema, who may what in it as a hosted project gives, the depot, its stock. */
export async function preparerAncien(
  dossierCles: string,
  superuserUrl: string,
  url: string,
): Promise<Gens> {
  const superuser = ouvrir(superuserUrl);
  await prepareProject(superuser, await loadKeys(dossierCles), url);
  for (const fichier of [SCHEMA, VALIDATION]) {
    // Lines of psql itself, not of SQL.
    const texte = (await Deno.readTextFile(join(ANCIEN!, fichier))).replace(/^\\.*$/gm, "");
    await superuser.unsafe(texte).simple();
  }
  await superuser.unsafe(`
    reset all;
    grant usage on schema public to authenticated;
    grant all on all tables in schema public to authenticated;
    grant execute on all functions in schema public to authenticated;
    insert into public.depots (id, nom) values ('11111111-1111-1111-1111-111111111111', 'Dépôt du banc');
    insert into public.produits (id, nom, code) values ('22222222-2222-2222-2222-222222222222', 'Gasoil', 'GO');
    insert into public.clients (id, nom) values ('${CLIENT}', 'Client du banc');`).simple();
  const [{ id: gerant }] = await superuser<[{ id: string }]>`
    insert into auth.users (id, email) values (gen_random_uuid(), 'gerant@bench.monaluxe.test') returning id`;
  await superuser`insert into public.profils (user_id, role, depot_id)
    values (${gerant}, 'gerant', '11111111-1111-1111-1111-111111111111')`;
  await superuser.begin(async (tx) => {
    await tx`select set_config('app.stocks_journaliers_allow_write', '1', true)`;
    for (let numero = 1; numero <= CITERNES; numero++) {
      const lieu = [citerne(numero), "22222222-2222-2222-2222-222222222222"];
      await tx`
        insert into public.citernes (id, depot_id, produit_id, nom, capacite_totale, capacite_securite, localisation)
        values (${lieu[0]!}, '11111111-1111-1111-1111-111111111111', ${lieu[
        1
      ]!}, ${`BANC ${numero}`}, 999999999, 1000, '')`;
      await tx`
        insert into public.stocks_snapshot (citerne_id, produit_id, proprietaire_type, depot_id, stock_ambiant, stock_15c)
        values (${lieu[0]!}, ${lieu[
        1
      ]!}, 'MONALUXE', '11111111-1111-1111-1111-111111111111', ${LITRES_RECUS}, ${LITRES_RECUS})`;
      await tx`
        insert into public.stocks_journaliers (citerne_id, produit_id, date_jour, stock_ambiant, stock_15c, depot_id)
        values (${lieu[0]!}, ${lieu[1]!}, current_date, ${LITRES_RECUS}, ${LITRES_RECUS},
                '11111111-1111-1111-1111-111111111111')`;
    }
  });
  await superuser.end();
  return { admin: gerant, gerant };
}

// `supabase db advisors --fail-on warn`: nothing but the exceptions below, each with its reason.
import assert from "node:assert/strict";
import { supabaseCli } from "../../../ops/pile/migrations.ts";
import { sql, status, test } from "../../support/monde.ts";

interface Exception {
  conseil: string;
  raison: string;
  /** What the advisor may say it of. */
  objets: string[];
}

const astm = (noms: string) => noms.trim().split(/\s+/).map((nom) => `astm.${nom}`);

const EXCEPTIONS: Exception[] = [
  {
    conseil: "function_search_path_mutable",
    raison:
      "A body given as `return …` or `begin atomic` is parsed when the function is made: its names are bound then, and no " +
      "search_path is read when it runs. A `set` clause would only keep the planner from inlining it, and these are " +
      "called for every volume at 15 °C (private.jour_local for every row with a day).",
    objets: [
      "private.champ_volume",
      "private.arrondi_tolere",
      "private.cle_au_depot",
      "private.cle_caisse",
      "private.cle_compte",
      "private.cle_nom",
      "private.cle_periodes",
      "private.admis",
      "private.cle_plaque",
      "private.colonnes_nommees",
      "private.cedant",
      "private.cessionnaire",
      "private.citerne_fantome",
      "private.mouvements_du_journal",
      "private.volume_au_bareme",
      "private.date_possible",
      "private.fuseau_nomme",
      "private.illisibles",
      "private.nom_lisible",
      "private.plaque_lisible",
      "private.texte_lisible",
      "private.ecart_admis",
      "private.en_devise",
      "private.en_kgm3",
      "private.masse_vide_t",
      "private.masse_air_t",
      "private.mesures_de",
      "private.jour_local",
      "private.empreinte_bloc",
      "private.empreinte_ligne",
      "private.ligne_recente",
      "private.possede",
      "private.tolerance_horloge",
      "private.uuid_v7",
      "private.id_de_ligne",
      "private.client_du_bon",
      "private.details_encaissement",
      "private.details_facture",
      "private.dire_lettre",
      "private.empreinte_suivante",
      "private.ligne_admise",
      "private.tva",
      "private.depots_de",
      "private.lignes_au_plus",
      "private.texte_net",
      "private.vendables",
      "private.verrouiller_citerne",
      "private.formule_historique",
      ...astm(`
        alpha approcher approcher_2004 approcher_avec approcher_u arrondir au_litre calculer_15c
        calculer_15c_groupe_c calculer_1980 calculer_2004 calculer_20c calculer_imprime coefficients_1980
        coefficients_2004 correction_verre ctsh dans_domaine densite_etoile deplacement_toit_l
        domaine_densite domaine_temperature ecart_60f estimer estimer_avec etoile_avec exposant_2004
        facteur_1980 facteur_pression incertitude_15c ipts68_ecart jaugeage masse_air_t masse_vide_t
        part_toit seuil_2004 temperature_paroi tolerance_l volume_a_charger zone_b_1980 zone_b_2004`),
    ],
  },
];

interface Conseil {
  name: string;
  level: string;
  detail: string;
  metadata: { name: string; schema: string };
}

test("the advisors of Supabase warn of nothing but what is named here with its reason", async (t) => {
  const { stdout, stderr } = await supabaseCli([
    "db",
    "advisors",
    "--level=warn",
    "--fail-on=warn",
    "--output-format=json",
    `--remote=${status.DB_URL}`,
  ]);
  assert.ok(stdout.trim().startsWith("{"), `les conseils n'ont pas été donnés : ${stderr}`);
  // What another session of these tests makes for itself is no object of the project.
  const results = (JSON.parse(stdout) as { results: Conseil[] }).results
    .filter(({ metadata }) => !metadata.schema.startsWith("pg_temp"));
  const dits = results.map(({ name, metadata }) => `${name} ${metadata.schema}.${metadata.name}`);
  const admis = EXCEPTIONS.flatMap(({ conseil, objets }) => objets.map((objet) => `${conseil} ${objet}`));

  await t.step("no other warning", () => {
    const autres = results.filter((_, i) => !admis.includes(dits[i]!)).map(({ name, detail }) =>
      `${name}: ${detail}`
    );
    assert.deepEqual(autres, [], "mend it, or name it in EXCEPTIONS with its reason");
  });
  await t.step("no exception more than needed", () => {
    assert.deepEqual(admis.filter((un) => !dits.includes(un)), [], "take these out of EXCEPTIONS");
  });
  await t.step("the reason holds: each of these functions was parsed when it was made", async () => {
    const relus = await sql`
      select p.oid::regprocedure as nom from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname || '.' || p.proname = any (${EXCEPTIONS[0]!.objets}) and p.prosqlbody is null`;
    assert.deepEqual([...relus], []);
  });
});

// The consolidated database behind doors of its own: all of it is read, and what is asked to be written is told where.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { lireEtatSchema } from "../../supabase/functions/_shared/etat_schema.ts";
import { EMPREINTE_ATTENDUE } from "../../supabase/functions/ops/empreinte.ts";
import description from "../../supabase/functions/ops/openapi.json" with { type: "json" };
import { oneValue } from "../../ops/commun/database.ts";
import { type Person, signIn } from "../../ops/pile/client.ts";
import { Refusal } from "../../ops/pile/refusal.ts";
import { SUPERUSER } from "../../ops/pile/postgres.ts";
import { startStack } from "../../ops/pile/stack.ts";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { ouvrirDepot } from "../domaine/concurrence/depot.ts";
import { attendre, retirerDossier } from "../support/attente.ts";
import { commandesAvec } from "../support/deplacement.ts";
import { PASSWORD } from "../support/gens.ts";
import { test } from "../support/monde.ts";
import { lignes, ouvrirBase, ouvrirServeur, travailler } from "../support/reseau.ts";

interface Adresse {
  get?: { parameters?: { in: string; required?: boolean }[] };
}

/** Every list and report that is asked for without more than its address. */
const LECTURES = Object.entries(description.paths as unknown as Record<string, Adresse>)
  .filter(([chemin, { get }]) =>
    get && !chemin.includes("{") && !get.parameters?.some((un) => un.in === "query" && un.required)
  ).map(([chemin]) => chemin.slice(1));

/** Its refusal, with what it says. */
async function refus(demande: Promise<unknown>): Promise<Refusal> {
  const dit = await demande.then(() => undefined, (erreur) => erreur);
  assert.ok(dit instanceof Refusal, `refusé attendu : ${dit}`);
  return dit;
}

test("the head office reads all its depots through doors of its own, and writes nothing there", async (t) => {
  let office = await ouvrirServeur();
  const [y, dataDir] = await Promise.all([
    ouvrirServeur(),
    temporaryDataDir("monaluxe-lecture-siege-"),
  ]);
  // Of a server of one's own the superuser is given, and the project is made.
  const maitre = Object.assign(new URL(await office.creer("autre", "vierge")), { username: SUPERUSER }).href;
  const siegeUrl = Object.assign(new URL(maitre), { username: "postgres", pathname: "/siege" }).href;
  const depotUrl = await y.creer("aaa", "declare");
  const { reussir } = commandesAvec({
    SIEGE_DB_URL: siegeUrl,
    SIEGE_SUPERUTILISATEUR_URL: maitre,
    REFERENCE_DB_URL: depotUrl,
    DEPOT_AAA_DB_URL: depotUrl,
  });
  const [siege, depot] = [ouvrirBase(siegeUrl), ouvrirBase(depotUrl)];
  await depot`insert into public.app_settings (key, value) values ('societe_code', 'AAA'), ('env', 'local')`;
  const a = { sql: depot, depot: await ouvrirDepot(depot) };
  await travailler(a, 3);
  await reussir("siege:preparer");
  await reussir("siege:rattacher", "AAA");
  const pile = await startStack({
    dataDir,
    apiPort: freePort(),
    dbPort: freePort(),
    demoPassword: "x",
    throwaway: true,
    databaseUrl: siegeUrl,
  });
  const [{ email }] = await depot<[{ email: string }]>`
    select email from auth.users where id = ${a.depot.gens.admin}`;
  const admin: Person = await signIn(pile.status, email, PASSWORD);
  const entetes = {
    apikey: pile.status.ANON_KEY,
    authorization: `Bearer ${(await admin.supabase.auth.getSession()).data.session!.access_token}`,
  };
  const lire = (chemin: string) =>
    fetch(`${pile.status.API_URL}/functions/v1/${chemin}`, { headers: entetes });
  const journal = async (action: string) =>
    (await siege`select from public.log_actions where action = ${action} and user_id = ${a.depot.gens.admin}`)
      .length;

  try {
    await t.step(
      "it is at the schema that its functions expect, and what somebody changes there is seen",
      async () => {
        assert.equal(pile.schema, "à jour");
        const { statut, schema } = await (await lire("ops/ready")).json();
        assert.deepEqual({ statut, schema }, { statut: "pret", schema: "à jour" });
        const [{ index }] = await siege<[{ index: string }]>`
        select split_part(objet, ' ', 2) as index from siege.ecarts_schema where declare is null and objet ~ '^index public' limit 1`;
        const defait = new Error("essai");
        await siege.begin(async (tx) => {
          await tx.unsafe(`drop index ${index}`);
          const etat = await lireEtatSchema(tx);
          assert.notEqual(etat!.empreinte, EMPREINTE_ATTENDUE);
          assert.deepEqual(etat!.modifies, [`index ${index}`]);
          throw defait;
        }).catch((erreur) => assert.equal(erreur, defait));
      },
    );

    await t.step("every list and report answers", async () => {
      assert.ok(LECTURES.length > 50, `${LECTURES.length} adresses lues : rien n'a été regardé`);
      const refusees: string[] = [];
      for (const chemin of LECTURES) {
        const reponse = await lire(chemin);
        const dit = await reponse.text();
        if (reponse.status >= 400) refusees.push(`${chemin} : ${reponse.status} ${dit.slice(0, 200)}`);
      }
      assert.deepEqual(refusees, []);
      const { data } = await (await lire("sorties")).json() as { data: unknown[] };
      assert.equal(data.length, 3);
    });

    await t.step("the sealed log of its depots is proved through the door", async () => {
      assert.deepEqual(
        await (await lire("journal/verification")).json().then(({ intact, anomalies }) => ({
          intact,
          anomalies,
        })),
        { intact: true, anomalies: [] },
      );
    });

    await t.step("an act is refused with where to do it", async () => {
      const dit = await refus(admin.call("POST", "receptions", {
        citerne_id: a.depot.citernes[0],
        partenaire_id: a.depot.partenaire,
        proprietaire_type: "PARTENAIRE",
        volume_ambiant: 10,
        temperature_ambiante_c: 15,
      }));
      assert.equal(dit.problem.code, "SIEGE_LECTURE_SEULE");
      assert.equal(dit.problem.status, 409);
      assert.match(dit.problem.detail, /Faites cet acte à l'adresse du dépôt/);
    });

    await t.step("a person is asked for at the reference before an account is made", async () => {
      const [{ avant }] = await siege<[{ avant: number }]>`select count(*)::int as avant from auth.users`;
      const dit = await refus(admin.call("POST", "profils", {
        email: "nouveau@essai.test",
        nom_complet: "Nouveau",
        role: "lecture",
        depot_id: a.depot.id,
      }));
      assert.equal(dit.problem.code, "REFERENTIEL_AUTRE_BASE");
      const [{ apres }] = await siege<[{ apres: number }]>`select count(*)::int as apres from auth.users`;
      assert.equal(apres, avant);
    });

    await t.step("who reads a report there is in its log", async () => {
      const jour = new Date().toISOString().slice(0, 10);
      const rapport = await lire(`rapports/livre?depot_id=${a.depot.id}&du=${jour}&au=${jour}`);
      assert.equal(rapport.status, 200, await rapport.text());
      assert.equal(await journal("EXPORT_GENERE"), 1);
    });

    await t.step("what a clock does every minute and every hour touches no row of a depot", async () => {
      const avant = await lignes(siege);
      for (const tache of ["sceller_journal", "surveiller", "taches_periodiques"]) {
        await siege.unsafe(`select private.${tache}()`);
      }
      assert.deepEqual([...avant.symmetricDifference(await lignes(siege))], []);
    });

    await t.step("it is no standby of a depot, and says whose it is", async () => {
      const [{ point }] = await depot<[{ point: string }]>`select private.point_a_lire() as point`;
      const [{ dit }] = await siege<[{ dit: string }]>`select private.refus_de_lecture(${point}, 0) as dit`;
      assert.match(dit, /^est la base consolidée d'un réseau : elle se lit à ses propres portes/);
    });

    await t.step(
      "while it lives no other is made of the same bases; lost with its server, it is made again",
      async () => {
        const adresses = { SIEGE_DB_URL: maitre, REFERENCE_DB_URL: depotUrl, DEPOT_AAA_DB_URL: depotUrl };
        const { reussir, refuser } = commandesAvec(adresses);
        await refuser("AUTRE_SIEGE", "siege:preparer");
        await pile.stop();
        await office.fermer();
        office = await ouvrirServeur();
        adresses.SIEGE_DB_URL = await office.creer("siege", "vierge");
        await attendre(
          "nobody that reads the depot any more",
          async () => !(await depot`select from pg_replication_slots where active`).length,
        );
        await reussir("siege:preparer");
        await reussir("siege:rattacher", "AAA");
        await reussir("siege:etat");
        const sorties = (sql: postgres.Sql) =>
          oneValue<string>(sql`select count(*)::text from public.sorties_produit`);
        const neuve = ouvrirBase(adresses.SIEGE_DB_URL);
        assert.equal(
          await sorties(neuve).finally(() => neuve.end()),
          await sorties(depot),
        );
      },
    );
  } finally {
    await pile.stop();
    await Promise.all([siege.end(), depot.end()]);
    await Promise.all([office, y].map((serveur) => serveur.fermer()));
    await retirerDossier(dataDir);
  }
});

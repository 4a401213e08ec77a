// private.lieux is a copy that triggers keep: whoever changes what it copies, and whoever is at it in the same moment,
// it says afterwards what the tables say; and a sortie is measured by what was so before the change or after it.
import assert from "node:assert/strict";
import { test } from "../../support/monde.ts";
import type { Depot } from "./depot.ts";
import { avecSessions, type Ouvrir, recevoir, type Session } from "./sessions.ts";

const ALPHA = 0.001;

/** Every copy there is is compared with the tables after each change: two tanks a depot are enough of them. */
const aDeuxCiternes = (travail: Parameters<typeof avecSessions>[0]) =>
  avecSessions(travail, { securites: [0, 0], roles: ["admin", "operateur"] });

interface Changement {
  quoi: string;
  /** What a sortie is measured by afterwards, or refused with; nothing: as before. */
  apres?: number | string;
  sql: (d: Depot) => [string, string[]];
  /** What is of every depot is undone: other tests find it as it was. */
  defaire?: string;
}

const dUneCiterne = (quoi: string, mis: string, apres?: string): Changement => ({
  quoi,
  apres,
  sql: (d) => [`update public.citernes set ${mis} where id = $1`, [d.citernes[0]!]],
});
const DE_LA_CITERNE = [
  dUneCiterne("its reserve", "capacite_securite = capacite_totale - 1", "SORTIE_CAPACITE_SECURITE"),
  dUneCiterne("its state", "statut = 'inactive'", "CITERNE_INACTIVE_OR_INCOMPATIBLE"),
  dUneCiterne("its name", "nom = 'Renommée'"),
];
const DE_SON_DEPOT: Changement = {
  quoi: "its depot's zone",
  sql: (d) => ["update public.depots set fuseau = 'Africa/Harare' where id = $1", [d.id]],
};
const DE_SON_PRODUIT: Changement = {
  quoi: "its product's coefficient",
  apres: ALPHA,
  sql: (d) => [`update public.produits set alpha_historique = ${ALPHA} where id = $1`, [d.produit]],
};
const SES_JOURS_CLOS: Changement = {
  quoi: "the days its depot has closed",
  apres: "PERIODE_CLOSE",
  sql: (d) => ["select public.clore_periode($1, private.jour_au_depot($1, now()))", [d.id]],
};
const AILLEURS: Changement = {
  quoi: "its depot",
  sql: (d) => [
    `with autre as (insert into public.depots (nom, code) values ($2, upper(left(translate($2, '0123456789-', 'GHIJKLMNOPQ'), 6)))
       returning id)
     update public.citernes c set depot_id = autre.id from autre where c.id = $1`,
    [d.citernes[0]!, crypto.randomUUID()],
  ],
};
const AUTRE_PRODUIT: Changement = {
  quoi: "its product",
  sql: (d) => [
    `with autre as (insert into public.produits (nom, code) values ($2, $2) returning id)
     update public.citernes c set produit_id = autre.id from autre where c.id = $1`,
    [d.citernes[0]!, crypto.randomUUID()],
  ],
};
const UNE_DE_PLUS: Changement = {
  quoi: "a tank beside it",
  sql: (d) => [
    "insert into public.citernes (depot_id, produit_id, nom, capacite_totale) values ($1, $2, 'De plus', 1000)",
    [d.id, d.produit],
  ],
};

const LE_DRAPEAU: Changement = {
  quoi: "the flag of the standard",
  sql: () => ["update public.feature_flags set enabled = not enabled where key = 'astm_53b'", []],
  defaire: "update public.feature_flags set enabled = not enabled where key = 'astm_53b'",
};
const LE_GEL: Changement = {
  quoi: "whether writing is frozen",
  sql: () => [
    `insert into public.app_settings (key, value) values ('gel_ecritures', '{"operateur": "${crypto.randomUUID()}"}')`,
    [],
  ],
  defaire: "delete from public.app_settings where key = 'gel_ecritures'",
};
const QUI_PEUT: Changement = {
  quoi: "who may validate",
  sql: () => ["update private.capacites set roles = roles || '{pca}' where capacite = 'valider_sortie'", []],
  defaire:
    "update private.capacites set roles = array_remove(roles, 'pca') where capacite = 'valider_sortie'",
};

/** A session that may change what only the project's owner changes, in the same person's name. */
async function proprietaire(session: Ouvrir): Promise<Session> {
  const une = await session();
  await une.dire("reset role");
  return une;
}

async function exigerCopieJuste(session: Ouvrir): Promise<void> {
  const juge = await proprietaire(session);
  assert.deepEqual(
    await juge.dire(`
      select 'differs' as ecart, citerne_id from private.ecarts_lieux()
      union all
      select 'absent', c.id from public.citernes c where not exists (select from private.lieux l where l.citerne_id = c.id)`),
    [],
  );
  await juge.dire("commit");
}

/** Nothing has moved in them: without them the next ones are compared, and made again, in a tenth of the time. */
async function retirerCiternes(session: Ouvrir, d: Depot): Promise<void> {
  const fin = await proprietaire(session);
  await fin.dire("delete from public.citernes where id = any ($1) or depot_id = $2", [d.citernes, d.id]);
  await fin.dire("commit");
}

const sortir = (s: Session, d: Depot) =>
  s.dire<{ alpha: number }>(
    `select (c.parametres_15c ->> 'alpha')::float8 as alpha
       from public.creer_et_valider_sortie(jsonb_build_object('citerne_id', $1::uuid, 'client_id', $2::uuid,
         'volume_ambiant', 10, 'temperature_ambiante_c', 25)) c`,
    [d.citernes[0]!, d.client],
  );

for (const changement of [...DE_LA_CITERNE, DE_SON_DEPOT, DE_SON_PRODUIT, SES_JOURS_CLOS]) {
  for (const premier of ["the change", "the sortie"]) {
    for (const fin of ["commit", "rollback"]) {
      test(`a sortie while somebody changes ${changement.quoi}, ${premier} first and ended by ${fin}: the copy is right, the next sortie follows it`, async () => {
        await aDeuxCiternes(async (d, session, camions) => {
          const [camion] = await camions(1) as [string];
          const regle = await proprietaire(session);
          await regle.dire("update public.feature_flags set enabled = true where key = 'cloture_mensuelle'");
          await regle.dire("commit");
          const prepare = await session();
          await recevoir(prepare, d, [{ camion, citerne: d.citernes[0]! }]);
          const [avant] = await sortir(prepare, d);
          await prepare.dire("commit");
          const [auteur, sort] = [await proprietaire(session), await session()];
          const changer = () => auteur.dire(...changement.sql(d));
          if (premier === "the change") {
            await changer();
            const sortie = sortir(sort, d);
            await sort.attend();
            await auteur.dire(fin);
            // As if it had come before the change, or after it.
            const issue = await sortie.then(([une]) => une!.alpha, (refus) => refus.message);
            assert.ok(
              [avant!.alpha, ...(fin === "commit" ? [changement.apres ?? avant!.alpha] : [])].includes(issue),
              issue,
            );
            await sort.dire("commit");
          } else {
            assert.deepEqual(await sortir(sort, d), [avant]);
            const changee = changer();
            await auteur.attend();
            await sort.dire(fin);
            await changee;
            await auteur.dire("commit");
          }
          await exigerCopieJuste(session);
          const apres = await session();
          const change = premier === "the sortie" || fin === "commit";
          const issue = await sortir(apres, d).then(([une]) => une!.alpha, (refus) => refus.message);
          assert.equal(issue, change && changement.apres !== undefined ? changement.apres : avant!.alpha);
        });
      });
    }
  }
}

const ENSEMBLE = [
  ...[...DE_LA_CITERNE, DE_SON_DEPOT, DE_SON_PRODUIT, SES_JOURS_CLOS, AILLEURS, AUTRE_PRODUIT, UNE_DE_PLUS],
  ...[LE_DRAPEAU, LE_GEL, QUI_PEUT],
];
for (const un of ENSEMBLE) {
  // Under a freeze no day is closed.
  const autres = ENSEMBLE.filter((autre) => autre !== un && !(un === LE_GEL && autre === SES_JOURS_CLOS));
  for (const autre of autres) {
    test(`somebody changes ${un.quoi} while ${autre.quoi} is being changed: both are, and the copy says so`, async () => {
      await aDeuxCiternes(async (d, session) => {
        const [premiere, seconde] = [await proprietaire(session), await proprietaire(session)];
        await premiere.dire(...un.sql(d));
        const change = seconde.dire(...autre.sql(d));
        await seconde.attend();
        await premiere.dire("commit");
        await change;
        await seconde.dire("commit");
        await exigerCopieJuste(session);
        const defaits = [un, autre].flatMap(({ defaire }) => defaire ?? []);
        const apres = await proprietaire(session);
        for (const defaire of defaits) await apres.dire(defaire);
        await apres.dire("commit");
        if (defaits.length) await exigerCopieJuste(session);
        await retirerCiternes(session, d);
      });
    });
  }
}

for (const regle of [LE_DRAPEAU, LE_GEL, QUI_PEUT]) {
  test(`a depot opens with its first tank while ${regle.quoi} is being changed, and the other way round: the copy says so`, async () => {
    for (const premier of ["the depot", "the rule"]) {
      await aDeuxCiternes(async (d, session) => {
        const [depot, change] = [await proprietaire(session), await proprietaire(session)];
        const nom = crypto.randomUUID();
        const ouvrir = () =>
          depot.dire(
            `with produit as (insert into public.produits (nom, code) values ($1, $1) returning id),
                  depot as (insert into public.depots (nom) values ($1) returning id)
             insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
             select depot.id, produit.id, $1, 1000 from depot, produit`,
            [nom],
          );
        const changer = () => change.dire(...regle.sql(d));
        const [debut, suite] = premier === "the depot" ? [ouvrir, changer] : [changer, ouvrir];
        const [tient, attend] = premier === "the depot" ? [depot, change] : [change, depot];
        await debut();
        const fait = suite();
        await attend.attend();
        await tient.dire("commit");
        await fait;
        await attend.dire("commit");
        await exigerCopieJuste(session);
        const apres = await proprietaire(session);
        await apres.dire(regle.defaire!);
        for (const table of ["citernes", "depots", "produits"]) {
          await apres.dire(`delete from public.${table} where nom = $1`, [nom]);
        }
        await apres.dire("commit");
      });
    }
  });
}

test("a tank is removed while its depot's zone is being changed, and the other way round: its copy goes with it", async () => {
  for (const premier of ["the tank", "the zone"]) {
    await aDeuxCiternes(async (d, session) => {
      const [retrait, zone] = [await proprietaire(session), await proprietaire(session)];
      const retirer = () => retrait.dire("delete from public.citernes where id = $1", [d.citernes[0]!]);
      const changer = () => zone.dire(...DE_SON_DEPOT.sql(d));
      const [debut, suite] = premier === "the tank" ? [retirer, changer] : [changer, retirer];
      const [tient, attend] = premier === "the tank" ? [retrait, zone] : [zone, retrait];
      await debut();
      const change = suite();
      await attend.attend();
      await tient.dire("commit");
      await change;
      await attend.dire("commit");
      await exigerCopieJuste(session);
    });
  }
});

for (const premier of ["the density", "the zone"]) {
  for (const fin of ["commit", "rollback"]) {
    test(`what a tank holds is blended while its depot's zone is being changed, ${premier} first and ended by ${fin}: the copy has both`, async () => {
      await aDeuxCiternes(async (d, session, camions) => {
        const [camion] = await camions(1) as [string];
        const prepare = await session();
        await recevoir(prepare, d, [{ camion, citerne: d.citernes[0]! }]);
        await prepare.dire("commit");
        const [melange, zone] = [await proprietaire(session), await proprietaire(session)];
        const melanger = () => melange.dire("select private.melanger($1, 840, 10)", [d.citernes[0]!]);
        const changer = () => zone.dire(...DE_SON_DEPOT.sql(d));
        const [debut, suite] = premier === "the density" ? [melanger, changer] : [changer, melanger];
        const [tient, attend] = premier === "the density" ? [melange, zone] : [zone, melange];
        await debut();
        const change = suite();
        await attend.attend();
        await tient.dire(fin);
        await change;
        await attend.dire("commit");
        await exigerCopieJuste(session);
        const juge = await proprietaire(session);
        const [{ densite }] = await juge.dire<{ densite: number | null }>(
          "select densite_melange_kgm3::float8 as densite from private.lieux where citerne_id = $1",
          [d.citernes[0]!],
        ) as [{ densite: number | null }];
        await juge.dire("commit");
        assert.equal(densite, premier === "the density" && fin === "rollback" ? null : 840);
      });
    });
  }
}

// The last second of a year and the first of the next, and a clock that is put back: by a real clock, moved.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { serveurALHeure } from "../../support/horloge.ts";
import { administrer } from "./administrer.ts";

interface Vue {
  numero: string;
  date: string;
  taux: number;
  recu: string;
  caisse: string;
}

/** One of each that waits for a moment, or says that something was done of late. */
async function enAvance(sql: postgres.Sql): Promise<void> {
  await sql`insert into public.app_settings (key, value) values ('profils_prevenus', private.env())
    on conflict (key) do update set value = excluded.value`;
  const [{ user_id }] = await sql<[{ user_id: string }]>`select user_id from public.profils`;
  await sql`insert into private.sessions_elevees values (${user_id}, 'essai', clock_timestamp() + interval '15 minutes')`;
  await sql`insert into private.essais_facteur values (${user_id}, 'TOTP', 0, clock_timestamp() + interval '15 minutes')`;
  await sql`insert into private.facteurs_totp (user_id, propose_chiffre, propose_le)
    values (${user_id}, 's1.0123456789abcdef.', now())`;
  await sql`insert into public.envois (canal, objet_type, cle, destination)
    values ('EMAIL', 'RESUME', 'essai', 'x@essai.test')`;
  await sql`insert into public.abonnements_rapports (user_id, nom, rythme, prochain)
    values (${user_id}, 'livre', 'JOUR', clock_timestamp() + interval '1 day')`;
  await sql`insert into public.system_alerts (check_code, severity, entity_type, entity_id, message)
    values ('JAUGEAGE_ABSENT', 'WARN', 'CITERNE', ${user_id}, 'essai')`;
  await sql`select private.compter_demandes(${
    sql.json([{ user_id, route: "POST sorties/", nombre: 1 }])
  }), private.noter_sauvegarde(now()), private.surveiller()`;
}

/** Columns of the machinery that hold a moment still to come, by the clock of now. */
async function momentsAVenir(sql: postgres.Sql): Promise<string[]> {
  const colonnes = await sql<{ colonne: string; requete: string }[]>`
    select c.relname || '.' || a.attname as colonne,
           format('select from %s where %I > clock_timestamp() + interval ''8 days'' limit 1', c.oid::regclass, a.attname)
             as requete
      from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind = 'r' and a.atttypid = 'timestamptz'::regtype
       and (c.relnamespace = 'private'::regnamespace
            or c.oid in ('public.envois'::regclass, 'public.abonnements_rapports'::regclass, 'public.system_alerts'::regclass))
     order by 1`;
  const trouvees: string[] = [];
  for (const { colonne, requete } of colonnes) {
    if ((await sql.unsafe(requete)).length) trouvees.push(colonne);
  }
  return trouvees;
}

/** When something was done keeps the date it was given, and nothing waits for it. */
const FAITS = [
  "abonnements_rapports.created_at",
  "blocs_journal.scelle_le",
  "envois.created_at",
  "lettrages.created_at",
  "numeros.emis_le",
  ...["absente_depuis", "created_at", "first_detected_at", "last_detected_at", "updated_at"].map((nom) =>
    `system_alerts.${nom}`
  ),
];

Deno.test("the year turns at each depot's own midnight, and a clock put back numbers nothing", async (t) => {
  // In Lubumbashi (UTC+2) it is 23:59:59 on the 31st; in Kinshasa, an hour less.
  const serveur = await serveurALHeure("2026-12-31 21:59:59");
  const { sql, agir, depot, client } = await administrer(serveur.url);
  try {
    const [est, ouest] = [await depot("EST", "Africa/Lubumbashi"), await depot("OUEST", "Africa/Kinshasa")];
    const fixerTaux = (jour: string, taux: number) =>
      agir((tx) => tx`select public.fixer_taux_change('USD', ${jour}, ${taux}, 'MANUEL')`);
    await fixerTaux("2026-12-31", 2800);

    /** A service invoiced and paid in cash, there and now. */
    const vendre = async (ou: string): Promise<Vue> => {
      const [{ facture }] = await agir((tx) =>
        tx<[{ facture: string }]>`select public.preparer_facture(${client}, ${ou}, '{}',
          '[{"designation": "Stockage", "quantite": 1, "prix_ht": 10}]') as facture`
      );
      return await agir(async (tx) => {
        await tx`select public.emettre_facture(${facture})`;
        const [{ id }] = await tx<[{ id: string }]>`select public.encaisser(${
          tx.json({ depot_id: ou, client_id: client, mode: "CASH", devise: "CDF", montant: 28000 })
        }) as id`;
        const [vue] = await tx<[Vue]>`
          select f.numero, f.date_facture::text as date, f.taux_cdf::float8 as taux, e.numero_recu as recu,
                 e.jour_caisse::text as caisse
            from public.factures_client f, public.encaissements e where f.id = ${facture} and e.id = ${id}`;
        return vue;
      });
    };
    const vue = (ou: string, annee: number, rang: number, date: string, taux: number): Vue => ({
      numero: `${ou}-FAC-${annee}-${String(rang).padStart(6, "0")}`,
      recu: `${ou}-REC-${annee}-${String(rang).padStart(6, "0")}`,
      date,
      taux,
      caisse: date,
    });

    await t.step("in the last second of the year, number, date, rate and till are of that year", async () => {
      assert.deepEqual(await vendre(est), vue("EST", 2026, 1, "2026-12-31", 2800));
    });
    await serveur.mettreA("2026-12-31 22:00:00");
    await fixerTaux("2027-01-01", 2850);
    await t.step("in the next, of the next: its series begins at 1", async () => {
      assert.deepEqual(await vendre(est), vue("EST", 2027, 1, "2027-01-01", 2850));
    });
    await t.step("a depot an hour behind is still in the old year", async () => {
      assert.deepEqual(await vendre(ouest), vue("OUEST", 2026, 1, "2026-12-31", 2800));
    });
    await serveur.mettreA("2026-12-31 21:59:59");
    await t.step("where the clock went back over a year that has begun, nothing is numbered", async () => {
      await assert.rejects(vendre(est), { message: "HORLOGE_RECULEE" });
    });
    await serveur.mettreA("2027-01-01 08:00:00");
    await t.step("what was drafted at last year's tax is not issued at it this year", async () => {
      await sql`insert into public.taux_tva (groupe, valide_du, taux, libelle) values ('B', '2027-02-01', 18, 'Essai')`;
      await serveur.mettreA("2027-01-31 21:59:59");
      await fixerTaux("2027-01-31", 2850);
      await assert.rejects(
        agir(async (tx) => {
          const [{ facture }] = await tx<[{ facture: string }]>`
            select public.preparer_facture(${client}, ${est}, '{}',
              '[{"designation": "Stockage", "quantite": 1, "prix_ht": 10}]') as facture`;
          // Midnight passes within the transaction: it is dated the next day.
          await serveur.mettreA("2027-01-31 22:00:00");
          await tx`select public.emettre_facture(${facture})`;
        }),
        { message: "FACTURE_CLIENT_PERIMEE" },
      );
      await serveur.mettreA("2027-01-01 08:00:00");
    });
    await t.step("put right, the series go on, without a hole", async () => {
      assert.deepEqual(await vendre(est), vue("EST", 2027, 2, "2027-01-01", 2850));
      assert.deepEqual([
        ...await sql`select * from private.verifier_series()`,
        ...await sql`select * from private.verifier_factures()`,
      ], []);
    });
    await t.step("what a clock a year ahead numbered holds nobody back once an admin says so", async () => {
      const autre = await depot("NORD", "Africa/Lubumbashi");
      assert.deepEqual(await vendre(autre), vue("NORD", 2027, 1, "2027-01-01", 2850));
      await serveur.mettreA("2028-03-05 10:00:00");
      await fixerTaux("2028-03-05", 2900);
      assert.deepEqual(await vendre(autre), vue("NORD", 2028, 1, "2028-03-05", 2900));
      await serveur.mettreA("2027-01-01 08:30:00");
      await assert.rejects(vendre(autre), { message: "HORLOGE_RECULEE" });
      const [{ id }] = await sql<[{ id: string }]>`
        select id from public.factures_client where numero = 'NORD-FAC-2028-000001'`;
      const dire = () =>
        agir((tx) => tx`select public.dire_date_fausse(${id}, 'l''horloge avançait d''un an')`);
      await dire();
      await dire();
      assert.equal((await sql`select from public.log_actions where action = 'DATE_FAUSSE_DITE'`).length, 1);
      const { numero, date } = await vendre(autre);
      assert.deepEqual([numero, date], ["NORD-FAC-2027-000002", "2027-01-01"]);
      await agir((tx) =>
        tx`select public.emettre_avoir(${id}, 'RAN', null, 'datée par une horloge en avance')`
      );
      // That year comes: its numbers go on after the one that was too early, from its first day on.
      await serveur.mettreA("2028-01-02 10:00:00");
      await fixerTaux("2028-01-02", 2900);
      const suivante = await vendre(autre);
      assert.deepEqual([suivante.numero, suivante.date], ["NORD-FAC-2028-000002", "2028-01-02"]);
      assert.deepEqual([
        ...await sql`select * from private.verifier_series()`,
        ...await sql`select * from private.verifier_factures()`,
      ], []);
      await serveur.mettreA("2027-01-01 08:45:00");
    });
    await t.step(
      "a clock that ran years ahead, put right, leaves nothing that waits for those years",
      async () => {
        const intact = async () =>
          assert.deepEqual([...await sql`select probleme, constat from private.controler_journal()`], []);
        await sql`select private.taches_periodiques()`;
        await sql`select private.sceller_journal()`;
        await serveur.mettreA("2031-03-05 10:00:00");
        await sql`insert into private.idempotence (user_id, cle, empreinte, statut_http, reponse, role, depots,
          habilitations, second_facteur, created_at)
        select p.user_id, 'essai', '', 200, '{}', p.role, '{}', '{}', false, '2027-01-01' from public.profils p`;
        await sql`select private.taches_periodiques()`;
        assert.equal(
          (await sql`select from private.idempotence`).length,
          1,
          "keys are as old as the clock says, and a clock that has leapt says nothing",
        );
        await enAvance(sql);
        await sql`select private.sceller_journal()`;
        await serveur.mettreA("2027-01-01 09:00:00");
        await fixerTaux("2027-01-01", 2860);
        await intact();
        await sql`select private.sceller_journal()`;
        await sql`select private.surveiller()`;
        await sql`select private.sceller_journal()`;
        await intact();
        assert.deepEqual(await momentsAVenir(sql), FAITS);
        const [{ nuit }] = await sql<
          [{ nuit: string }]
        >`select le::text as nuit from private.passages where nom = 'nuit'`;
        assert.match(nuit, /^2027-01-01 09:00/, "the night's proof is made again at once");
      },
    );
  } finally {
    await sql.end();
    await serveur.stop();
  }
});

import assert from "node:assert/strict";
import { connect } from "../../ops/commun/connection.ts";
import { createUser } from "../../ops/pile/demo_users.ts";
import { test } from "../support/monde.ts";
import { DEPOT_DAIPN, environnement, ops, opsJson } from "../support/ops.ts";

const MOTIF = "restauration de la sauvegarde du matin";

test("series:avancer moves a series past what is on paper, once, and says why each time it does not", async (t) => {
  const { dbUrl, env } = await environnement("staging", "series_avancer");
  const sql = connect(dbUrl);
  try {
    for (const role of ["admin", "gerant"] as const) {
      await createUser(sql, {
        email: `${role}@series.test`,
        password: "un mot de passe long",
        role,
        depotId: DEPOT_DAIPN,
        nom: role,
      });
    }
    await sql`update public.depots set code = 'DPN' where nom = 'Dépôt Daipn'`;
    const etat = () =>
      sql`select s.*, t.de, t.a, t.motif from private.series s left join private.series_trous t
           using (depot_id, serie, exercice) order by 1, 2, 3`;
    const demander = (reste: string[], operateur = "admin@series.test") =>
      opsJson<{ de: number; a: number }>(
        [
          "series:avancer",
          "--env",
          "staging",
          "--serie",
          "FAC",
          "--exercice",
          "2026",
          "--operateur",
          operateur,
        ]
          .concat(reste),
        env,
      );

    const refus: [string, string, string[], string?][] = [
      [
        "somebody who is no admin",
        "OPERATEUR_INCONNU",
        ["--dernier", "41", "--motif", MOTIF],
        "gerant@series.test",
      ],
      ["nobody", "OPERATEUR_INCONNU", ["--dernier", "41", "--motif", MOTIF], "personne@series.test"],
      ["a depot there is not", "INTROUVABLE", ["--depot", "ZZZ", "--dernier", "41", "--motif", MOTIF]],
      ["no reason", "MOTIF_REQUIS", ["--dernier", "41", "--motif", "panne"]],
      ["a mistyped number", "SERIE_AVANCEE", ["--dernier", "41000000", "--motif", MOTIF]],
    ];
    for (const [quoi, code, reste, operateur] of refus) {
      await t.step(`${quoi}: ${code}, nothing written`, async () => {
        const { code: sortie, compte } = await demander(reste, operateur);
        assert.notEqual(sortie, 0);
        assert.equal(compte.code, code);
        assert.deepEqual([...await etat()], []);
      });
    }
    await t.step("a number that is none is refused before anything is opened", async () => {
      const { code } = await ops(
        ["series:avancer", "--serie", "FAC", "--exercice", "2026", "--dernier", "1e3", "--motif", MOTIF],
        env,
      );
      assert.notEqual(code, 0);
    });

    // As every database of PROD has it: a command that acts for an admin has no session that a code could raise.
    await sql`update public.feature_flags set enabled = true where key = 'mfa_admin'`;
    await t.step("the hole is explained, the next number follows it, and no gap is found", async () => {
      const { code, compte } = await demander(["--depot", "dpn", "--dernier", "41", "--motif", MOTIF]);
      assert.equal(code, 0, JSON.stringify(compte));
      assert.deepEqual([compte.resultat.de, compte.resultat.a], [1, 41]);
      const [{ numero }] = await sql<[{ numero: string }]>`
        select private.prendre_numero(d.id, 'FAC', 2026, gen_random_uuid()) as numero
          from public.depots d where d.code = 'DPN'`;
      assert.equal(numero, "DPN-FAC-2026-000042");
      assert.deepEqual([...await sql`select * from private.verifier_series()`], []);
      const [ligne] = await sql`
        select niveau, details ->> 'motif' as motif from public.log_actions where action = 'SERIE_AVANCEE'`;
      assert.deepEqual(ligne, { niveau: "CRITICAL", motif: MOTIF });
    });
    await t.step("the same again is refused, and changes nothing", async () => {
      const avant = [...await etat()];
      const { compte } = await demander(["--depot", "DPN", "--dernier", "41", "--motif", MOTIF]);
      assert.equal(compte.code, "SERIE_AVANCEE");
      assert.deepEqual([...await etat()], avant);
    });
    await t.step(
      "ventes:date-fausse says of what a clock ahead has dated that it is, of nothing else",
      async () => {
        const dire = (numero: string) =>
          opsJson(
            [
              ...["ventes:date-fausse", "--env", "staging", "--numero", numero],
              ...["--motif", "l'horloge avançait d'un an", "--operateur", "admin@series.test"],
            ],
            env,
          );
        await sql.begin(async (tx) => {
          await tx`set local session_replication_role = replica`;
          for (const [rang, ans] of [[1, -1], [2, 1]] as const) {
            await tx`
            insert into public.factures_client (depot_id, exercice, sequence, numero, client_id, devise, date_facture,
              statut, created_by)
            select d.id, 2000, ${rang}, 'DPN-' || ${rang}::int, gen_random_uuid(), 'USD',
                   current_date + 365 * ${ans}::int, 'EMISE', gen_random_uuid()
              from public.depots d where d.code = 'DPN'`;
          }
        });
        for (const numero of ["DPN-0", "DPN-1"]) {
          assert.equal((await dire(numero)).compte.code, "INTROUVABLE");
        }
        const { code, compte } = await dire("DPN-2");
        assert.equal(code, 0, JSON.stringify(compte));
        const dites = await sql`
        select f.numero from private.dates_fausses x join public.factures_client f on f.id = x.facture_id`;
        assert.deepEqual([...dites], [{ numero: "DPN-2" }]);
      },
    );
  } finally {
    await sql.end();
  }
});

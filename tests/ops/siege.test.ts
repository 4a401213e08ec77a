// Three depots on one server, on another their head office, through what the operators type: lines cut.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { attendreCopie, positionActuelle } from "../../ops/exploitation/siege/replication.ts";
import { REFERENTIELS } from "../../ops/exploitation/siege/tables.ts";
import { seuilsDe } from "../../ops/exploitation/cible/variables.ts";
import { reseau } from "../../ops/exploitation/surveillance/mesures.ts";
import { essayerChaine } from "../../ops/commun/essai_chaine.ts";
import { lieuNeuf } from "../../ops/exploitation/sauvegardes/verifier.ts";
import { instructionsDesLignes } from "../../ops/commun/schema/lignes_a_changer.ts";
import { inDatabase } from "../../ops/commun/connection.ts";
import { planifier } from "../../ops/commun/schema/plan.ts";
import { createDemoUsers } from "../../ops/pile/demo_users.ts";
import { claims, ouvrirDepot } from "../domaine/concurrence/depot.ts";
import { attendre } from "../support/attente.ts";
import { commandesAvec } from "../support/deplacement.ts";
import { test } from "../support/monde.ts";
import { exigerAJour } from "../support/schema.ts";
import {
  type Base,
  lignes,
  ouvrirBase,
  ouvrirEnMaitre,
  ouvrirServeur,
  travailler,
} from "../support/reseau.ts";

const CODES = ["AAA", "BBB", "CCC"] as const;
type Code = (typeof CODES)[number];

test("a network: attached while it works, cut and caught up", async (t) => {
  const [office, x] = await Promise.all([ouvrirServeur(), ouvrirServeur()]);
  const adresses: Record<string, string> = {
    SIEGE_DB_URL: await office.creer("siege", "vierge"),
    REFERENCE_DB_URL: await x.creer("reference", "declare"),
  };
  const siege = ouvrirBase(adresses.SIEGE_DB_URL!);
  const reference = ouvrirBase(adresses.REFERENCE_DB_URL!);
  const bases = {} as Record<Code, Base>;
  for (const code of CODES) {
    const url = adresses[`DEPOT_${code}_DB_URL`] = await x.creer(code.toLowerCase(), "declare");
    const sql = ouvrirBase(url);
    await sql`insert into public.app_settings (key, value) values ('societe_code', ${code}), ('env', 'local')`;
    bases[code] = { sql, depot: await ouvrirDepot(sql) };
  }
  await reference`insert into public.app_settings (key, value) values ('env', 'local'), ('societe_nom', 'Monaluxe')`;
  const { ops, reussir } = commandesAvec(adresses);
  /** Each stands on the one before. */
  const etape = async (promesse: string, faire: () => Promise<void>) =>
    assert.ok(await t.step(promesse, faire), `arrêté à : ${promesse}`);
  /** Until the head office has what each depot had written when this was asked. */
  const toutRecu = async (codes: readonly Code[] = CODES) => {
    for (const code of codes) {
      const { sql } = bases[code];
      const lsn = await positionActuelle(sql);
      await attendre(`what ${code} had written, at the head office`, async () => {
        const [{ recu }] = await sql<[{ recu: boolean }]>`
          select coalesce(bool_and(confirmed_flush_lsn >= ${lsn}::pg_lsn), false) as recu
            from pg_replication_slots where slot_name = ${`depot_${code.toLowerCase()}`}`;
        return recu;
      });
    }
  };
  const memesLignes = async () => {
    await toutRecu();
    const envoyees = await Promise.all(CODES.map((code) => lignes(bases[code].sql)));
    const recues = await lignes(siege);
    const manquent = envoyees.flatMap((une) => [...une.difference(recues)]);
    assert.deepEqual(manquent, [], "what a depot wrote is at the head office, as it wrote it");
    assert.equal(recues.size, envoyees.reduce((somme, { size }) => somme + size, 0), "and nothing else is");
    assert.deepEqual([...await siege`select * from public.verifier_stocks()`], []);
    assert.deepEqual([...await siege`select * from siege.verifier_journal()`], []);
  };

  /** What monitor, and golive, hold against the network of a depot's base. */
  const surveiller = async (code: Code) => (await reseau(bases[code].sql, seuilsDe({}))).alertes;

  try {
    await etape("three depots are attached, with what they already have", async () => {
      await reussir("siege:preparer");
      for (const code of ["AAA", "BBB"] as const) {
        await travailler(bases[code], 3);
        await reussir("siege:rattacher", code);
      }
    });

    await etape("what both sides have under two ids is named, all of it, and nothing is poured", async () => {
      const { sql } = bases.CCC;
      for (const base of [reference, sql]) {
        await base`insert into public.clients (nom) values ('Total'), ('Engen')`;
        await base`insert into auth.users (id, email) values (gen_random_uuid(), 'deux@essai.test')`;
      }
      const { code, dit } = await ops("siege:rattacher", "CCC");
      assert.equal(code, 1, dit);
      assert.match(dit, /public\.clients : « Engen » \(nom\), « Total » \(nom\)/);
      assert.match(dit, /auth\.users : « deux@essai\.test » \(email\)/);
      await sql`delete from auth.users where email = 'deux@essai.test'`;
      await sql`delete from public.clients where nom in ('Total', 'Engen')`;
    });

    await etape("an attachment that stopped half-way is run again, and is whole", async () => {
      await travailler(bases.CCC, 3);
      // What a command killed between slot and subscription leaves, then a copy that cannot be written.
      await reference`select pg_create_logical_replication_slot('referentiels_ccc', 'pgoutput')`;
      await siege`alter table public.receptions add constraint refus check (false) not valid`;
      const { code, dit } = await ops("siege:rattacher", "CCC");
      assert.equal(code, 1, dit);
      assert.match(dit, /bute sur une ligne/);
      // The same table, held by somebody: nothing is refused, and nothing comes.
      const tenue = await siege.reserve();
      await tenue`begin`;
      await tenue`lock table public.receptions in access exclusive mode`;
      await assert.rejects(
        attendreCopie(siege, "depot_ccc", () => {}, 2),
        /Plus rien n'arrive depuis 2 s \(\d+ tables sur \d+ copiées\).*elle reprend où elle en est/,
      );
      await tenue`rollback`;
      tenue.release();
      await siege`alter table public.receptions drop constraint refus`;
      await reussir("siege:rattacher", "CCC");
      await memesLignes();
      await reussir("siege:etat");
    });

    await etape("a depot is attached once, from one database", async () => {
      const { code, dit } = await ops("siege:rattacher", "AAA");
      assert.equal(code, 2, dit);
      adresses.DEPOT_DDD_DB_URL = adresses.DEPOT_AAA_DB_URL!;
      assert.match((await ops("siege:rattacher", "DDD")).dit, /DEPOT_DEJA_RATTACHE/);
    });

    await etape(
      "an account is made where the reference is, and nowhere else; who signs in leaves their hour",
      async () => {
        const compte = (sql: postgres.Sql) =>
          sql`insert into auth.users (id, email) values (gen_random_uuid(), 'nouveau@essai.test')`;
        for (const sql of [siege, bases.AAA.sql, bases.BBB.sql]) {
          const refus = { message: "REFERENTIEL_AUTRE_BASE" };
          await assert.rejects(compte(sql), refus);
          await assert.rejects(sql`update auth.users set email = 'autre@essai.test'`, refus);
          await assert.rejects(sql`delete from auth.users`, refus);
          await sql`update auth.users set last_sign_in_at = now(), email = email`;
        }
        await compte(reference);
        for (const sql of [siege, ...CODES.map((code) => bases[code].sql)]) {
          await attendre(
            "the account of the reference",
            async () => (await sql`select from auth.users where email = 'nouveau@essai.test'`).length,
          );
        }
      },
    );

    await etape("nobody writes at the head office, nor reference rows at a depot", async () => {
      const depot = bases.AAA.sql;
      for (
        const [base, table, message, ou] of [
          [siege, "clients", "REFERENTIEL_AUTRE_BASE", /s'écrivent au siège.*demandez-lui ce changement/],
          [siege, "citernes", "SIEGE_LECTURE_SEULE", /Faites cet acte à l'adresse du dépôt/],
          [depot, "clients", "REFERENTIEL_AUTRE_BASE", /arrivent ici d'eux-mêmes/],
        ] as const
      ) {
        await assert.rejects(
          base.unsafe(`update public.${table} set nom = nom`),
          (dit: postgres.PostgresError) => {
            assert.deepEqual([dit.message, dit.code], [message, "PT409"]);
            assert.match(dit.hint ?? "", ou);
            return true;
          },
        );
      }
    });

    await etape("a client of the reference database is every depot's", async () => {
      const [{ id }] = await reference<[{ id: string }]>`
        insert into public.clients (nom) values ('Client du siège') returning id`;
      for (const base of [siege, ...CODES.map((code) => bases[code].sql)]) {
        await attendre(
          "the client of the reference database",
          async () => (await base`select from public.clients where id = ${id}`).length,
        );
      }
      bases.AAA.depot.client = id;
      await travailler(bases.AAA, 1);
      await memesLignes();
    });

    await etape(
      "fuel is not sent to a depot of another database, and the refusal says what to look for",
      async () => {
        const { sql, depot } = bases.AAA;
        const expedier = sql.begin(async (tx) => {
          await tx`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${
            claims(depot, "gerant")
          }, true)`;
          await tx`select public.expedier_transfert(${depot.citernes[0]!}, ${bases.BBB.depot.id}, 1, 15)`;
        });
        await assert.rejects(expedier, { message: "DESTINATION_SANS_CITERNE" });
      },
    );

    await etape(
      "a base writes its own depots and no other's, whoever asks, until it takes one in",
      async () => {
        const { sql, depot } = bases.AAA;
        const comme = (qui: string, quoi: (tx: postgres.TransactionSql) => Promise<unknown>) =>
          sql.begin(async (tx) => {
            await tx`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${
              JSON.stringify({ sub: qui, role: "authenticated", aal: "aal2" })
            }, true)`;
            await quoi(tx);
          });
        const citerne = (lieu: string) => (tx: postgres.ISql) =>
          tx`insert into public.citernes (depot_id, produit_id, nom, capacite_totale, capacite_securite)
           values (${lieu}, ${depot.produit}, 'D''ici', 1000, 0)`;
        const camion = (lieu: string) => (tx: postgres.ISql) =>
          tx`insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
           values (${depot.fournisseur}, ${lieu}, ${depot.produit}, 'AILLEURS', 1000)`;
        const refus = { message: "DEPOT_AUTRE_BASE" };
        const arrive = (table: string, colonne: string, id: string) =>
          attendre(
            `${table} ${id}, in the base of AAA`,
            async () => (await sql`select from ${sql(table)} where ${sql(colonne)} = ${id}`).length,
          );
        await arrive("public.profils", "user_id", bases.BBB.depot.gens.gerant);
        // Whoever sees every depot, somebody of that other depot, and the database's own owner.
        await assert.rejects(comme(depot.gens.admin, citerne(bases.BBB.depot.id)), refus);
        await assert.rejects(comme(depot.gens.admin, camion(bases.BBB.depot.id)), refus);
        await assert.rejects(comme(bases.BBB.depot.gens.gerant, camion(bases.BBB.depot.id)), refus);
        await assert.rejects(citerne(bases.BBB.depot.id)(sql), refus);
        const [{ id }] = await reference<[{ id: string }]>`
        insert into public.depots (nom, code) values ('Dépôt ouvert depuis', 'NEUF') returning id`;
        await arrive("public.depots", "id", id);
        await assert.rejects(citerne(id)(sql), refus);
        await reussir("siege:accueillir", "AAA", "NEUF");
        await comme(depot.gens.admin, citerne(id));
        await comme(depot.gens.admin, camion(id));
        assert.match((await ops("siege:accueillir", "BBB", "NEUF")).dit, /DEPOT_DEJA_RATTACHE/);
      },
    );

    await etape(
      "all bases of the network are at the declared schema, and the stack of one that is attached starts as before",
      async () => {
        const [temoin, ici] = [await x.creer("temoin", "declare"), adresses.DEPOT_AAA_DB_URL!];
        assert.deepEqual(await planifier(ici, temoin), [], "nothing of the network is taken back");
        assert.deepEqual(await instructionsDesLignes(ici, temoin), []);
        for (const base of [siege, reference, ...CODES.map((code) => bases[code].sql)]) {
          await exigerAJour(base);
        }
        await createDemoUsers(bases.AAA.sql, "x");
      },
    );

    await etape(
      "a migration that brings reference rows runs in every base, in any order, and the reference alone writes them",
      async () => {
        const [{ key }] = await reference<[{ key: string }]>`
          delete from public.feature_flags where key = 'astm_53b' returning key`;
        const la = async (base: postgres.Sql) =>
          (await base`select from public.feature_flags where key = ${key}`).length;
        const ailleurs = [siege, ...CODES.map((code) => bases[code].sql)];
        for (const base of ailleurs) await attendre("the row, gone", async () => !await la(base));
        const declaree = inDatabase(adresses.REFERENCE_DB_URL!, "temoin");
        const migration = (await instructionsDesLignes(adresses.REFERENCE_DB_URL!, declaree, REFERENTIELS))
          .join("\n");
        assert.match(migration, new RegExp(`insert into public.feature_flags[^]*'${key}'`));
        for (const base of [...ailleurs, reference]) await base.unsafe(migration).simple();
        for (const base of ailleurs) await attendre("the row, from the reference", () => la(base));
        await reussir("siege:etat");
      },
    );

    await etape(
      "what proves a backup is tried in an attached base too, which then refuses as before",
      async () => {
        const { sql } = bases.AAA;
        assert.match(await sql.begin((tx) => essayerChaine(tx, lieuNeuf)) as string, /puis tout annulé/);
        await assert.rejects(sql`update public.clients set nom = nom`, { message: "REFERENTIEL_AUTRE_BASE" });
        await memesLignes();
      },
    );

    await etape(
      "a line is cut: the depot works, the others arrive; the line is back, and all is equal",
      async () => {
        const maitre = ouvrirEnMaitre(adresses.DEPOT_BBB_DB_URL!);
        await maitre`alter role siege_bbb_siege nologin`;
        await maitre`select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = 'depot_bbb' and active`;
        await travailler(bases.BBB, 20);
        await travailler(bases.AAA, 5);
        await toutRecu(["AAA", "CCC"]);
        const { code, dit } = await ops("siege:etat");
        assert.equal(code, 1, dit);
        assert.match(dit, /depot_bbb coupée/);
        assert.match((await surveiller("BBB")).join(), /^depot_bbb ne lit plus cette base : \d+ Mo/);
        assert.deepEqual(await surveiller("AAA"), [], "the others' lines are theirs");
        await maitre`alter role siege_bbb_siege login`;
        await maitre.end();
        await memesLignes();
      },
    );

    await etape("a line of the log changed at the head office is seen", async () => {
      await siege.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx`update public.log_actions set niveau = 'WARNING' where id = (
                   select l.id from public.log_actions l where l.action = 'RECEPTION_CREEE' limit 1)`;
      });
      const { code, dit } = await ops("siege:etat");
      assert.equal(code, 1);
      assert.match(dit, /siege\.verifier_journal : 1 écart/);
    });
  } finally {
    await Promise.all([siege, reference, ...CODES.map((code) => bases[code]?.sql)].map((sql) => sql?.end()));
    await Promise.all([office, x].map((serveur) => serveur.fermer()));
  }
});

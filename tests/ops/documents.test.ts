// What operators do with documents: analyse, attach, purge, move to a bucket and back, and prove that all is there.
import assert from "node:assert/strict";
import { connect, type Sql } from "../../ops/commun/connection.ts";
import { differences, lireChiffres } from "../../ops/exploitation/sauvegardes/chiffres.ts";
import { createUser } from "../../ops/pile/demo_users.ts";
import { sha256 } from "../domaine/documents/dossier.ts";
import { EICAR, pdf } from "../domaine/documents/fichiers.ts";
import { test } from "../support/monde.ts";
import { DEPOT_DAIPN, environnement, opsJson } from "../support/ops.ts";
import { startSeau } from "../support/seau.ts";

const ADMIN = "admin@documents.test";

async function deposer(sql: Sql, admin: string, octets: Uint8Array, categorie = "PHOTO"): Promise<string> {
  const dit = { categorie, nom: "a.pdf", type_mime: "application/pdf", sha256: await sha256(octets) };
  return await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
    const [{ id }] = await tx<[{ id: string }]>`
      select private.deposer_document(${tx.json(dit)}, ${octets}) as id`;
    return id;
  }) as string;
}

test("documents are analysed, attached, purged, moved and proved by commands", async (t) => {
  await using seau = await startSeau();
  const { dbUrl, env } = await environnement("staging", "documents_ops", seau.variables);
  const sql = connect(dbUrl);
  try {
    await createUser(sql, {
      email: ADMIN,
      password: "un mot de passe long",
      role: "admin",
      depotId: DEPOT_DAIPN,
      nom: "admin",
    });
    const [{ admin }] = await sql<
      [{ admin: string }]
    >`select user_id as admin from public.profils where email = ${ADMIN}`;
    const lancer = <R>(commande: string, ...reste: string[]) =>
      opsJson<R>([commande, "--env", "staging", ...reste], env);
    const statut = async (id: string) =>
      (await sql<[{ statut: string }]>`select statut from public.documents where id = ${id}`)[0].statut;
    const [sain, malade, vieux] = [
      await deposer(sql, admin, pdf()),
      await deposer(sql, admin, pdf(EICAR)),
      await deposer(sql, admin, pdf()),
    ];

    await t.step("documents:analyser judges what waits; again, there is nothing to do", async () => {
      const { code, compte } = await lancer<Record<string, number>>("documents:analyser");
      assert.deepEqual([code, compte.resultat], [0, { DISPONIBLE: 2, INFECTE: 1, pannes: 0 }]);
      assert.deepEqual([await statut(sain), await statut(malade)], ["DISPONIBLE", "INFECTE"]);
      assert.deepEqual((await lancer("documents:analyser")).compte.resultat, { pannes: 0 });
      assert.deepEqual((await lancer("documents:analyser", "--tout")).compte.resultat, {
        DISPONIBLE: 2,
        pannes: 0,
      });
    });
    await t.step("an engine that is not there fails the command, and changes nothing", async () => {
      await sql`insert into public.app_settings (key, value) values ('analyse_documents', 'clamd')`;
      const attend = await deposer(sql, admin, pdf());
      assert.equal((await lancer("documents:analyser")).code, 1);
      assert.equal(await statut(attend), "RECU");
      await sql`delete from public.app_settings where key = 'analyse_documents'`;
      assert.equal((await lancer("documents:analyser")).code, 0);
    });
    await t.step(
      "documents:joindre keeps the signed evidence of an intervention, for administrators",
      async () => {
        const [{ id }] = await sql<[{ id: string }]>`
        insert into private.interventions (nom, reference, contenu, close_le)
        values ('essai', 'documents_ops', '{}', now()) returning id`;
        const fichier = await Deno.makeTempFile({ suffix: ".pdf" });
        await Deno.writeFile(fichier, pdf());
        const { code, compte } = await lancer<{ id: string }>(
          "documents:joindre",
          ...["--fichier", fichier, "--objet", `INTERVENTION:${id}`, "--operateur", ADMIN],
        );
        assert.equal(code, 0, JSON.stringify(compte));
        const [lien] =
          await sql`select objet_id from public.documents_liens where document_id = ${compte.resultat.id}`;
        assert.equal(lien!.objet_id, id);
        const absent = await lancer(
          "documents:joindre",
          ...["--fichier", fichier, "--objet", `RECEPTION:${id}`, "--operateur", ADMIN],
        );
        assert.deepEqual([absent.code, absent.compte.code], [1, "INTROUVABLE"]);
        const faux = await lancer(
          "documents:joindre",
          ...["--fichier", "/nulle/part.pdf", "--objet", `INTERVENTION:${id}`, "--operateur", ADMIN],
        );
        assert.equal(faux.compte.code, "FICHIER_ILLISIBLE");
      },
    );
    await t.step("documents:purger says what would go, and takes only that, in an admin's name", async () => {
      await sql`alter table public.documents disable trigger documents_figer`;
      await sql`update public.documents set conserver_jusqu_au = '2020-12-31' where id = ${vieux}`;
      await sql`alter table public.documents enable trigger documents_figer`;
      const dit = await lancer<{ documents: { id: string }[] }>("documents:purger");
      const attendus = [malade, vieux].sort();
      assert.deepEqual(dit.compte.resultat.documents.map(({ id }) => id), attendus);
      assert.equal(await statut(vieux), "DISPONIBLE");
      assert.equal((await lancer("documents:purger", "--appliquer")).compte.code, "OPERATEUR_INCONNU");
      assert.equal((await lancer("documents:purger", "--appliquer", "--operateur", ADMIN)).code, 0);
      assert.deepEqual([await statut(vieux), await statut(malade), await statut(sain)], [
        "PURGE",
        "PURGE",
        "DISPONIBLE",
      ]);
      assert.equal((await lancer("documents:verifier")).code, 0);
    });
    await t.step("the manifest of a backup counts contents: one that is missing is told", async () => {
      const avant = await sql.begin((tx) => lireChiffres(tx));
      assert.ok(avant.documents!.contenus >= 3 && avant.documents!.octets > 0);
      let ecarts: string[] = [];
      await assert.rejects(
        sql.begin(async (tx) => {
          await tx`delete from private.contenus where sha256 = (select sha256 from public.documents where id = ${sain})`;
          ecarts = differences(avant, await lireChiffres(tx));
          throw new Error("essai");
        }),
        /essai/,
      );
      assert.ok(ecarts.some((ecart) => ecart.startsWith("documents : ")), ecarts.join("\n"));
    });
    await t.step("a bucket that does not answer is not where the next documents go", async () => {
      const injoignables: Record<string, string>[] = [
        { DOCUMENTS_S3_BUCKET: "absent" },
        { DOCUMENTS_S3_ENDPOINT: "http://127.0.0.1:1" },
      ];
      for (const faux of injoignables) {
        const { compte } = await opsJson(
          ["documents:deplacer", "--env", "staging", "--vers", "S3", "--operateur", ADMIN],
          { ...env, ...faux },
        );
        assert.deepEqual(
          [compte.statut, compte.code],
          ["refus", "SEAU_INDISPONIBLE"],
          JSON.stringify(compte),
        );
        const [regle] = await sql`select value from public.app_settings where key = 'magasin_documents'`;
        assert.equal(regle?.value ?? "BASE", "BASE");
      }
    });
    await t.step(
      "contents move to the bucket and are read, judged and proved there; and come back",
      async () => {
        const aller = await lancer<{ deplaces: number }>(
          "documents:deplacer",
          "--vers",
          "S3",
          "--operateur",
          ADMIN,
        );
        assert.equal(aller.code, 0, JSON.stringify(aller.compte));
        const [{ ici }] = await sql<
          [{ ici: number }]
        >`select count(octets)::int as ici from private.contenus`;
        assert.equal(ici, 0);
        assert.equal(seau.lister().length, aller.compte.resultat.deplaces);
        assert.equal((await lancer("documents:verifier")).code, 0);
        assert.equal((await lancer("documents:analyser", "--tout")).code, 0);
        const retour = await lancer("documents:deplacer", "--vers", "BASE", "--operateur", ADMIN);
        assert.equal(retour.code, 0, JSON.stringify(retour.compte));
        assert.deepEqual(seau.lister(), []);
        assert.equal((await lancer("documents:verifier")).code, 0);
      },
    );
    await t.step("what the bucket has lost, or spoilt, is named; what is in no row leaves it", async () => {
      await lancer("documents:deplacer", "--vers", "S3", "--operateur", ADMIN);
      const [perdu, gate] = seau.lister();
      seau.oter(perdu!);
      seau.gater(gate!);
      const recent = pdf("d'un envoi en cours");
      const oublie = pdf("d'un envoi interrompu hier");
      seau.deposer(await sha256(recent), recent, 0);
      seau.deposer(await sha256(oublie), oublie, 2);
      const { code, compte } = await lancer("documents:verifier");
      assert.equal(code, 1);
      assert.ok(JSON.stringify(compte).includes(perdu!) && JSON.stringify(compte).includes(gate!));
      const purge = await lancer<{ orphelins: number }>(
        "documents:purger",
        "--appliquer",
        "--operateur",
        ADMIN,
      );
      assert.equal(purge.compte.resultat.orphelins, 1);
      assert.ok(
        seau.lister().includes(await sha256(recent)) && !seau.lister().includes(await sha256(oublie)),
      );
      const retour = await lancer("documents:deplacer", "--vers", "BASE", "--operateur", ADMIN);
      assert.equal(retour.code, 1);
      assert.ok(retour.compte.erreur!.includes(perdu!) && retour.compte.erreur!.includes(gate!));
      const ailleurs =
        await sql`select encode(sha256, 'hex') as sha256 from private.contenus where magasin = 'S3'`;
      assert.deepEqual(
        ailleurs.map((un) => un.sha256).sort(),
        [perdu, gate].sort(),
        "the others have come back",
      );
    });
  } finally {
    await sql.end();
  }
});

test("purging the movements of STAGING takes their documents, and leaves those of what stays", async () => {
  const { dbUrl } = await environnement("staging", "documents_vides");
  const sql = connect(dbUrl);
  try {
    const [{ id: admin }] = await sql<[{ id: string }]>`
      insert into auth.users (id, email, aud, role)
      values (gen_random_uuid(), ${ADMIN}, 'authenticated', 'authenticated') returning id`;
    await sql`insert into public.profils (user_id, role) values (${admin}, 'admin')`;
    const [citerne] = await sql`select id from public.citernes limit 1`;
    const [{ prise }] = await sql.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
      return await tx<[{ prise: string }]>`
        insert into public.prises_de_hauteur (citerne_id, volume_mesure) values (${
        citerne!.id
      }, 10) returning id as prise`;
    });
    const [reste, part, seul] = [
      await deposer(sql, admin, pdf(), "BAREME"),
      await deposer(sql, admin, pdf()),
      await deposer(sql, admin, pdf()),
    ];
    await sql.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
      await tx`select public.lier_document(${reste}, 'CITERNE', ${citerne!.id})`;
      await tx`select public.lier_document(${part}, 'PRISE', ${prise})`;
    });
    // A better copy that proves what stays too keeps the one whose place it has taken.
    const ancien = await deposer(sql, admin, pdf());
    const mieux = pdf();
    const dit = { nom: "mieux.pdf", type_mime: "application/pdf", sha256: await sha256(mieux) };
    const neuf = await sql.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
      await tx`select public.lier_document(${ancien}, 'PRISE', ${prise})`;
      const [{ id }] = await tx<[{ id: string }]>`
        select private.remplacer_document(${ancien}, ${tx.json(dit)}, ${mieux}) as id`;
      await tx`select public.lier_document(${id}, 'CITERNE', ${citerne!.id})`;
      return id;
    });
    await sql`select private.vider_mouvements()`;
    const restent = await sql<{ id: string }[]>`select id from public.documents`;
    assert.deepEqual(new Set(restent.map(({ id }) => id)), new Set([reste, ancien, neuf]));
    assert.deepEqual([
      ...await sql`select quoi from private.compter_mouvements() where lignes > 0 and quoi like 'documents%'`,
    ], []);
    assert.ok(!restent.some(({ id }) => [part, seul].includes(id)));
    assert.deepEqual([...await sql`select * from private.verifier_documents()`], []);
  } finally {
    await sql.end();
  }
});

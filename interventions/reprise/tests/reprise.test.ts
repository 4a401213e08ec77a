import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "../../../tests/support/monde.ts";
import { NATURES } from "../examen/codes.ts";
import { ancienneProd, DEPOT, GASOIL, J0, MOT_DE_PASSE, TANKS } from "./ancienne_prod.ts";
import { baseVide, reprise, signer } from "./scene.ts";

const TANK4 = TANKS[3]!;

test("the old PROD moves in, anomalies and all", async (t) => {
  const ancienne = await ancienneProd("reprise_source");
  const arrivee = await baseVide("reprise_cible");
  const { base } = arrivee;
  const dossier = await Deno.makeTempDir();
  const decisions = join(dossier, "reprise-decisions.json");
  // A clock without zone, as the oldest tables were made: the server's, which is UTC.
  await ancienne.base`alter table public.prises_de_hauteur alter created_at type timestamp`;
  const avant = await ancienne.empreinte();

  const examiner = await reprise("examiner", { source: ancienne.url, dans: dossier });
  await t.step("the examination says every kind of anomaly, each row with a proposal", async () => {
    assert.equal(examiner.code, 0, JSON.stringify(examiner.compte));
    assert.deepEqual(Object.keys(examiner.compte.resultat.anomalies).sort(), Object.keys(NATURES).sort());
    const page = await Deno.readTextFile(join(dossier, "reprise-examen.html"));
    for (const { titre } of Object.values(NATURES)) {
      assert.ok(page.includes(titre.replaceAll("'", "&#39;")), titre);
    }
  });

  await t.step("decisions that nobody signed load nothing", async () => {
    const { code, compte } = await reprise("charger", { source: ancienne.url, vers: arrivee.url, decisions });
    assert.deepEqual([code, compte.code], [2, "DECISIONS_NON_SIGNEES"]);
  });

  await signer(decisions);
  await t.step("a rehearsal on the target itself says how long, and leaves no trace", async () => {
    const vide = await arrivee.empreinte();
    const { code, compte } = await reprise(
      "charger",
      { source: ancienne.url, vers: arrivee.url, decisions },
      "--a-blanc",
    );
    assert.equal(code, 0, JSON.stringify(compte));
    assert.ok(compte.resultat.secondes > 0);
    assert.equal(await arrivee.empreinte(), vide);
  });

  const charger = await reprise("charger", { source: ancienne.url, vers: arrivee.url, decisions });
  await t.step("it is loaded, and controls itself", () => {
    assert.equal(charger.code, 0, JSON.stringify(charger.compte));
  });

  const preuve = { source: ancienne.url, vers: arrivee.url, decisions, dans: dossier };
  const prouver = await reprise("prouver", preuve, "--sans-rejeu", "prouvé à part");
  await t.step("every difference has its decision, and no litre is left", () => {
    assert.equal(prouver.code, 0, JSON.stringify(prouver.compte));
  });
  await t.step("no figure of the page that is signed can be cut at the end of a line", async () => {
    const page = await Deno.readTextFile(join(dossier, "reprise-preuve.html"));
    const cases = [...page.matchAll(/<td class="([^"]*)">([^<]*\d [Lt]|.*L<br>.*L)<\/td>/g)]
      .filter(([, , dit]) => /^[-\d]/.test(dit!));
    assert.ok(cases.length > 20);
    for (const [, classe, dit] of cases) assert.match(classe!, /chiffre/, dit);
  });

  await t.step("the source was only read", async () => assert.equal(await ancienne.empreinte(), avant));

  await t.step("movements keep id, day, author and their historical volume, by method REPRISE", async () => {
    const [avant, ici] = await Promise.all([
      ancienne
        .base`select id, date_reception::text, created_by, created_at::text, round(volume_15c::numeric, 3)::text as v
                      from public.receptions where id in (select id from public.receptions where created_by = ${ancienne.gerant}
                       and volume_15c > 0 and date_reception > '2026-01-01' and citerne_id = ${TANK4}) order by id`,
      base`select id, date_reception::text, created_by, created_at::text, volume_15c::text as v from public.receptions
            where citerne_id = ${TANK4} and methode_15c = 'REPRISE' order by id`,
    ]);
    assert.deepEqual([...ici], [...avant]);
    assert.ok(ici.length >= 4);
  });

  await t.step("the opening stock is declared, at its day", async () => {
    const [initial] = await base`
      select volume_ambiant::float8 as ambiant, volume_15c::float8 as a15, date_jour::text as jour
        from public.stocks_initiaux where citerne_id = ${TANK4}`;
    assert.deepEqual({ ...initial }, { ...J0, a15: 79_202.762 });
  });

  await t.step("people sign in with the password they had; the account of the takeover cannot", async () => {
    const [{ juste, reprise }] = await base`
      select count(*) filter (where email like '%@ancienne.test' and encrypted_password = extensions.crypt(
                ${MOT_DE_PASSE}, case when encrypted_password like '$2%' then encrypted_password else extensions.gen_salt('bf', 4) end))::int as juste,
             count(*) filter (where coalesce(encrypted_password, '') = '')::int as reprise
        from auth.users` as unknown as [{ juste: number; reprise: number }];
    assert.deepEqual([juste, reprise], [4, 1]);
  });

  await t.step("log lines keep their names, are marked, and are sealed", async () => {
    const [{ lignes, problemes }] = await base`
      select (select count(*)::int from public.log_actions where action = 'RECEPTION_VALIDE' and details ->> 'reprise' = 'origine') as lignes,
             (select count(*)::int from private.controler_journal()) as problemes` as unknown as [
      Record<string, number>,
    ];
    const [{ la_bas }] = await ancienne.base`
      select count(*)::int as la_bas from public.log_actions where action = 'RECEPTION_VALIDE'` as unknown as [
      { la_bas: number },
    ];
    assert.deepEqual([lignes, problemes], [la_bas, 0]);
  });

  await t.step("what was believed, by the log, is the stock that is there", async () => {
    const differents = await base`
      select * from (
        select citerne_id, proprietaire_type, stock_ambiant, stock_15c from public.stock_connu_a(current_date, now())
        except select citerne_id, proprietaire_type, stock_ambiant, stock_15c from public.stock_a(current_date)) d`;
    assert.deepEqual([...differents], []);
  });

  await t.step("the old life goes on: a truck is received and a sortie validated on what came", async () => {
    const apres = await arrivee.vivre(ancienne.admin, { depot: DEPOT, produit: GASOIL, citerne: TANK4 });
    assert.deepEqual(apres, { verifier: [], sortie: "validee" });
  });

  await t.step("a database that holds something is refused, and keeps it", async () => {
    const plein = await arrivee.empreinte();
    const { code, compte } = await reprise("charger", { source: ancienne.url, vers: arrivee.url, decisions });
    assert.deepEqual([code, compte.code], [2, "CIBLE_NON_VIDE"]);
    assert.match(compte.erreur!, /a déjà reçu la reprise de .*reprise_source.* passez à reprise:prouver/);
    assert.equal(await arrivee.empreinte(), plein);
  });

  await t.step("a source somebody has written to since is no proof, and no source", async () => {
    await ancienne.base`update public.clients set telephone = '1' where nom = 'Client Lushi'`;
    const preuveTardive = await reprise("prouver", preuve, "--sans-rejeu", "prouvé à part");
    assert.equal(preuveTardive.code, 1);
    assert.match(
      preuveTardive.compte.erreur!,
      /L'ancienne base n'a pas changé depuis le chargement \(quelqu'un y a écrit/,
    );
    const autre = await baseVide("reprise_cible_2");
    const { code, compte } = await reprise("charger", { source: ancienne.url, vers: autre.url, decisions });
    assert.deepEqual([code, compte.code], [2, "SOURCE_CHANGEE"]);
    await autre.base.end();
  });
  await ancienne.base.end();
  await base.end();
});

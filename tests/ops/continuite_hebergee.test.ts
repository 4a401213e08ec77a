// A hosted project: only its platform knows whether it can go back, so the platform is asked, by its own client.
import assert from "node:assert/strict";
import { join } from "node:path";
import { runWithin } from "../support/execution.ts";
import { Echec } from "../../ops/commun/failure.ts";
import { type Fenetre, fenetreHebergee } from "../../ops/exploitation/continuite/etat.ts";
import { exercerAilleurs } from "../../ops/commandes/continuite_exercice.ts";
import { connect, inDatabase } from "../../ops/commun/connection.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { copyDatabase } from "../../ops/pile/database.ts";
import { attendre } from "../support/attente.ts";
import { asSuperuser, declaredProject } from "../support/base.ts";
import { status, superuserUrl, test } from "../support/monde.ts";

const REFERENCE = "abcdefghijklmnopqrst";

/** What Supabase's API answers of a project's backups, on this machine: the CLI is the real one. */
async function plateforme(reponse: Response) {
  const demandes: string[] = [];
  const serveur = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (demande) => {
    const { pathname } = new URL(demande.url);
    demandes.push(`${demande.method} ${pathname} ${await demande.text()}`.trim());
    if (pathname.endsWith("/restore-pitr")) return new Response(null, { status: 201 });
    return demande.url.endsWith("/database/backups") ? reponse.clone() : Response.json({});
  });
  const adresse = `http://127.0.0.1:${serveur.addr.port}`;
  const profil = join(await Deno.makeTempDir(), "profil.yaml");
  await Deno.writeTextFile(
    profil,
    `name: essai\napi_url: ${adresse}\ndashboard_url: ${adresse}\nproject_host: supabase.co\n`,
  );
  return {
    demandes,
    profil,
    fermer: () => serveur.shutdown(),
    demander: async (
      variables: Record<string, string> = { SUPABASE_ACCESS_TOKEN: `sbp_${"0a".repeat(20)}` },
    ) => {
      const dbUrl = `postgresql://postgres:x@db.${REFERENCE}.supabase.co:5432/postgres`;
      let fenetre: Fenetre | undefined;
      let erreur: Echec | undefined;
      await runWithin({ SUPABASE_PROFILE: profil }, async () => {
        fenetre = await fenetreHebergee({ env: "prod", reference: REFERENCE, dbUrl, variables }).catch(
          (dite) => {
            erreur = dite;
            return undefined;
          },
        );
        return 0;
      });
      await serveur.shutdown();
      return { fenetre, erreur };
    },
  };
}

const sauvegardes = (pitr_enabled: boolean, derniere?: number) =>
  Response.json({
    region: "eu-west-3",
    walg_enabled: true,
    pitr_enabled,
    backups: [],
    physical_backup_data: derniere
      ? { earliest_physical_backup_date_unix: 1_795_000_000, latest_physical_backup_date_unix: derniere }
      : {},
  });

test("a project whose platform can go back says from when to when", async () => {
  const derniere = Math.floor(Date.now() / 1000) - 120;
  const { demander, demandes } = await plateforme(sauvegardes(true, derniere));
  const { fenetre, erreur } = await demander();
  assert.equal(erreur, undefined);
  assert.deepEqual(fenetre, {
    premiere: "2026-11-18T11:06:40.000Z",
    derniere: new Date(derniere * 1000).toISOString(),
  });
  assert.ok(demandes.includes(`GET /v1/projects/${REFERENCE}/database/backups`));
});

test("one where it is off, has nothing yet, or where nobody answers or may ask is no evidence, and is said", async () => {
  const dit = async (reponse: Response, variables?: Record<string, string>) =>
    (await (await plateforme(reponse)).demander(variables)).erreur?.message ?? "";
  assert.match(await dit(sauvegardes(false)), /n'est pas allumée : jusqu'à une journée serait perdue/);
  assert.match(await dit(sauvegardes(true)), /n'a pas encore de quoi restaurer/);
  const hier = Math.floor(Date.now() / 1000) - 86_400;
  assert.match(await dit(sauvegardes(true, hier)), /1440 min seraient perdues/);
  assert.match(
    await dit(new Response("{}", { status: 401 })),
    new RegExp(`Supabase n'a pas dit .* de ${REFERENCE} : .+`),
  );
  assert.match(await dit(sauvegardes(true), {}), /SUPABASE_ACCESS_TOKEN manque/);
});

test("the runbook's own lines ask the platform what they say: from when to when, and a second of the past", async () => {
  const { profil, demandes, fermer } = await plateforme(sauvegardes(true, 1_795_600_000));
  const page = await Deno.readTextFile(join(ROOT, "docs/runbooks/restauration-a-un-instant.md"));
  const lignes = [...page.matchAll(/^npx (supabase backups .+)$/gm)].map(([, ligne]) => ligne!);
  assert.equal(lignes.length, 2);
  const dites: string[] = [];
  for (const ligne of lignes) {
    const mots = ligne.replace("<référence du projet>", REFERENCE).replace(
      "<secondes depuis 1970>",
      "1795500000",
    );
    const { code, stderr } = await new Deno.Command("npx", {
      args: mots.split(" "),
      cwd: ROOT,
      env: { SUPABASE_PROFILE: profil, SUPABASE_ACCESS_TOKEN: `sbp_${"0a".repeat(20)}` },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).output();
    dites.push(new TextDecoder().decode(stderr));
    assert.equal(code, 0, dites.at(-1));
  }
  await fermer();
  assert.ok(demandes.includes(`GET /v1/projects/${REFERENCE}/database/backups`));
  assert.ok(
    demandes.includes(
      `POST /v1/projects/${REFERENCE}/database/backups/restore-pitr {"recovery_time_target_unix":1795500000}`,
    ),
    demandes.join("\n"),
  );
});

test("the drill proves the project that the platform restored, and fails where a line of before its moment is missing", async () => {
  const vive = connect(await declaredProject("exercice_vive", { seed: true }));
  await vive`select private.journaliser('ESSAI', 'essai', 'INFO', null, null, '{}')`;
  // What other tests have begun on this server is waited for before anything is sealed.
  await attendre("a first seal", async () => {
    await vive`select private.sceller_journal()`;
    return (await vive`select from private.blocs_journal`).length;
  });
  const moment = new Date().toISOString().replace("T", " ").replace("Z", "+00:00");
  const server = connect(superuserUrl);
  await vive.end();
  await copyDatabase(server, "exercice_rendue", "exercice_vive");
  const [encore, rendueUrl] = [
    connect(asSuperuser("exercice_vive")),
    inDatabase(status.DB_URL, "exercice_rendue"),
  ];
  const dbUrl = `postgresql://postgres:x@db.${REFERENCE}.supabase.co:5432/postgres`;
  const exercer = (CONTINUITE_RESTAUREE_DB_URL?: string) =>
    exercerAilleurs(
      {
        env: "prod",
        reference: REFERENCE,
        dbUrl,
        variables: { ...CONTINUITE_RESTAUREE_DB_URL && { CONTINUITE_RESTAUREE_DB_URL } },
      },
      encore,
      moment,
    );
  try {
    await encore`select private.journaliser('ESSAI', 'essai', 'INFO', null, null, '{}')`;
    const { perdues, perte_s, retour_s } = await exercer(rendueUrl);
    assert.deepEqual([perdues, retour_s], [1, null]);
    assert.ok(perte_s >= 0);
    await assert.rejects(exercer(), { code: "RESTAUREE_REQUISE" });
    await assert.rejects(exercer(dbUrl), { code: "RESTAUREE_REQUISE" });
    // A line of long before its moment, that the platform would have lost.
    await encore.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`
        insert into public.log_actions (action, module, niveau, created_at)
        values ('ESSAI', 'essai', 'INFO', now() - interval '1 hour')`;
    });
    await assert.rejects(exercer(rendueUrl), /elle n'est pas ce qu'elle devait être/);
  } finally {
    await Promise.all([encore.end(), server.end()]);
  }
});

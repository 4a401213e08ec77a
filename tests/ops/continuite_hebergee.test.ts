// A hosted project: only its platform knows whether it can go back, so the platform is asked, by its own client.
import assert from "node:assert/strict";
import { join } from "node:path";
import { runWithin } from "../../ops/commun/execution.ts";
import { Echec } from "../../ops/commun/failure.ts";
import { type Fenetre, fenetreHebergee } from "../../ops/exploitation/continuite/etat.ts";
import { test } from "../support/monde.ts";

const REFERENCE = "abcdefghijklmnopqrst";

/** What Supabase's API answers of a project's backups, on this machine: the CLI is the real one. */
async function plateforme(reponse: Response) {
  const demandes: string[] = [];
  const serveur = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (demande) => {
    demandes.push(`${demande.method} ${new URL(demande.url).pathname}`);
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
    ...{ region: "eu-west-3", walg_enabled: true, pitr_enabled, backups: [] },
    physical_backup_data: derniere
      ? { earliest_physical_backup_date_unix: 1_795_000_000, latest_physical_backup_date_unix: derniere }
      : {},
  });

test("a project whose platform can go back says from when to when", async () => {
  const { demander, demandes } = await plateforme(sauvegardes(true, 1_795_600_000));
  const { fenetre, erreur } = await demander();
  assert.equal(erreur, undefined);
  assert.deepEqual(fenetre, { premiere: "2026-11-18T11:06:40.000Z", derniere: "2026-11-25T09:46:40.000Z" });
  assert.ok(demandes.includes(`GET /v1/projects/${REFERENCE}/database/backups`));
});

test("one where it is off, has nothing yet, or where nobody answers or may ask is no evidence, and is said", async () => {
  const dit = async (reponse: Response, variables?: Record<string, string>) =>
    (await (await plateforme(reponse)).demander(variables)).erreur?.message ?? "";
  assert.match(await dit(sauvegardes(false)), /n'est pas allumée : jusqu'à une journée serait perdue/);
  assert.match(await dit(sauvegardes(true)), /n'a pas encore de quoi restaurer/);
  assert.match(
    await dit(new Response("{}", { status: 401 })),
    new RegExp(`Supabase n'a pas dit .* de ${REFERENCE} : .+`),
  );
  assert.match(await dit(sauvegardes(true), {}), /SUPABASE_ACCESS_TOKEN manque/);
});

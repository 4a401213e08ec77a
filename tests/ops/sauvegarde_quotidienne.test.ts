// The one command of each day: taken, proved, copied elsewhere, cleaned, and told, whatever happened.
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { generateIdentity } from "age-encryption";
import { coffreDe } from "../../ops/exploitation/sauvegardes/coffre.ts";
import { dossierDeCopie, variablesDeLaCopie } from "../../ops/exploitation/sauvegardes/copie.ts";
import { sauvegardesVerifiees } from "../../ops/exploitation/sauvegardes/dossier.ts";
import { test } from "../support/monde.ts";
import { depot } from "../support/sauvegardes.ts";

interface Resultat {
  dump: string;
  copie: string | null;
}

/** A folder on another disk than this one, which most systems have. */
async function autreDisque(dossier: string): Promise<string | undefined> {
  const { dev } = await Deno.stat(dossier);
  for (const autre of ["/dev/shm", "/tmp"]) {
    const trouve = await Deno.stat(autre).catch(() => undefined);
    if (trouve?.isDirectory && trouve.dev !== dev) return autre;
  }
  return undefined;
}

test("the daily backup of a depot at work", async (t) => {
  const copie = await Deno.makeTempDir();
  // A passphrase is made slow to guess, at each file: continuite.test.ts opens those it encrypts with one.
  const BACKUP_KEY = await generateIdentity();
  const ici = await depot("staging", "staging_quotidienne", { BACKUP_KEY });
  await ici.recevoir();
  const lancer = (env: Record<string, string> = {}) =>
    ici.opsJson(["sauvegarde:quotidienne", "--env", "staging"], { BACKUP_COPIE_DIR: copie, ...env });
  const dits = async () =>
    await ici.base<{ action: string; niveau: string; constat: string }[]>`
      select action, niveau, details ->> 'constat' as constat from public.log_actions
       where module = 'exploitation' order by created_at`;
  const lettres = async () =>
    await ici.base<{ sujet: string; texte: string }[]>`
      select sujet, contenu ->> 'texte' as texte from public.envois where objet_type = 'SAUVEGARDE' order by created_at`;

  await t.step(
    "a copy is one that counts there as here; the database knows, the log has it, nobody is written to",
    async () => {
      const { code, compte } = await lancer();
      assert.equal(code, 0, JSON.stringify(compte));
      const { dump, copie: ou } = compte.resultat as Resultat;
      assert.equal(ou, copie);
      const variables = { ...ici.variables, BACKUP_KEY };
      for (const lieu of [variables, variablesDeLaCopie(variables, copie)]) {
        const comptees = await sauvegardesVerifiees(coffreDe(lieu), ici.nom);
        assert.deepEqual(comptees.map(({ nom }) => nom), [basename(dump)]);
      }
      const [passage] = await ici
        .base`select le > now() - interval '1 hour' as recente from private.passages where nom = 'sauvegarde'`;
      assert.equal(passage!.recente, true);
      assert.deepEqual((await dits()).map(({ action, niveau }) => [action, niveau]), [[
        "SAUVEGARDE_FAITE",
        "INFO",
      ]]);
      assert.deepEqual([...await lettres()], [], "a copy of PROD tells PROD's people nothing");
      assert.equal([...Deno.readDirSync(copie)].filter(({ name }) => name.startsWith(".")).length, 0);
    },
  );

  await t.step(
    "one that fails removes nothing, and is told at once to the administrators, once a day",
    async () => {
      await ici.base`insert into public.app_settings (key, value) values ('profils_prevenus', 'staging')`;
      const avant = [...Deno.readDirSync(ici.dossier)].length;
      for (let fois = 0; fois < 2; fois++) {
        const { code, compte } = await lancer({ BACKUP_COPIE_DIR: join(copie, "pas-monte") });
        assert.deepEqual([code, compte.code], [2, "COPIE_HORS_SITE_REQUISE"]);
      }
      assert.equal([...Deno.readDirSync(ici.dossier)].length, avant);
      const echecs = (await dits()).filter(({ action }) => action === "SAUVEGARDE_ECHOUEE");
      assert.deepEqual(echecs.map(({ niveau }) => niveau), ["WARNING", "WARNING"]);
      const [lettre, ...autres] = await lettres();
      assert.equal(autres.length, 0);
      assert.match(lettre!.sujet, /LA SAUVEGARDE DU JOUR A ÉCHOUÉ/);
      assert.match(lettre!.texte, /Vérifier où elles vont : ÉCHEC\. .*pas-monte n'est pas un dossier/);
    },
  );

  await t.step("PROD must have a copy elsewhere than on its own disk, encrypted", async () => {
    const refuse = (variables: Record<string, string>) =>
      assert.rejects(
        dossierDeCopie("prod", { BACKUP_DIR: ici.dossier, ...variables }),
        { code: "COPIE_HORS_SITE_REQUISE" },
      );
    await refuse({});
    await refuse({ BACKUP_COPIE_DIR: copie, BACKUP_KEY });
    await refuse({ BACKUP_COPIE_DIR: join(copie, "absent") });
    const ailleurs = await autreDisque(ici.dossier);
    if (ailleurs) {
      await refuse({ BACKUP_COPIE_DIR: ailleurs });
      const cle = { BACKUP_COPIE_DIR: ailleurs, BACKUP_KEY };
      assert.equal(await dossierDeCopie("prod", { BACKUP_DIR: ici.dossier, ...cle }), ailleurs);
    }
  });

  await ici.fermer();
  await Deno.remove(copie, { recursive: true });
});

// Which backups count and stay: too old, of a clock that is wrong, changed by a hand.
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Coffre, coffreDe } from "../../ops/exploitation/sauvegardes/coffre.ts";
import { exigerHorlogeJuste } from "../../ops/exploitation/sauvegardes/copie.ts";
import { NOM_DUMP, sauvegardesVerifiees, voisins } from "../../ops/exploitation/sauvegardes/dossier.ts";
import { test } from "../support/monde.ts";
import { opsJson } from "../support/ops.ts";
import { dossierEnv } from "../support/projets.ts";
import { fausseSauvegarde } from "../support/sauvegardes.ts";

const REFERENCE = "prod_nettoyage";

/** A backup of so many days ago: what the cleanup looks at is its manifest. */
const faux = (coffre: Coffre, description: string, jours: number, verifiee: boolean) =>
  fausseSauvegarde(coffre, {
    ...{ reference: REFERENCE, jour: 1, description },
    moment: new Date(Date.now() - jours * 86_400_000 - 60_000).toISOString(),
    ...(verifiee && { verifieeLe: new Date().toISOString() }),
  });

test("the cleanup removes what its environment's file says is too old, never the last three verified backups", async () => {
  const dossier = await Deno.makeTempDir();
  const lieu = await dossierEnv({ prod: { BACKUP_DIR: dossier, BACKUP_RETENTION_DAYS: "50" } });
  const coffre = coffreDe({ BACKUP_DIR: dossier, OPS_ENV_DIR: lieu });
  await faux(coffre, "ancienne-verifiee", 90, true);
  await faux(coffre, "derniere-verifiee", 60, true);
  await faux(coffre, "avant-derniere-verifiee", 61, true);
  await faux(coffre, "deux-avant-verifiee", 62, true);
  await faux(coffre, "moins-de-cinquante-jours", 45, false);
  await faux(coffre, "promise-par-une-archive", 200, true);
  await Deno.writeTextFile(voisins(join(dossier, "ml_pp_prod_J1_promise-par-une-archive.dump")).garde, "{}");
  const restent = () =>
    [...Deno.readDirSync(dossier)].map(({ name }) => name).filter((nom) => NOM_DUMP.test(nom)).sort();
  const nettoyer = (...args: string[]) => opsJson(["db:backup:cleanup", ...args], { OPS_ENV_DIR: lieu });

  assert.equal((await nettoyer("--env", "prod", "--simuler")).code, 0);
  assert.equal(restent().length, 6);
  await opsJson(["db:backup:cleanup"], {
    OPS_ENV_DIR: lieu,
    BACKUP_DIR: dossier,
    BACKUP_RETENTION_DAYS: "1",
  });
  assert.equal(restent().length, 6, "those of another environment are not this one's to remove");
  assert.equal((await nettoyer("--env", "prod")).code, 0);
  assert.deepEqual(restent(), [
    "ml_pp_prod_J1_avant-derniere-verifiee.dump",
    "ml_pp_prod_J1_derniere-verifiee.dump",
    "ml_pp_prod_J1_deux-avant-verifiee.dump",
    "ml_pp_prod_J1_moins-de-cinquante-jours.dump",
    "ml_pp_prod_J1_promise-par-une-archive.dump",
  ]);
});

test("a backup that a clock ahead has dated of next year is not the last one, of those taken since", async () => {
  const dossier = await Deno.makeTempDir();
  const coffre = coffreDe({ BACKUP_DIR: dossier, OPS_ENV_DIR: await dossierEnv({}) });
  await faux(coffre, "hier", 1, true);
  await faux(coffre, "de-l-an-prochain", -300, true);
  const verifiees = await sauvegardesVerifiees(coffre, "prod_nettoyage");
  assert.deepEqual(verifiees.map(({ manifeste }) => manifeste.description), ["hier", "de-l-an-prochain"]);
});

test("a machine whose clock is a day off from its base's removes nothing by it, and says both", () => {
  const [base, jour] = ["2027-02-28T23:30:00Z", 86_400_000];
  const machine = (ecart: number) => exigerHorlogeJuste(base, Date.parse(base) + ecart);
  for (const ecart of [0, 6 * 3_600_000, -3_600_000]) machine(ecart);
  for (const ecart of [jour, -jour, 365 * jour]) {
    assert.throws(() => machine(ecart), /la base le 01\/03\/2027 01:30:00 : aucune sauvegarde n'est retirée/);
  }
  return Promise.resolve();
});

test("a manifest, a verification or a label that a hand has changed counts no more", async () => {
  const dossier = await Deno.makeTempDir();
  const OPS_ENV_DIR = await dossierEnv({});
  const coffre = coffreDe({ BACKUP_DIR: dossier, OPS_ENV_DIR });
  await faux(coffre, "scellee", 1, true);
  const dump = join(dossier, "ml_pp_prod_J1_scellee.dump");
  const { manifeste, verification } = voisins(dump);
  const [M, V] = [await Deno.readTextFile(manifeste), await Deno.readTextFile(verification)];
  const comptees = async (autre = coffre) => (await sauvegardesVerifiees(autre, REFERENCE)).length;
  assert.equal(await comptees(), 1);

  const mains: [fichier: string, texte: string][] = [
    [manifeste, M.replace(REFERENCE, "autre_projet")],
    [manifeste, M.replace('"commit": null', `"commit": "${"a".repeat(40)}"`)],
    [manifeste, M.replace('"chiffres": {', '"en_plus": 1, "chiffres": {')],
    [verification, V.replace('"par": "essai"', '"par": "Valery Kalonga"')],
    [verification, M],
  ];
  for (const [fichier, texte] of mains) {
    assert.notEqual(texte, fichier === manifeste ? M : V);
    await Deno.writeTextFile(fichier, texte);
    assert.equal(await comptees(), 0, texte);
    await Deno.writeTextFile(manifeste, M);
    await Deno.writeTextFile(verification, V);
  }
  assert.equal(await comptees(), 1);

  // Another machine knows neither the one that signed, nor, with a key of its own, what it says.
  const ailleurs = await dossierEnv({});
  assert.equal(await comptees(coffreDe({ BACKUP_DIR: dossier, OPS_ENV_DIR: ailleurs })), 0);
  const { sceau } = JSON.parse(M);
  const amie = { BACKUP_DIR: dossier, OPS_ENV_DIR: ailleurs, BACKUP_SIGNATAIRES: sceau.cle };
  assert.equal(await comptees(coffreDe(amie)), 1, "a colleague's, once said");
  const cles = ["une clé d'au moins seize lettres", "une autre clé, aussi longue"];
  const parCle = coffreDe({ BACKUP_DIR: dossier, OPS_ENV_DIR, BACKUP_KEY: cles[0]! });
  await faux(parCle, "scellee", 1, true);
  assert.equal(await comptees(parCle), 1);
  const autre = { BACKUP_DIR: dossier, OPS_ENV_DIR, BACKUP_KEY: cles[1]! };
  assert.equal(await comptees(coffreDe(autre)), 0);
  assert.equal(await comptees(coffreDe({ ...autre, BACKUP_KEY_PRECEDENT: cles[0]! })), 1, "the key before");
});

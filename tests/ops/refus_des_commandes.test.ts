// What stops a command before it does anything is said by its code and a sentence: what was wrong, and what to do.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { status, test } from "../support/monde.ts";
import { opsJson } from "../support/ops.ts";

const ADMIN = ["--operateur", "admin@demo.monaluxe.test"];
const HEBERGEE = "postgresql://postgres:rien@db.abcdefghijklmnopqrst.supabase.co:5432/postgres";
const ARCHIVES = { CONTINUITE_DIR: "/nulle/part", CONTINUITE_CLE: "seize caractères ou plus" };
const port = new URL(status.DB_URL).port;
/** What lies in the tree, but the folder that another test's tools are fetched into. */
const ecrits = async () => (await readdir(".")).filter((nom) => nom !== ".local");

const REFUS: [code: string, args: string[], env: Record<string, string>, phrase: RegExp][] = [
  ["DESCRIPTION_INVALIDE", ["db:backup", "--description", "été !"], {}, /lettres sans accent/],
  ["REGLAGE_INVALIDE", ["db:backup"], { J0: "hier" }, /AAAA-MM-JJ/],
  ["REGLAGE_INVALIDE", ["db:backup:cleanup"], { BACKUP_RETENTION_DAYS: "toujours" }, /BACKUP_RETENTION_DAYS/],
  ["REGLAGE_INVALIDE", ["monitor"], { MONITOR_TAILLE_MAX_MO: "trop" }, /un nombre est attendu/],
  [
    "OBJET_INVALIDE",
    ["documents:joindre", "--fichier", "README.md", "--objet", "FACTURE", ...ADMIN],
    {},
    /TYPE:id/,
  ],
  ["PERIODE_REQUISE", ["rapport", "journalier", "--par-mois", ...ADMIN], {}, /--du et --au/],
  ["SECOURS_ABSENT", ["secours:etat"], {}, /secours:creer/],
  ["CRENEAU_INVALIDE", ["secours:creer", "--creneau", "Pas bon"], {}, /lettres minuscules/],
  ["SECOURS_HEBERGE", ["secours:creer"], { SECOURS_SOURCE_URL: HEBERGEE }, /Read replicas/],
  ["DOSSIER_OCCUPE", ["secours:creer", "--dossier", "supabase"], {}, /n'est pas vide/],
  ["PORT_PRIS", ["secours:creer", "--port", port], {}, new RegExp(`Le port ${port} est déjà pris`)],
  [
    "BASE_HEBERGEE",
    ["continuite:installer"],
    { ...ARCHIVES, CONTINUITE_DB_URL: HEBERGEE },
    /tableau de bord/,
  ],
  [
    "SUPERUTILISATEUR_REQUIS",
    ["continuite:installer"],
    { ...ARCHIVES, CONTINUITE_DB_URL: status.DB_URL },
    /CONTINUITE_DB_URL/,
  ],
];

for (const [code, args, env, phrase] of REFUS) {
  test(`« ${args.join(" ")} »${Object.keys(env).length ? ` with ${Object.keys(env).at(-1)}` : ""} is refused: ${code}`, async () => {
    const avant = await ecrits();
    const { code: sortie, compte } = await opsJson(args, env);
    assert.deepEqual([sortie, compte.code], [2, code], compte.erreur);
    assert.match(compte.erreur!, phrase);
    assert.deepEqual(await ecrits(), avant);
  });
}

// The application's own calls, replayed on what was taken over: in a stack to throw away, loaded as the target was, for a
// replay writes.
import { labelDatabase } from "../../ops/commun/environment.ts";
import { join } from "node:path";
import { ROOT } from "../../ops/commun/settings.ts";
import { connect } from "../../ops/commun/connection.ts";
import { prepareProject } from "../../ops/pile/database.ts";
import { loadKeys } from "../../ops/pile/keys.ts";
import { appliquerDeclaration, noterHistorique } from "../../ops/commun/schema/declare.ts";
import { startPostgres, SUPERUSER } from "../../ops/pile/postgres.ts";
import { type Stack, startStack } from "../../ops/pile/stack.ts";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import type { Contexte } from "./contexte.ts";
import { charger } from "./ecriture.ts";
import type { Critere } from "./rapport.ts";
import type { Traduite } from "./traduire.ts";

/** Says « quoi : n sur n » of each kind of call; run against the stack that its environment names. */
const REJEU = "tests/domaine/application/rejeu.test.ts";
const TITRE = "Les appels de l'application passent";

/** A stack's data folder whose database holds what was taken over, before the stack starts on it. */
async function preparer(contexte: Contexte, traduite: Traduite, dataDir: string): Promise<void> {
  const keys = await loadKeys(dataDir);
  const serveur = await startPostgres({
    dataDir,
    port: freePort(),
    password: keys.databasePassword,
    throwaway: true,
  });
  try {
    const maitre = connect(serveur.urlAs(SUPERUSER));
    await prepareProject(maitre, keys, serveur.urlAs("postgres"));
    await maitre.end();
    const sql = connect(serveur.urlAs("postgres"));
    await appliquerDeclaration(sql, noterHistorique);
    const { fichier, empreinte } = contexte.decisions!;
    await sql.begin((tx) =>
      charger(tx, traduite, {
        source: contexte.source!.nom,
        empreinte: fichier.source.empreinte,
        decisions: empreinte,
        signature: fichier.signature,
      }, () => {})
    );
    await labelDatabase(sql, "local");
    await sql.end();
  } finally {
    await serveur.stop();
  }
}

async function rejouer(pile: Stack, dataDir: string): Promise<Critere> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--no-check", REJEU],
    cwd: ROOT,
    env: {
      NO_COLOR: "1",
      TEST_STATUS: JSON.stringify(pile.status),
      TEST_SUPERUSER_URL: pile.superuserUrl!,
      TEST_LOGS: join(dataDir, "logs"),
    },
  }).output();
  const dit = new TextDecoder().decode(stdout);
  const comptes = [...dit.matchAll(/^(.+) : (\d+) sur (\d+) \(/gm)];
  const [reussis, appels] = [2, 3].map((rang) =>
    comptes.reduce((somme, compte) => somme + Number(compte[rang]), 0)
  );
  // Nothing counted is nothing looked at.
  const tenu = success && appels! > 0 && reussis === appels;
  const plainte = `${dit}\n${new TextDecoder().decode(stderr)}`.match(/^( {2}✗ |error: ).*$/m)?.[0].trim();
  return {
    titre: TITRE,
    tenu,
    constat: `${reussis} appels réussis sur ${appels}${
      tenu ? "" : ` (${plainte ?? "le rejeu n'a pas fini"})`
    }`,
  };
}

export async function rejouerApplication(
  contexte: Contexte,
  traduite: Traduite,
  dire: (progres: string) => void,
): Promise<Critere> {
  if (!await Deno.stat(join(ROOT, REJEU)).then(() => true, () => false)) {
    return { titre: TITRE, tenu: false, constat: `le rejeu n'est pas dans cet arbre (${REJEU})` };
  }
  const dataDir = await temporaryDataDir("monaluxe-rejeu-");
  contexte.defaire.push(() => Deno.remove(dataDir, { recursive: true }));
  dire("copie de ce qui a été repris");
  await preparer(contexte, traduite, dataDir);
  dire("pile jetable");
  const pile = await startStack({
    dataDir,
    apiPort: freePort(),
    dbPort: freePort(),
    demoPassword: crypto.randomUUID(),
  });
  contexte.defaire.push(() => pile.stop());
  dire("rejeu");
  return await rejouer(pile, dataDir);
}

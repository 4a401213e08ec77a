/**
 * npm run bench: what is measured, on a stack of its own, thrown away afterwards. Absolute figures are this machine's;
 * ratios, taken in one run, travel.
 *
 *   npm run bench                      all of it, written to docs/performance.md
 *   npm run bench -- sorties           one bench, printed only
 *   npm run bench -- croissance 1000 20000    with other sizes
 */
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { Echec } from "../ops/commun/failure.ts";
import { readScript } from "../ops/pile/script.ts";
import { ROOT } from "../ops/commun/settings.ts";
import { startStack } from "../ops/pile/stack.ts";
import { freePort, temporaryDataDir } from "../ops/pile/throwaway.ts";
import { leverLesLimites } from "../tests/support/limites.ts";
import { printTable } from "../ops/commun/table.ts";
import { mesurer as acces } from "./acces.ts";
import { mesurer as alertes } from "./alertes.ts";
import { mesurer as astm } from "./astm.ts";
import { mesurer as continuite } from "./continuite.ts";
import { mesurer as croissance } from "./croissance.ts";
import { mesurer as documents } from "./documents.ts";
import { mesurer as factures } from "./facture_fournisseur.ts";
import { mesurer as journal } from "./journal.ts";
import { type Chapitre, DEMO_PASSWORD, type Mesurer, ouvrir } from "./mesure.ts";
import { mesurer as memoire } from "./memoire.ts";
import { trouverPgbench } from "./pgbench.ts";
import { mesurer as pages } from "./pages.ts";
import { mesurer as paiements } from "./paiements.ts";
import { mesurer as portes } from "./portes.ts";
import { mesurer as rapports } from "./rapports.ts";
import { mesurer as rapportsPapier } from "./rapports_papier.ts";
import { mesurer as releve } from "./releve.ts";
import { mesurer as reseau } from "./reseau.ts";
import { mesurer as sorties } from "./sorties.ts";
import { mesurer as ecrans } from "./tableau.ts";
import { mesurer as ventes } from "./ventes.ts";

const BANCS: Record<string, Mesurer> = {
  astm,
  sorties,
  portes,
  memoire,
  croissance,
  acces,
  journal,
  tableau: ecrans,
  pages,
  alertes,
  documents,
  releve,
  rapports,
  factures,
  ventes,
  paiements,
  rapports_papier: rapportsPapier,
  continuite,
  reseau,
};
const RAPPORT = join(ROOT, "docs/performance.md");
const NOTES = join(ROOT, "bench/notes.md");

async function machine(superuserUrl: string): Promise<string[][]> {
  const sql = ouvrir(superuserUrl);
  const [serveur] = await sql<[Record<string, string>]>`
    select current_setting('server_version') as version, current_setting('shared_buffers') as tampons,
           current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`;
  await sql.end();
  return [
    ["processor", `${cpus().length} × ${cpus()[0]?.model ?? "?"}`],
    ["memory", `${Math.round(totalmem() / 2 ** 30)} GiB`],
    ["system", `${type()} ${release()}`],
    ["PostgreSQL", `${serveur.version}, as npm start runs it`],
    [
      "settings",
      `shared_buffers ${serveur.tampons}, fsync ${serveur.fsync}, synchronous_commit ${serveur.commit}`,
    ],
    ["day", new Date().toISOString().slice(0, 10)],
  ];
}

function tableau(entetes: string[], lignes: string[][]): string {
  const rang = (cellules: string[]) => `| ${cellules.join(" | ")} |`;
  return [rang(entetes), rang(entetes.map((_, i) => i ? "---:" : "---")), ...lignes.map(rang)].join("\n");
}

const corps = ({ sens, entetes, lignes }: Chapitre) => `${sens}\n\n${tableau(entetes, lignes)}`;

/** In a page that people write, between two marks that bear the chapter's title. */
async function ecrireDans(page: string, chapitre: Chapitre): Promise<void> {
  const fichier = join(ROOT, page);
  const [debut, fin] = [`<!-- mesuré : ${chapitre.titre} -->`, "<!-- fin -->"];
  const texte = await Deno.readTextFile(fichier);
  const [avant, reste] = texte.split(debut);
  if (reste === undefined) throw new Echec(`${page} n'a pas la marque « ${debut} ».`);
  const apres = reste.slice(reste.indexOf(fin));
  await Deno.writeTextFile(fichier, `${avant}${debut}\n\n${corps(chapitre)}\n\n${apres}`);
  console.log(`\nÉcrit dans ${page}.`);
}

async function ecrireRapport(faits: string[][], chapitres: Chapitre[]): Promise<void> {
  const parties = [
    "# Performance",
    "Written by `npm run bench` on a stack of its own; run it to have your machine's. Absolute figures are the machine's " +
    "and its neighbours'; ratios, taken in one run, travel.",
    tableau(["machine", ""], faits),
    ...chapitres.filter(({ page }) => !page).map((chapitre) => `## ${chapitre.titre}\n\n${corps(chapitre)}`),
    (await Deno.readTextFile(NOTES)).trim(),
  ];
  await Deno.writeTextFile(RAPPORT, `${parties.join("\n\n")}\n`);
}

async function main(): Promise<void> {
  const { words: [voulu, ...reste] } = await readScript(
    "bench",
    "Mesure, sur une pile jetable ; sans banc, tous, écrits dans docs/performance.md.",
    (program) =>
      program.argument("[banc]", Object.keys(BANCS).join(", ")).argument("[tailles...]", "d'autres tailles"),
  );
  if (voulu !== undefined && !BANCS[voulu]) {
    throw new Echec(
      `Aucun banc ne s'appelle « ${voulu} » : choisissez parmi ${Object.keys(BANCS).join(", ")}.`,
    );
  }
  // Known before anything starts: half a report is no report.
  if (voulu === undefined || voulu === "sorties" || voulu === "journal") await trouverPgbench();

  const dossier = await temporaryDataDir("monaluxe-bench-");
  const stack = await startStack({
    dataDir: dossier,
    apiPort: freePort(),
    dbPort: freePort(),
    demoPassword: DEMO_PASSWORD,
    // Beside pgbench, whose tables are larger than what a laptop's server keeps in memory.
    serverSettings: ["shared_buffers=128MB"],
  });
  try {
    const superuserUrl = stack.superuserUrl!;
    const faits = await machine(superuserUrl);
    await leverLesLimites(superuserUrl);
    printTable(faits);
    const chapitres: Chapitre[] = [];
    for (const [nom, mesurer] of Object.entries(BANCS)) {
      if (voulu !== undefined && nom !== voulu) continue;
      console.log(`\nBanc ${nom}…`);
      for (const chapitre of await mesurer({ stack, superuserUrl, dossier, arguments: reste })) {
        console.log(`\n${chapitre.titre}\n${chapitre.sens}`);
        printTable(chapitre.lignes, chapitre.entetes);
        chapitres.push(chapitre);
        if (chapitre.page) await ecrireDans(chapitre.page, chapitre);
      }
    }
    if (voulu === undefined) {
      await ecrireRapport(faits, chapitres);
      console.log(`\nÉcrit dans ${RAPPORT}.`);
    }
  } finally {
    await stack.stop();
    await Deno.remove(dossier, { recursive: true });
  }
}

try {
  await main();
  Deno.exit(0);
} catch (error) {
  console.error(error instanceof Echec ? `✗ ${error.message}` : error);
  Deno.exit(1);
}

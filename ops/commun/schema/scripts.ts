// SQL files as the Supabase CLI reads them: one after the other, statement by statement, each remembered in its history.
import { join } from "node:path";
import { Refus } from "../deroulement.ts";

export interface Script {
  fichier: string;
  texte: string;
  /** Its statements, as the CLI writes them down. */
  instructions: string[];
}

export interface Migration extends Script {
  version: string;
  nom: string;
}

/** PostgreSQL's own parser says where each statement ends, and which would end the transaction it runs in. */
export async function instructionsDe(fichier: string, texte: string): Promise<string[]> {
  // Loaded only where a script is read.
  const { loadModule, parseSync } = await import("libpg-query");
  await loadModule();
  const refuser = (raison: string): never => {
    throw new Refus("SCRIPT_REFUSE", `${fichier} ${raison} Rien n'a été fait.`);
  };
  const analyser = (): { stmt: object; stmt_location?: number; stmt_len?: number }[] => {
    try {
      return parseSync(texte).stmts ?? [];
    } catch (erreur) {
      return refuser(`n'est pas du SQL que PostgreSQL comprend : ${(erreur as Error).message}.`);
    }
  };
  const octets = new TextEncoder().encode(texte);
  return analyser().map(({ stmt, stmt_location = 0, stmt_len }) => {
    const instruction = new TextDecoder()
      .decode(octets.subarray(stmt_location, stmt_len ? stmt_location + stmt_len : undefined)).trim();
    // A commit in the middle would leave STAGING half reset.
    if ("TransactionStmt" in stmt) {
      refuser(
        `commence ou finit une transaction (« ${
          instruction.slice(0, 60)
        } ») : un reset est une seule transaction.`,
      );
    }
    return instruction;
  });
}

/** Its first lines, on one. */
export function enBref(instruction: string): string {
  const lignes = instruction.trim().split("\n");
  return lignes.slice(0, 6).join(" ").replace(/\s+/g, " ") + (lignes.length > 6 ? " …" : "");
}

export async function lireScript(fichier: string): Promise<Script> {
  const texte = await Deno.readTextFile(fichier);
  return { fichier, texte, instructions: await instructionsDe(fichier, texte) };
}

/** File, version and name of every migration of a folder, in the order of their versions; none is read. */
export const nomsDesMigrations = (dossier: string) =>
  [...Deno.readDirSync(dossier)].map(({ name }) => name).sort().flatMap((fichier) => {
    const [, version, nom] = fichier.match(/^(\d+)_(.*)\.sql$/) ?? [];
    return version ? [{ fichier, version, nom: nom! }] : [];
  });

/** Every migration of a folder but those, in the order of their versions. */
export const lireMigrations = (dossier: string, sauf: string[] = []): Promise<Migration[]> =>
  Promise.all(
    nomsDesMigrations(dossier).filter(({ version }) => !sauf.includes(version)).map(async (
      { fichier, version, nom },
    ) => (
      { ...await lireScript(join(dossier, fichier)), version, nom }
    )),
  );

// The client programs of PostgreSQL (pg_dump, pg_restore, psql): run with a connection that no `ps` can read.
import { Refus } from "../cli/deroulement.ts";
import { Echec } from "../stack/failure.ts";

export const NOMS = ["pg_dump", "pg_restore", "psql"] as const;
export type Nom = (typeof NOMS)[number];

export interface Outils {
  /** What `pg_dump --version` says: 17.11. */
  version: string;
  /** Folder the programs are in. */
  dossier: string;
  /** What runs them, put before each: the loader of the packages fetched, nothing for the machine's own. */
  prefixe: string[];
}

export interface Execution {
  /** Database spoken to, as a URL. */
  base?: string;
  entree?: ReadableStream<Uint8Array>;
  /** Takes what the program says; without it the text comes back. */
  sortie?: (sortie: ReadableStream<Uint8Array>) => Promise<void>;
}

/** libpq reads a connection from its environment: a password in the arguments would be seen by the whole machine. */
function connexion(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  if (port === "6543") {
    throw new Refus(
      "ADRESSE_DE_POOLER",
      "Le port 6543 est celui du pooler par transaction, qui ne porte ni sauvegarde ni restauration : donnez l'adresse " +
        "directe de la base, ou celle du pooler par session (port 5432).",
    );
  }
  return {
    PGHOST: hostname.replace(/^\[|\]$/g, ""),
    PGPORT: port || "5432",
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)) || "postgres",
    PGSSLMODE: searchParams.get("sslmode") ?? "prefer",
    PGCONNECT_TIMEOUT: "10",
    PGAPPNAME: "monaluxe-ops",
  };
}

/** Runs a program to its end; throws Echec with what it said where it fails. */
export async function executer(
  outils: Outils,
  nom: Nom,
  args: string[],
  { base, entree, sortie }: Execution = {},
): Promise<string> {
  const [commande, ...avant] = [...outils.prefixe, `${outils.dossier}/${nom}`];
  const processus = new Deno.Command(commande!, {
    args: [...avant, ...args],
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH") ?? "", LC_ALL: "C.UTF-8", ...(base ? connexion(base) : {}) },
    stdin: entree ? "piped" : "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const dit = new Response(processus.stderr).text();
  // A program that stops early closes its input: its own words say why, better than the broken pipe does.
  const nourri = entree ? entree.pipeTo(processus.stdin).catch((erreur) => erreur as Error) : undefined;
  try {
    const [texte, { code }] = await Promise.all([
      sortie ? sortie(processus.stdout).then(() => "") : new Response(processus.stdout).text(),
      processus.status,
    ]);
    const plaintes = (await dit).trim();
    const rompu = await nourri;
    if (code !== 0) throw new Echec(`${nom} a échoué : ${plainte(plaintes) ?? `code ${code}`}`);
    if (rompu) throw rompu;
    return texte;
  } catch (erreur) {
    try {
      processus.kill();
    } catch {
      // Already ended.
    }
    await processus.status;
    throw erreur;
  }
}

/** What went wrong, out of everything a program printed: a rule's own sentence, else the error and its detail. */
function plainte(texte: string): string | undefined {
  const lignes = texte.split("\n").map((ligne) => ligne.trim().replace(/^psql:<stdin>:\d+: /, "")).filter(
    Boolean,
  );
  const rang = lignes.findIndex((ligne) => /\b(error|fatal|ERROR|FATAL):/.test(ligne));
  if (rang < 0) return lignes.at(-1);
  const suite = (nom: string) =>
    lignes.slice(rang + 1).find((ligne) => ligne.startsWith(`${nom}:`))?.slice(nom.length + 1).trim();
  const [code, phrase] = [lignes[rang]!.match(/ERROR:\s+([A-Z_]+)$/)?.[1], suite("HINT")];
  return code && phrase ? `${phrase} (${code})` : [lignes[rang], suite("DETAIL")].filter(Boolean).join(" ");
}

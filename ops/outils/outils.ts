// Finds the client programs of PostgreSQL of the server's major version, and fetches them where the machine has none.
import { join } from "node:path";
import { type Etape, Refus } from "../cli/deroulement.ts";
import type { Sql } from "../stack/database.ts";
import { readSettings } from "../stack/settings.ts";
import { racine, systeme, telecharger } from "./debian.ts";
import { NOMS, type Outils } from "./programmes.ts";

export type { Outils } from "./programmes.ts";

/** Major version of the servers this project runs on (supabase/config.toml). */
export const MAJEURE = 17;

/** Where what is fetched lives; OUTILS_DIR shares it between several DATA_DIR. */
const rangement = () => Deno.env.get("OUTILS_DIR") || join(readSettings().dataDir, "outils");
const telecharges = (majeure: number) => join(rangement(), `postgresql-${majeure}`);

function dossiersConnus(majeure: number): string[] {
  return [
    `/usr/lib/postgresql/${majeure}/bin`,
    `/usr/pgsql-${majeure}/bin`,
    `/opt/homebrew/opt/postgresql@${majeure}/bin`,
    "/opt/homebrew/opt/libpq/bin",
    `/usr/local/opt/postgresql@${majeure}/bin`,
    "/usr/local/opt/libpq/bin",
    `/Applications/Postgres.app/Contents/Versions/${majeure}/bin`,
    ...(Deno.env.get("PATH") ?? "").split(":").filter(Boolean),
  ];
}

async function versionDe(commande: string, args: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command(commande, { args: [...args, "--version"], stderr: "null" })
      .output();
    return new TextDecoder().decode(stdout).match(/\(PostgreSQL\) (\d+\.\d+)/)?.[1];
  } catch {
    // Not there, or not for this machine.
    return undefined;
  }
}

/** Version that a folder's three programs agree on; undefined where one is missing or will not run. */
async function versionDans(dossier: string, prefixe: string[] = []): Promise<string | undefined> {
  const versions = new Set<string | undefined>();
  for (const nom of NOMS) {
    const [commande, ...args] = [...prefixe, join(dossier, nom)];
    versions.add(await versionDe(commande!, args));
    if (versions.has(undefined)) return undefined;
  }
  return versions.size === 1 ? [...versions][0] : undefined;
}

export interface Recherche {
  trouves?: Outils;
  /** Versions that are there but will not do, with where. */
  autres: string[];
}

/** What the machine has, first its own programs, then those fetched before. */
export async function chercherOutils(majeure = MAJEURE): Promise<Recherche> {
  const autres: string[] = [];
  for (const dossier of new Set(dossiersConnus(majeure))) {
    const version = await versionDans(dossier);
    if (version?.startsWith(`${majeure}.`)) return { trouves: { version, dossier, prefixe: [] }, autres };
    if (version) autres.push(`${version} dans ${dossier}`);
  }
  const deja = await racine(telecharges(majeure), majeure);
  const version = deja && await versionDans(deja.dossier, deja.prefixe);
  return { ...(deja && version ? { trouves: { version, ...deja } } : {}), autres };
}

function installer(majeure: number, nom: string): string {
  if (Deno.build.os === "darwin") return `brew install postgresql@${majeure}`;
  if (/ubuntu|debian/i.test(nom)) {
    return "sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh (paquet postgresql-common), puis " +
      `sudo apt-get install postgresql-client-${majeure}`;
  }
  return `le paquet « client PostgreSQL ${majeure} » de votre système (https://www.postgresql.org/download/)`;
}

/**
 * The programs for a server of this major version, fetched first where needed and possible (Debian).
 * Refuses with OUTILS_ABSENTS, saying what to install, anywhere else.
 */
export async function outilsPostgres(
  majeure = MAJEURE,
  progres: (phrase: string) => void = () => {},
): Promise<Outils> {
  const { trouves, autres } = await chercherOutils(majeure);
  if (trouves) return trouves;

  const { id, nom } = await systeme();
  const manque = `pg_dump, pg_restore et psql ${majeure} manquent sur cette machine` +
    (autres.length
      ? ` (trouvé : ${autres.join(", ")}, qui ne conviennent pas à un serveur ${majeure}).`
      : ".");
  if (id !== "debian") throw new Refus("OUTILS_ABSENTS", `${manque} Installez : ${installer(majeure, nom)}.`);

  await Deno.mkdir(rangement(), { recursive: true });
  // Two commands started together fetch once: the second waits, then finds.
  const verrou = await Deno.open(join(rangement(), "verrou"), { create: true, write: true });
  try {
    await verrou.lock(true);
    if (!(await chercherOutils(majeure)).trouves) await telecharger(telecharges(majeure), majeure, progres);
    const { trouves } = await chercherOutils(majeure);
    if (trouves) return trouves;
  } catch (erreur) {
    throw new Refus(
      "OUTILS_ABSENTS",
      `${manque} Les télécharger a échoué : ${(erreur as Error).message} ` +
        `Vérifiez l'accès au dépôt Debian, ou installez : ${installer(majeure, nom)}.`,
    );
  } finally {
    verrou.close();
  }
  throw new Refus(
    "OUTILS_ABSENTS",
    `${manque} Ceux téléchargés ne démarrent pas. Installez : ${installer(majeure, nom)}.`,
  );
}

/** Step of a command that needs the programs: those of the major version of the server it speaks to. Fills `outils`. */
export function trouverOutils<C extends { sql?: Sql; outils: Outils }>(): Etape<C> {
  return {
    titre: "Outils PostgreSQL",
    faire: async (contexte, dire) => {
      const [serveur] = contexte.sql
        ? await contexte.sql<{ majeure: number }[]>`
            select current_setting('server_version_num')::int / 10000 as majeure`
        : [];
      contexte.outils = await outilsPostgres(serveur?.majeure ?? MAJEURE, dire);
      return `${contexte.outils.version}, ${contexte.outils.dossier}`;
    },
  };
}

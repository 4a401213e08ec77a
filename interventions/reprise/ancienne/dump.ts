// A dump is outside text: nothing of it is run. Only the rows of the tables we know are taken out of it, into tables of our
// own making, in a server that goes away with the command.
import { connect } from "../../../ops/commun/connection.ts";
import { prepareRoles } from "../../../ops/pile/database.ts";
import { startPostgres, SUPERUSER } from "../../../ops/pile/postgres.ts";
import { freePort, temporaryDataDir } from "../../../ops/pile/throwaway.ts";
import { Refus } from "../../../ops/commun/deroulement.ts";
import { executer, outilsPostgres } from "../../../ops/exploitation/outils/outils.ts";
import { colonnesConnues, COMPTES } from "./ancienne_base.ts";
import type { Sql } from "../../../ops/commun/connection.ts";
import type { Source } from "./acces.ts";

const NOM = '(?:"((?:[^"]|"")+)"|([A-Za-z_][A-Za-z0-9_$]*))';
const DEBUT = new RegExp(`^COPY ${NOM}\\.${NOM} \\((.*)\\) FROM stdin;$`);
const litNom = (cite?: string, nu?: string) => cite?.replaceAll('""', '"') ?? nu!;
const identifiant = (nom: string) => `"${nom.replaceAll('"', '""')}"`;

/** Makes the table a block of rows goes into; undefined for one that is none of ours to read. */
async function tableDuBloc(sql: Sql, ligne: string): Promise<string | undefined> {
  const bloc = ligne.match(DEBUT);
  if (!bloc) return undefined;
  const [schema, table] = [litNom(bloc[1], bloc[2]), litNom(bloc[3], bloc[4])];
  if (schema !== "public" && !(schema === "auth" && COMPTES.includes(table))) return undefined;
  const connues: Record<string, string> = schema === "public" ? colonnesConnues(table) : { id: "uuid" };
  const colonnes = [...bloc[5]!.matchAll(new RegExp(NOM, "g"))].map(([, cite, nu]) => litNom(cite, nu));
  const cible = `${identifiant(schema)}.${identifiant(table)}`;
  await sql.unsafe(
    `create unlogged table ${cible} (${
      colonnes.map((nom) => `${identifiant(nom)} ${connues[nom] ?? "text"}`).join(", ")
    })`,
  );
  return `copy ${cible} (${colonnes.map(identifiant).join(", ")}) from stdin`;
}

/** Rows on their way into a table. The database's own words come out of whichever call is next. */
async function ouvrirCopie(sql: Sql, copier: string) {
  const flux = await sql.unsafe(copier).writable();
  const casse = new Promise<never>((_, reject) => flux.once("error", reject));
  casse.catch(() => {});
  const attendre = (evenement: string) =>
    Promise.race([casse, new Promise<void>((resolve) => flux.once(evenement, resolve))]);
  return {
    ecrire: async (lignes: string[]) => {
      if (lignes.length && !flux.write(lignes.join("\n") + "\n")) await attendre("drain");
    },
    finir: async () => {
      const fini = attendre("finish");
      flux.end();
      await fini;
    },
  };
}

/** Takes the blocks of rows out of a dump's text; answers how many. */
export async function remplir(sql: Sql, texte: ReadableStream<Uint8Array>): Promise<number> {
  let blocs = 0;
  let reste = "";
  let copie: Awaited<ReturnType<typeof ouvrirCopie>> | undefined;
  let dansUnBloc = false;
  let lignes: string[] = [];
  for await (const morceau of texte.pipeThrough(new TextDecoderStream("utf-8", { fatal: true }))) {
    const lues = (reste + morceau).split("\n");
    reste = lues.pop()!;
    for (const ligne of lues) {
      if (!dansUnBloc) {
        const copier = await tableDuBloc(sql, ligne);
        dansUnBloc = DEBUT.test(ligne);
        if (!copier) continue;
        copie = await ouvrirCopie(sql, copier);
        blocs++;
      } else if (ligne === "\\.") {
        await copie?.ecrire(lignes);
        await copie?.finir();
        [copie, lignes, dansUnBloc] = [undefined, [], false];
      } else if (copie) lignes.push(ligne);
    }
    await copie?.ecrire(lignes);
    lignes = [];
  }
  if (dansUnBloc) throw new Refus("SOURCE_INCONNUE", "Le dump est coupé : sa dernière table n'a pas de fin.");
  return blocs;
}

async function lireTexte(
  chemin: string,
  dire: (progres: string) => void,
  lire: (texte: ReadableStream<Uint8Array>) => Promise<void>,
): Promise<void> {
  const info = await Deno.stat(chemin).catch(() => {
    throw new Refus(
      "SOURCE_INCONNUE",
      `${chemin} n'existe pas. Donnez une adresse postgresql://… ou le chemin d'un dump.`,
    );
  });
  const archive = async () => {
    const outils = await outilsPostgres(undefined, dire);
    await executer(outils, "pg_restore", [
      "--data-only",
      "--no-owner",
      "--schema=public",
      "--schema=auth",
      "--file=-",
      chemin,
    ], { sortie: lire });
  };
  if (info.isDirectory) return await archive();
  const fichier = await Deno.open(chemin);
  const tete = new Uint8Array(262);
  const lus = await fichier.read(tete) ?? 0;
  await fichier.seek(0, Deno.SeekMode.Start);
  const dit = (debut: number, fin: number) =>
    new TextDecoder().decode(tete.subarray(debut, Math.min(fin, lus)));
  if (dit(0, 5) === "PGDMP" || dit(257, 262) === "ustar") {
    fichier.close();
    return await archive();
  }
  const compresse = tete[0] === 0x1f && tete[1] === 0x8b;
  await lire(
    compresse ? fichier.readable.pipeThrough(new DecompressionStream("gzip")) : fichier.readable,
  );
}

export async function ouvrirDump(chemin: string, dire: (progres: string) => void): Promise<Source> {
  await Deno.stat(chemin).catch(() => {
    throw new Refus(
      "SOURCE_INCONNUE",
      `${chemin} n'existe pas. Donnez une adresse postgresql://… ou le chemin d'un dump.`,
    );
  });
  const dataDir = await temporaryDataDir("monaluxe-reprise-");
  const password = crypto.randomUUID();
  const defaire: (() => Promise<unknown>)[] = [() => Deno.remove(dataDir, { recursive: true })];
  const fermer = async () => {
    for (const pas of defaire.splice(0).reverse()) await pas().catch(() => {});
  };
  try {
    dire("base jetable");
    const serveur = await startPostgres({ dataDir, port: freePort(), password, throwaway: true });
    defaire.push(() => serveur.stop());
    const maitre = connect(serveur.urlAs(SUPERUSER));
    await prepareRoles(maitre, password);
    await maitre.end();
    const sql = connect(serveur.urlAs("postgres"));
    defaire.push(() => sql.end({ timeout: 0 }));
    dire("lecture du dump");
    let blocs = 0;
    await lireTexte(chemin, dire, async (texte) => {
      blocs = await remplir(sql, texte);
    });
    if (!blocs) {
      throw new Refus(
        "SOURCE_INCONNUE",
        `${chemin} ne contient aucune ligne à reprendre : un dump de pg_dump est attendu (-Fc, ou texte avec COPY, et non ` +
          "--inserts), avec les schémas public et auth.",
      );
    }
    return { nom: chemin.split("/").at(-1)!, sql, fermer };
  } catch (erreur) {
    await fermer();
    throw erreur;
  }
}

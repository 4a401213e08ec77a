// Writes the translated rows, in one transaction that controls itself before it ends.
import type postgres from "postgres";
import { Refus } from "../../ops/commun/deroulement.ts";
import { Echec } from "../../ops/commun/failure.ts";
import { type Colonnes, exigerVide, lireColonnes, ouvrirAuPasse, TABLES, verrouiller } from "./cible.ts";
import type { Ligne } from "./ancienne/lecture.ts";
import type { Traduite } from "./traduire.ts";

const PAR_ENVOI = 2000;
const sql = (nom: string) => Deno.readTextFile(new URL(nom, import.meta.url));

/** A row as this database takes it: its own defaults where the source has nothing for what must be there. */
function adapter(ligne: Ligne, table: string, colonnes: Colonnes): Ligne {
  const connues = colonnes.get(table)!;
  const adaptee: Ligne = {};
  for (const [nom, valeur] of Object.entries(ligne)) {
    const colonne = connues.get(nom);
    if (!colonne) {
      // The platform's own columns differ from one version to the next.
      if (table.startsWith("auth.") || valeur === null || valeur === undefined) continue;
      throw new Refus(
        "CIBLE_INCONNUE",
        `La base d'arrivée n'a pas la colonne ${table}.${nom} : amenez-la d'abord à la dernière migration.`,
      );
    }
    if ((valeur === null || valeur === undefined) && colonne.obligatoire && colonne.defaut) continue;
    adaptee[nom] = valeur ?? null;
  }
  return adaptee;
}

async function ecrireTable(
  tx: postgres.TransactionSql,
  table: string,
  lignes: Ligne[],
  colonnes: Colonnes,
): Promise<void> {
  const adaptees = lignes.map((ligne) => adapter(ligne, table, colonnes));
  // In the order they were written: neighbours in time are neighbours on the disk.
  adaptees.sort((a, b) => String(a.created_at ?? "").localeCompare(String(b.created_at ?? "")));
  const nom = table.includes(".") ? table : `public.${table}`;
  for (const [forme, semblables] of Map.groupBy(adaptees, (ligne) => Object.keys(ligne).sort().join(","))) {
    const liste = forme.split(",").map((colonne) => `"${colonne}"`).join(", ");
    for (let debut = 0; debut < semblables.length; debut += PAR_ENVOI) {
      const envoi = JSON.stringify(semblables.slice(debut, debut + PAR_ENVOI));
      await tx.unsafe(
        `insert into ${nom} (${liste}) select ${liste} from json_populate_recordset(null::${nom}, $1::text::json)`,
        [envoi],
      );
    }
  }
}

export interface Chargement {
  lignes: Record<string, number>;
  scellees: number;
}

/** Says what of the takeover the database itself must know: from what, by whose decision. */
export interface Acte {
  source: string;
  empreinte: string;
  decisions: string;
  signature: { nom: string; le: string };
}

/**
 * Loads everything into a transaction of an empty database. Whatever is wrong throws, and nothing has happened. The caller
 * ends the transaction.
 */
export async function charger(
  tx: postgres.TransactionSql,
  { traduction, examen }: Traduite,
  acte: Acte,
  dire: (progres: string) => void,
): Promise<Chargement> {
  await verrouiller(tx);
  const colonnes = await lireColonnes(tx);
  await exigerVide(tx, acte.decisions);
  const refermer = await ouvrirAuPasse(tx);

  const lignes: Record<string, number> = {};
  for (const table of TABLES) {
    const siennes = traduction.tables.get(table) ?? [];
    dire(`${table} : ${siennes.length} lignes`);
    await ecrireTable(tx, table, siennes, colonnes);
    lignes[table] = siennes.length;
  }
  dire("stock, jours et journal");
  await tx.unsafe(await sql("calculs.sql")).simple();
  const parCode = Map.groupBy(examen.anomalies, ({ code, choix }) => `${code} ${choix}`);
  await tx`
    insert into public.log_actions (user_id, action, module, niveau, details)
    values (${traduction.reprise}, 'REPRISE_CHARGEE', 'operations', 'CRITICAL', ${
    tx.json({
      ...acte,
      lignes,
      decisions_par_anomalie: Object.fromEntries([...parCode].map(([cle, siennes]) => [cle, siennes.length])),
    })
  })`;
  dire("statistiques et scellement du journal");
  // The chain begins anew with the history it must prove, in the very transaction that brings it.
  await tx`delete from private.blocs_journal`;
  await refermer();
  for (const table of TABLES) {
    if (!table.includes(".")) await tx.unsafe(`analyze public.${table}`);
  }
  await tx.unsafe("analyze public.stocks_journaliers; analyze public.stocks_snapshot").simple();
  const [{ scellees }] = await tx<[{ scellees: number }]>`
    select private.sceller_journal()::int as scellees`;
  dire("contrôles");
  const fautes = await controler(tx);
  if (fautes.length) {
    throw new Echec(
      `Le résultat ne tient pas, tout est annulé : ${fautes.slice(0, 5).join(" ; ")}` +
        (fautes.length > 5 ? `, et ${fautes.length - 5} autres.` : "."),
    );
  }
  return { lignes, scellees };
}

/** What of the database is not as the rules want it; none: all is well. */
export async function controler(tx: postgres.ISql): Promise<string[]> {
  const fautes = await tx.unsafe<{ faute: string }[]>(await sql("controles.sql"));
  return fautes.map(({ faute }) => faute);
}

// Gives a target back the content of a backup: what must be true first, then the replacement, then its trace.
import { basename, dirname, join } from "node:path";
import type { Cible } from "../cible/cible.ts";
import { Refus } from "../cli/deroulement.ts";
import type { Outils } from "../outils/programmes.ts";
import type { Sql } from "../stack/database.ts";
import { Echec } from "../stack/failure.ts";
import { cleSauvegarde } from "./chiffrement.ts";
import { type Sauvegarde, verificationDe, voisins } from "./dossier.ts";
import { ecritDepuis } from "./exigence.ts";
import { restaurer } from "./restauration.ts";
import { heureAuDepot } from "../horloge.ts";
import { EN_COURS, sauvegarder } from "./sauvegarder.ts";
import { controlerSommes, enClair } from "./verifier.ts";

/** The sentence of the rollback plan, that CONFIRM_PROD_RESTORE must hold, word for word. */
export const PHRASE_PROD = "JE_REMPLACE_LA_PROD_PAR_CETTE_SAUVEGARDE";

export interface Accords {
  /** Reference of the project to be overwritten, typed by a person. */
  remplacer?: string;
  /** Named person who answers for it; PROD only. */
  confirmePar?: string;
  /** Acts that the person accepts to lose: written since the backup; PROD only. */
  ecrituresPerdues?: number;
}

/** Acts in the log that a backup does not hold. */
export async function actesPerdus(sql: Sql, { manifeste }: Sauvegarde): Promise<number> {
  const [ligne] = await sql<{ actes: number }[]>`select count(*)::int as actes from public.log_actions`;
  return Math.max(0, ligne!.actes - (manifeste.chiffres.tables["public.log_actions"]?.lignes ?? 0));
}

async function exigerGel(sql: Sql): Promise<void> {
  const [gel] = await sql`select 1 from public.app_settings where key = 'gel_ecritures' and value <> ''`;
  if (gel) return;
  throw new Refus(
    "GEL_REQUIS",
    "Les écritures ne sont pas gelées : ce qui serait saisi pendant la restauration serait perdu. Gelez-les d'abord " +
      "(npm run ops -- migration:astm freeze --env prod, ou select private.geler_ecritures('motif') par un admin).",
  );
}

async function exigerPourProd(
  cible: Cible,
  sql: Sql,
  sauvegarde: Sauvegarde,
  accords: Accords,
): Promise<void> {
  const { manifeste, nom } = sauvegarde;
  if (manifeste.env !== "prod" || manifeste.reference !== cible.reference) {
    throw new Refus(
      "SAUVEGARDE_ETRANGERE",
      `${nom} est une sauvegarde de ${manifeste.env} (projet « ${manifeste.reference} ») : PROD ne reprend que les siennes.`,
    );
  }
  if (!await verificationDe(sauvegarde)) {
    throw new Refus(
      "SAUVEGARDE_REQUISE",
      `${nom} n'est pas vérifiée, ou a changé depuis : PROD ne reprend qu'une sauvegarde vérifiée. ` +
        `Faites : npm run ops -- db:backup:verify ${sauvegarde.dump}`,
    );
  }
  await exigerGel(sql);
  if (!accords.confirmePar?.trim() || Deno.env.get("CONFIRM_PROD_RESTORE") !== PHRASE_PROD) {
    throw new Refus(
      "CONFIRMATION_REQUISE",
      'Restaurer PROD se décide à deux : ajoutez --confirme-par "Prénom Nom" (qui en répond), et donnez devant la ' +
        `commande CONFIRM_PROD_RESTORE=${PHRASE_PROD} (le fichier d'environnement ne compte pas).`,
    );
  }
  const actes = await actesPerdus(sql, sauvegarde);
  const ecarts = await ecritDepuis(sql, manifeste);
  if (ecarts.length && accords.ecrituresPerdues !== actes) {
    const tables = ecarts.map(({ table, lignes }) =>
      `${table.replace("public.", "")} (${lignes >= 0 ? "+" : ""}${lignes})`
    );
    throw new Refus(
      "ECRITURES_A_PERDRE",
      `Depuis ${nom}, ${actes} actes ont été journalisés, qui seront perdus : ${
        tables.join(", ")
      }. Notez-les, puis ` +
        `acceptez ce nombre exact : --ecritures-perdues ${actes}`,
    );
  }
}

/** Refuses what may not be overwritten by this backup, or was not asked for by its name. Nothing has been done. */
export async function exigerReprise(
  cible: Cible,
  sql: Sql,
  sauvegarde: Sauvegarde,
  accords: Accords,
): Promise<string> {
  if (accords.remplacer !== cible.reference) {
    throw new Refus(
      "CONFIRMATION_REQUISE",
      `Tout ce que contient ${cible.env}, projet « ${cible.reference} », sera remplacé par ${sauvegarde.nom}. ` +
        `Pour le confirmer : --remplacer ${cible.reference}`,
    );
  }
  if (cible.env === "prod") await exigerPourProd(cible, sql, sauvegarde, accords);
  return `${sauvegarde.nom} (${sauvegarde.manifeste.env}, J${sauvegarde.manifeste.jour}) remplace ${cible.env}`;
}

export interface Reprise {
  sauvegarde: string;
  sha256: string;
  cible: { env: string; reference: string };
  moment: string;
  motif: string;
  confirme_par: string | null;
  /** Acts in the log of the target that the backup did not hold. */
  ecritures_perdues: number;
  /** Backup of what was there just before; PROD only. */
  filet: string | null;
  duree_ms: number;
}

/**
 * Replaces the content of the target. PROD is first backed up as it is: nothing is lost, even by mistake. The caller
 * has asked `exigerReprise`; the transaction checks the target and the freeze again. All or nothing.
 */
export async function reprendre(
  cible: Cible,
  sql: Sql,
  outils: Outils,
  sauvegarde: Sauvegarde,
  { motif, confirmePar, surCetteMachine }: { motif: string; confirmePar?: string; surCetteMachine?: boolean },
  progres: (phrase: string) => void = () => {},
): Promise<Reprise> {
  const debut = performance.now();
  const prod = cible.env === "prod";
  await controlerSommes(sauvegarde);
  const ecritures_perdues = await actesPerdus(sql, sauvegarde).catch(() => 0);
  let filet: string | null = null;
  if (prod) {
    progres("sauvegarde de ce qui va être remplacé");
    const description = `avant_restauration_${heureAuDepot()}`;
    filet = (await sauvegarder(cible, sql, outils, { description, surCetteMachine })).nom;
  }
  const dossier = await Deno.makeTempDir({ dir: dirname(sauvegarde.dump), prefix: EN_COURS });
  try {
    progres("restauration, en une transaction");
    await restaurer(
      outils,
      {
        dump: await enClair(sauvegarde, cleSauvegarde(cible.variables), dossier),
        manifeste: sauvegarde.manifeste,
        dossier,
      },
      { dbUrl: cible.dbUrl, env: cible.env, gelRequis: prod, motif },
    );
  } catch (erreur) {
    throw new Echec(
      `${
        (erreur as Error).message
      } La base « ${cible.reference} » est restée telle qu'avant : tout ou rien.` +
        (filet ? ` Son contenu est aussi dans ${filet}.` : ""),
    );
  } finally {
    await Deno.remove(dossier, { recursive: true }).catch(() => {});
  }
  const reprise: Reprise = {
    sauvegarde: sauvegarde.nom,
    sha256: sauvegarde.manifeste.fichiers[0]!.sha256,
    cible: { env: cible.env, reference: cible.reference },
    moment: new Date().toISOString(),
    motif,
    confirme_par: confirmePar?.trim() || null,
    ecritures_perdues,
    filet,
    duree_ms: Math.round(performance.now() - debut),
  };
  const quand = reprise.moment.replaceAll(/[-:]|\.\d+/g, "");
  const trace = `${basename(voisins(sauvegarde.dump).base)}.restaure_${cible.env}_${quand}.json`;
  await Deno.writeTextFile(join(dirname(sauvegarde.dump), trace), JSON.stringify(reprise, null, 2) + "\n", {
    mode: 0o600,
  });
  return reprise;
}

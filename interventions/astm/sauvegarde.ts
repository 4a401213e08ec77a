// backup: the dump of the frozen base, proved by restoring it elsewhere. It is what a rollback goes back to.
import { basename, join } from "node:path";
import type { Sql } from "../../ops/commun/connection.ts";
import { admettre, type Etape } from "../../ops/commun/deroulement.ts";
import type { Cible } from "../../ops/exploitation/cible/cible.ts";
import { reglage } from "../../ops/exploitation/cible/variables.ts";
import { litres } from "../../ops/commun/francais.ts";
import { type Outils, outilsPostgres } from "../../ops/exploitation/outils/outils.ts";
import { coffreDe } from "../../ops/exploitation/sauvegardes/coffre.ts";
import {
  lireSauvegarde,
  type Sauvegarde,
  sauvegardesVerifiees,
  verificationDe,
} from "../../ops/exploitation/sauvegardes/dossier.ts";
import {
  actesPerdus,
  direEcarts,
  ecritDepuis,
  exigerReprise,
  reprendre,
  type Reprise,
} from "../../ops/exploitation/sauvegardes/reprise.ts";
import { heureAuDepot, jourAuDepot } from "../../ops/commun/horloge.ts";
import { sauvegarder } from "../../ops/exploitation/sauvegardes/sauvegarder.ts";
import { verifierSauvegarde } from "../../ops/exploitation/sauvegardes/verifier.ts";
import { Echec } from "../../ops/commun/failure.ts";
import type { ContexteAstm } from "./etape.ts";
import { exigerGel } from "./etat.ts";

interface FaitsDuDump {
  dump: string;
  sha256: string;
}

/** The file itself, where this machine has it: where the step wrote it, or under its name in BACKUP_DIR. */
async function lire({ cible }: ContexteAstm, { dump }: FaitsDuDump): Promise<Sauvegarde> {
  const coffre = coffreDe(cible.variables);
  const la = await Deno.stat(dump).then(() => true, () => false);
  return await lireSauvegarde(coffre, la ? dump : join(coffre.dossier, basename(dump)));
}

/** The dump that the step backup took. */
export const lireDump = (contexte: ContexteAstm) =>
  lire(contexte, contexte.dossier.exiger("backup").faits as unknown as FaitsDuDump);

/** The one from before the functions were replaced: what a way back goes back to. Refuses with SAUVEGARDE_D_APRES. */
export const lireDumpDAvant = (contexte: ContexteAstm) =>
  lire(contexte, contexte.dossier.exigerBackupDAvant().faits as unknown as FaitsDuDump);

/** A dump, still the file that was verified. Throws Echec where it is not. */
export async function exigerDump(
  contexte: ContexteAstm,
  { faits } = contexte.dossier.exiger("backup"),
): Promise<string> {
  const { sha256 } = faits as unknown as FaitsDuDump;
  const sauvegarde = await lire(contexte, faits as unknown as FaitsDuDump);
  const verification = await verificationDe(coffreDe(contexte.cible.variables), sauvegarde);
  if (verification?.sha256 !== sha256) {
    throw new Echec(`${sauvegarde.dump} n'est plus le fichier qui a été vérifié.`);
  }
  return `${sauvegarde.nom}, sha256 ${sha256.slice(0, 12)}…`;
}

/**
 * Refuses with SAUVEGARDE_REQUISE unless a verified backup of this project holds all that has been written: nothing
 * since its snapshot, or, where BACKUP_MAX_AGE_HOURS accepts the loss, no older than that.
 * Gives the sentence that proves it.
 */
export async function exigerSauvegardeVerifiee(
  cible: Cible,
  sql: Sql,
): Promise<string> {
  const [sauvegarde] = await sauvegardesVerifiees(coffreDe(cible.variables), cible.reference);
  const quoiFaire = `Faites : npm run ops -- db:backup --env ${cible.env}, puis db:backup:verify.`;
  admettre(
    sauvegarde,
    "SAUVEGARDE_REQUISE",
    `Aucune sauvegarde vérifiée du projet « ${cible.reference} » : rien ne commence en ${cible.env} sans elle. ${quoiFaire}`,
  );
  const { nom, manifeste, verification: { par, sha256 } } = sauvegarde;
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(manifeste.moment)) / 60_000));
  const prise = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  const constat = `${nom}, prise il y a ${prise}, vérifiée par ${par}, sha256 ${sha256.slice(0, 12)}…`;
  const ecarts = await ecritDepuis(sql, manifeste);
  if (!ecarts.length) return `${constat}, rien d'écrit depuis`;
  const heures = reglage(cible.variables, "BACKUP_MAX_AGE_HOURS");
  const dits = direEcarts(ecarts);
  admettre(
    Date.now() - Date.parse(manifeste.moment) <= heures * 3_600_000,
    "SAUVEGARDE_REQUISE",
    `La dernière sauvegarde vérifiée, ${nom} (il y a ${prise}), ne contient pas ce qui a été écrit depuis : ` +
      `${dits}. ${quoiFaire}`,
  );
  return `${constat}, écrit depuis : ${dits}, accepté par BACKUP_MAX_AGE_HOURS=${heures}`;
}

/** A verified backup of all that is in the base now. Refuses with SAUVEGARDE_REQUISE. */
export const exigerSauvegarde = ({ cible, sql }: ContexteAstm): Promise<string> =>
  exigerSauvegardeVerifiee(cible, sql);

const majeureDe = async ({ sql }: ContexteAstm) =>
  (await sql<{ majeure: number }[]>`
    select current_setting('server_version_num')::int / 10000 as majeure`)[0]!.majeure;

export function etapesSauvegarde(options: { surCetteMachine?: boolean }): Etape<ContexteAstm>[] {
  let outils: Outils;
  let sauvegarde: Sauvegarde;
  return [
    {
      titre: "Vérifier le gel",
      faire: async (contexte) => {
        const { sql, dossier } = contexte;
        const gel = await exigerGel(sql, dossier.contenu.env);
        // Once the functions are replaced, another dump would no longer be the state to go back to.
        contexte.sansEffet = !!dossier.acquis("apply");
        return `depuis le ${gel.depuis}`;
      },
    },
    {
      titre: "Outils PostgreSQL",
      faire: async (contexte, dire) => {
        outils = await outilsPostgres(await majeureDe(contexte), dire);
        return outils.version;
      },
    },
    {
      titre: "Sauvegarder",
      faire: async (contexte, dire) => {
        if (contexte.sansEffet) {
          sauvegarde = await lireDump(contexte);
          return `déjà faite avant apply : ${sauvegarde.nom}`;
        }
        const { cible, sql } = contexte;
        const description = `avant_astm_${jourAuDepot()}_${heureAuDepot()}`;
        sauvegarde = await sauvegarder(cible, sql, outils, { description, ...options }, dire);
        const { tables, totaux } = sauvegarde.manifeste.chiffres;
        return `${sauvegarde.dump} : ${Object.keys(tables).length} tables, ${
          litres(totaux.stock_ambiant)
        } ambiants, ` +
          `${litres(totaux.stock_15c)} à 15 °C`;
      },
    },
    {
      titre: "Prouver la sauvegarde",
      faire: async (contexte, dire) => {
        if (contexte.sansEffet) {
          contexte.faits = contexte.dossier.exiger("backup").faits;
          return await exigerDump(contexte);
        }
        const { operateur } = contexte.dossier.exiger("freeze").faits as { operateur: { nom: string } };
        const verification = await verifierSauvegarde(
          sauvegarde.dump,
          outils,
          { par: operateur.nom, coffre: coffreDe(contexte.cible.variables) },
          dire,
        );
        Object.assign(contexte.faits, {
          dump: sauvegarde.dump,
          sha256: verification.sha256,
          moment: sauvegarde.manifeste.moment,
          verification,
        });
        contexte.tableaux.push({
          titre: "Fichiers de la sauvegarde",
          colonnes: ["fichier", "octets", "sha256"],
          lignes: sauvegarde.manifeste.fichiers.map(({ nom, octets, sha256 }) => [nom, octets, sha256]),
        });
        return `sha256 ${verification.sha256}, reprise en ${
          (verification.duree_reprise_ms / 1000).toFixed(1)
        } s, ` +
          `${verification.chiffres_compares} tables comparées`;
      },
    },
  ];
}

/** Puts the base back as the step backup found it, after a backup of what is there; the freeze outlives it. */
export async function restaurerDump(
  contexte: ContexteAstm,
  demande: { motif: string; confirmePar: string; surCetteMachine?: boolean },
  dire: (progres: string) => void,
): Promise<Reprise> {
  const { cible, sql } = contexte;
  await exigerDump(contexte, contexte.dossier.exigerBackupDAvant());
  const sauvegarde = await lireDumpDAvant(contexte);
  await exigerReprise(cible, sql, sauvegarde, {
    remplacer: cible.reference,
    confirmePar: demande.confirmePar,
    ecrituresPerdues: await actesPerdus(sql, sauvegarde),
  });
  return await reprendre(
    cible,
    sql,
    await outilsPostgres(await majeureDe(contexte), dire),
    sauvegarde,
    demande,
    dire,
  );
}

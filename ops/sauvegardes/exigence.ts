// The rule of PROD actions: none starts without a verified backup of what is there now.
import type { Cible } from "../cible/cible.ts";
import { Refus } from "../cli/deroulement.ts";
import type { Sql } from "../stack/database.ts";
import { nomsTables, RENDU_STABLE, requeteEmpreintes } from "./chiffres.ts";
import {
  dossierSauvegardes,
  type Manifeste,
  sauvegardesVerifiees,
  type SauvegardeVerifiee,
} from "./dossier.ts";

// The freeze and the flags are turned by the very procedure that asks for the backup: they are not écritures.
const HORS_ECRITURES = new Set(["public.app_settings", "public.feature_flags"]);

/** Tables of the contract whose rows are no longer those of the backup, with how many have been added since. */
export async function ecritDepuis(
  sql: Sql,
  { chiffres }: Manifeste,
): Promise<{ table: string; lignes: number }[]> {
  const tables = await sql.begin("isolation level repeatable read read only", async (tx) => {
    await tx.unsafe(RENDU_STABLE).simple();
    const [ligne] = await tx.unsafe<{ tables: Manifeste["chiffres"]["tables"] }[]>(
      requeteEmpreintes((await nomsTables(tx, ["public"])).filter((nom) => nom.startsWith("public."))),
    );
    return ligne!.tables;
  });
  return Object.entries(tables)
    .filter(([nom, { empreinte }]) =>
      !HORS_ECRITURES.has(nom) && empreinte !== chiffres.tables[nom]?.empreinte
    )
    .map(([table, { lignes }]) => ({ table, lignes: lignes - (chiffres.tables[table]?.lignes ?? 0) }));
}

const dire = (ecarts: { table: string; lignes: number }[]) =>
  ecarts.map(({ table, lignes }) =>
    `${table.replace("public.", "")} (${
      lignes > 0 ? `+${lignes}` : lignes < 0 ? String(lignes) : "modifiée"
    })`
  ).join(", ");

/** Hours since the backup that BACKUP_MAX_AGE_HOURS allows although something was written; none by default. */
function heuresPermises({ variables }: Cible): number {
  const dites = variables.BACKUP_MAX_AGE_HOURS;
  if (!dites) return 0;
  const heures = Number(dites);
  if (!(heures >= 0 && heures <= 24 * 7)) {
    throw new Refus(
      "SAUVEGARDE_REQUISE",
      `BACKUP_MAX_AGE_HOURS=${dites} n'est pas un nombre d'heures (0 à 168).`,
    );
  }
  return heures;
}

const age = (moment: string) => {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(moment)) / 60_000));
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
};

/**
 * Refuses with SAUVEGARDE_REQUISE unless a verified backup of this project holds all that has been written: nothing
 * since its snapshot, or, where BACKUP_MAX_AGE_HOURS accepts the loss, no older than that.
 * Gives the backup and the sentence that proves it.
 */
export async function exigerSauvegardeVerifiee(
  cible: Cible,
  sql: Sql,
  dossier = dossierSauvegardes(),
): Promise<{ sauvegarde: SauvegardeVerifiee; constat: string }> {
  const [sauvegarde] = await sauvegardesVerifiees(cible.reference, dossier);
  const quoiFaire = `Faites : npm run ops -- db:backup --env ${cible.env}, puis db:backup:verify.`;
  if (!sauvegarde) {
    throw new Refus(
      "SAUVEGARDE_REQUISE",
      `Aucune sauvegarde vérifiée du projet « ${cible.reference} » : rien ne commence en ${cible.env} sans elle. ${quoiFaire}`,
    );
  }
  const { nom, manifeste, verification } = sauvegarde;
  const constat = `${nom}, prise il y a ${age(manifeste.moment)}, vérifiée par ${verification.par}, ` +
    `sha256 ${verification.sha256.slice(0, 12)}…`;
  const ecarts = await ecritDepuis(sql, manifeste);
  if (!ecarts.length) return { sauvegarde, constat: `${constat}, rien d'écrit depuis` };
  const heures = heuresPermises(cible);
  if (Date.now() - Date.parse(manifeste.moment) <= heures * 3_600_000) {
    return {
      sauvegarde,
      constat: `${constat}, écrit depuis : ${dire(ecarts)}, accepté par BACKUP_MAX_AGE_HOURS=${heures}`,
    };
  }
  throw new Refus(
    "SAUVEGARDE_REQUISE",
    `La dernière sauvegarde vérifiée, ${nom} (il y a ${
      age(manifeste.moment)
    }), ne contient pas ce qui a été ` +
      `écrit depuis : ${dire(ecarts)}. ${quoiFaire}`,
  );
}

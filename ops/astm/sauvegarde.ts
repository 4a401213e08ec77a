// backup: the dump of the frozen base, proved by restoring it elsewhere. It is what a rollback goes back to.
import { type Etape, Refus } from "../cli/deroulement.ts";
import { trouverOutils } from "../outils/outils.ts";
import { lireSauvegarde, type Sauvegarde, verificationDe } from "../sauvegardes/dossier.ts";
import { exigerSauvegardeVerifiee } from "../sauvegardes/exigence.ts";
import { sauvegarder } from "../sauvegardes/sauvegarder.ts";
import { Echec } from "../stack/failure.ts";
import type { ContexteAstm } from "./etape.ts";
import { exigerGel } from "./etat.ts";

/** The dump that the step backup took. */
export const lireDump = ({ dossier }: ContexteAstm): Promise<Sauvegarde> =>
  lireSauvegarde((dossier.exiger("backup").faits as { dump: string }).dump);

/** The same, still the file that was verified. Throws Echec where it is not. */
export async function exigerDump(contexte: ContexteAstm): Promise<string> {
  const sauvegarde = await lireDump(contexte);
  const verification = await verificationDe(sauvegarde);
  const { sha256 } = contexte.dossier.exiger("backup").faits as { sha256: string };
  if (verification?.sha256 !== sha256) {
    throw new Echec(`${sauvegarde.dump} n'est plus le fichier qui a été vérifié.`);
  }
  return `${sauvegarde.nom}, sha256 ${sha256.slice(0, 12)}…`;
}

export const exigerSauvegarde = async ({ cible, sql }: ContexteAstm): Promise<string> =>
  (await exigerSauvegardeVerifiee(cible, sql)).constat;
export const etapesSauvegarde = (_: { surCetteMachine?: boolean }): Etape<ContexteAstm>[] => [];
export const restaurerDump = (_c: ContexteAstm, _m: string, _d: (p: string) => void): Promise<string> =>
  Promise.reject(new Echec("x"));

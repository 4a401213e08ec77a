// Old backups go; what could still be needed stays.
import { join } from "node:path";
import { Refus } from "../cli/deroulement.ts";
import { dossierSauvegardes, sauvegardes, sauvegardesVerifiees, voisins } from "./dossier.ts";
import { EN_COURS } from "./sauvegarder.ts";

const JOUR_MS = 86_400_000;

/** Days a backup is kept: BACKUP_RETENTION_DAYS, 30 by default. Refuses with RETENTION_INVALIDE. */
function retention(): number {
  const dit = Deno.env.get("BACKUP_RETENTION_DAYS") || "30";
  const jours = Number(dit);
  if (!Number.isInteger(jours) || jours < 1) {
    throw new Refus(
      "RETENTION_INVALIDE",
      `BACKUP_RETENTION_DAYS=${dit} : un nombre entier de jours, 1 au moins, est attendu.`,
    );
  }
  return jours;
}

export interface Nettoyage {
  retires: { nom: string; raison: string }[];
  gardes: string[];
}

/**
 * Removes backups older than the retention, and what interrupted ones left more than a day ago. Of each project keeps
 * the last verified one whatever its age, and, where none is verified, the last one.
 */
export async function nettoyer({ simuler = false }: { simuler?: boolean } = {}): Promise<Nettoyage> {
  const jours = retention();
  const dossier = dossierSauvegardes();
  const toutes = await sauvegardes(dossier);
  const indispensables = new Set<string>();
  for (const reference of new Set(toutes.map(({ manifeste }) => manifeste.reference))) {
    const [verifiee] = await sauvegardesVerifiees(reference, dossier);
    indispensables.add((verifiee ?? toutes.find(({ manifeste }) => manifeste.reference === reference)!).dump);
  }

  const bilan: Nettoyage = { retires: [], gardes: [] };
  for (const { dump, nom, manifeste } of toutes) {
    const age = Math.floor((Date.now() - Date.parse(manifeste.moment)) / JOUR_MS);
    if (indispensables.has(dump) || age < jours) {
      bilan.gardes.push(nom);
      continue;
    }
    bilan.retires.push({ nom, raison: `prise il y a ${age} jours, plus que ${jours}` });
    if (simuler) continue;
    // The dump goes first: what is left of a removal cut short is not a backup.
    const { manifeste: fichierManifeste, sha256, verification, exports } = voisins(dump);
    for (const chemin of [dump, verification, sha256, exports, fichierManifeste]) {
      await Deno.remove(chemin, { recursive: true }).catch((erreur) => {
        if (!(erreur instanceof Deno.errors.NotFound)) throw erreur;
      });
    }
  }
  for (const nom of await interrompues(dossier)) {
    bilan.retires.push({ nom, raison: "sauvegarde interrompue" });
    if (!simuler) await Deno.remove(join(dossier, nom), { recursive: true });
  }
  return bilan;
}

/** Folders of backups that were interrupted: a day old, so that one still being written is left alone. */
async function interrompues(dossier: string): Promise<string[]> {
  const noms: string[] = [];
  try {
    for await (const { name } of Deno.readDir(dossier)) {
      if (!name.startsWith(EN_COURS)) continue;
      const { mtime } = await Deno.stat(join(dossier, name));
      if (Date.now() - (mtime?.getTime() ?? 0) > JOUR_MS) noms.push(name);
    }
  } catch (erreur) {
    if (!(erreur instanceof Deno.errors.NotFound)) throw erreur;
  }
  return noms.sort();
}

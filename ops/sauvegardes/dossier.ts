// Where backups are and what they are called; which of them count: those verified, on a file unchanged since.
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { Echec } from "../stack/failure.ts";
import { ROOT } from "../stack/settings.ts";

/** Folder of the backups: `backups/` of the project, or BACKUP_DIR. */
export const dossierSauvegardes = () => Deno.env.get("BACKUP_DIR") || join(ROOT, "backups");

/** Name of a backup's dump; encrypted, it ends in `.age`. */
export const NOM_DUMP = /^ml_pp_(?:prod|staging|local)_J-?\d+_[A-Za-z0-9_-]+\.dump(?:\.age)?$/;

/** What stands beside a dump. */
export const voisins = (dump: string) => {
  const base = dump.replace(/\.dump(\.age)?$/, "");
  return {
    base,
    manifeste: `${base}.manifeste.json`,
    sha256: `${dump}.sha256`,
    verification: `${base}.verifie.json`,
    exports: `${base}.exports`,
  };
};

const chiffresTable = z.object({ lignes: z.number(), empreinte: z.string() });

export const manifesteSchema = z.object({
  format: z.literal(1),
  env: z.enum(["local", "staging", "prod"]),
  /** Project whose database it is. */
  reference: z.string(),
  jour: z.int(),
  description: z.string(),
  /** Moment of the snapshot: what was committed before it is in, what came after is not. */
  moment: z.iso.datetime({ offset: true }),
  serveur: z.string(),
  outils: z.string(),
  migration: z.string().nullable(),
  commit: z.string().nullable(),
  /** Written on the machine of the database itself, which somebody has accepted. */
  sur_la_machine_de_la_base: z.boolean(),
  chiffree: z.boolean(),
  duree_ms: z.number(),
  /** The dump first, then the separate exports, paths beside the dump. */
  fichiers: z.array(z.object({ nom: z.string(), octets: z.number(), sha256: z.string() })).min(1),
  chiffres: z.object({
    tables: z.record(z.string(), chiffresTable),
    stocks: z.array(z.object({
      citerne_id: z.string(),
      citerne: z.string(),
      produit_id: z.string(),
      proprietaire_type: z.string(),
      stock_ambiant: z.number(),
      stock_15c: z.number(),
    })),
    totaux: z.object({ stock_ambiant: z.number(), stock_15c: z.number() }),
  }),
});
export type Manifeste = z.infer<typeof manifesteSchema>;

export const verificationSchema = z.object({
  /** Of the dump and of its manifest, as they were when verified. */
  sha256: z.string(),
  sha256_manifeste: z.string(),
  moment: z.iso.datetime({ offset: true }),
  par: z.string(),
  serveur: z.string(),
  /** Recovery alone: decrypting, restoring, migrating to this commit's head. */
  duree_reprise_ms: z.number(),
  migrations_appliquees: z.array(z.string()),
  chiffres_compares: z.int(),
  constats: z.array(z.string()),
});
export type Verification = z.infer<typeof verificationSchema>;

export interface Sauvegarde {
  /** Path of the dump. */
  dump: string;
  nom: string;
  manifeste: Manifeste;
}

export interface SauvegardeVerifiee extends Sauvegarde {
  verification: Verification;
}

/** SHA-256 of a file, read as it comes. */
export async function sha256(fichier: string): Promise<string> {
  const empreinte = createHash("sha256");
  using ouvert = await Deno.open(fichier);
  for await (const morceau of ouvert.readable) empreinte.update(morceau);
  return empreinte.digest("hex");
}

async function lire<T>(fichier: string, forme: z.ZodType<T>): Promise<T> {
  const texte = await Deno.readTextFile(fichier).catch(() => {
    throw new Echec(`${fichier} n'existe pas ou n'est pas lisible.`);
  });
  try {
    return forme.parse(JSON.parse(texte));
  } catch {
    throw new Echec(`${fichier} est abîmé, ou n'est pas un fichier de sauvegarde de ce projet.`);
  }
}

/** A dump and its manifest, which must be this dump's. Throws Echec where either is missing, damaged or another's. */
export async function lireSauvegarde(dump: string): Promise<Sauvegarde> {
  const nom = basename(dump);
  if (!NOM_DUMP.test(nom)) throw new Echec(`${nom} n'est pas un nom de sauvegarde (ml_pp_…_J…_….dump).`);
  await Deno.stat(dump).catch(() => {
    throw new Echec(`${dump} n'existe pas.`);
  });
  const manifeste = await lire(voisins(dump).manifeste, manifesteSchema);
  if (manifeste.fichiers[0]!.nom !== nom) {
    throw new Echec(`Le manifeste à côté de ${nom} est celui de ${manifeste.fichiers[0]!.nom}.`);
  }
  return { dump, nom, manifeste };
}

/** Every backup of the folder, newest first. A dump whose manifest is missing or damaged is not one. */
export async function sauvegardes(dossier = dossierSauvegardes()): Promise<Sauvegarde[]> {
  const trouvees: Sauvegarde[] = [];
  try {
    for await (const { name } of Deno.readDir(dossier)) {
      if (!NOM_DUMP.test(name)) continue;
      const lue = await lireSauvegarde(join(dossier, name)).catch(() => undefined);
      if (lue) trouvees.push(lue);
    }
  } catch (erreur) {
    if (!(erreur instanceof Deno.errors.NotFound)) throw erreur;
  }
  return trouvees.sort((a, b) => Date.parse(b.manifeste.moment) - Date.parse(a.manifeste.moment));
}

/** The verification of a backup, undefined where there is none or where the files have changed since. */
export async function verificationDe({ dump, manifeste }: Sauvegarde): Promise<Verification | undefined> {
  const { verification, manifeste: fichierManifeste } = voisins(dump);
  const lue = await lire(verification, verificationSchema).catch(() => undefined);
  if (!lue || lue.sha256 !== manifeste.fichiers[0]!.sha256) return undefined;
  const inchanges = lue.sha256 === await sha256(dump) &&
    lue.sha256_manifeste === await sha256(fichierManifeste);
  return inchanges ? lue : undefined;
}

/** Backups of a project that count, newest first: verified, and unchanged since. */
export async function sauvegardesVerifiees(
  reference: string,
  dossier = dossierSauvegardes(),
): Promise<SauvegardeVerifiee[]> {
  const siennes = (await sauvegardes(dossier)).filter(({ manifeste }) => manifeste.reference === reference);
  const comptees: SauvegardeVerifiee[] = [];
  for (const sauvegarde of siennes) {
    const verification = await verificationDe(sauvegarde);
    if (verification) comptees.push({ ...sauvegarde, verification });
  }
  return comptees;
}

/** Path of a dump said by name alone, or by path. */
export const cheminDump = (dit: string) => dirname(dit) === "." ? join(dossierSauvegardes(), dit) : dit;

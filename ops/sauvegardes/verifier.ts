// Proves a backup: the files are those written, and a recovery from them gives back the same depot, that works.
import { basename, dirname, join } from "node:path";
import type { Outils } from "../outils/programmes.ts";
import { connect, prepareRoles, type Sql } from "../stack/database.ts";
import { Echec } from "../stack/failure.ts";
import { pushMigrations } from "../stack/migrations.ts";
import { type PostgresServer, startPostgres, SUPERUSER } from "../stack/postgres.ts";
import { freePort, temporaryDataDir } from "../stack/throwaway.ts";
import { differences, lireChiffres } from "./chiffres.ts";
import { ouvrirFichier } from "./chiffrement.ts";
import { lireSauvegarde, type Sauvegarde, sha256, type Verification, voisins } from "./dossier.ts";
import { essayerAilleurs } from "./essai.ts";
import { restaurer } from "./restauration.ts";

/** Every file of a backup is the one its manifest speaks of. Throws Echec, naming the first that is not. */
export async function controlerSommes({ dump, manifeste }: Sauvegarde): Promise<string> {
  const dossier = dirname(dump);
  for (const { nom, sha256: attendue } of manifeste.fichiers) {
    const trouvee = await sha256(join(dossier, nom)).catch(() => undefined);
    if (trouvee === undefined) {
      throw new Echec(`${nom} manque à côté du manifeste : cette sauvegarde est incomplète.`);
    }
    if (trouvee !== attendue) {
      throw new Echec(
        `${nom} n'est pas le fichier écrit par la sauvegarde (sha256 ${trouvee.slice(0, 12)}… au lieu de ` +
          `${attendue.slice(0, 12)}…) : abîmé, tronqué ou remplacé. Ne vous en servez pas.`,
      );
    }
  }
  const { manifeste: fichierManifeste, sha256: fichierSommes } = voisins(dump);
  const sommes = await Deno.readTextFile(fichierSommes).catch(() => "");
  const attendues = [
    ...manifeste.fichiers,
    { nom: basename(fichierManifeste), sha256: await sha256(fichierManifeste) },
  ].map(({ nom, sha256 }) => `${sha256}  ${nom}\n`).join("");
  if (sommes !== attendues) {
    throw new Echec(
      `${basename(fichierSommes)} ne dit pas les sommes de ces fichiers : l'un d'eux a changé.`,
    );
  }
  return `${manifeste.fichiers.length + 1} fichiers, sha256 ${manifeste.fichiers[0]!.sha256.slice(0, 12)}…`;
}

/** Path of the dump in clear, beside nothing anybody else may read: itself, or decrypted into `dossier`. */
export async function enClair(
  { dump, manifeste }: Sauvegarde,
  cle: string | undefined,
  dossier: string,
): Promise<string> {
  if (!manifeste.chiffree) return dump;
  const clair = join(dossier, "clair.dump");
  const fichier = await Deno.open(clair, { write: true, createNew: true, mode: 0o600 });
  await (await ouvrirFichier(dump, cle)).pipeTo(fichier.writable);
  return clair;
}

/** A PostgreSQL to throw away, with the roles of a project and nothing else. */
export class Jetable {
  #serveur?: PostgresServer;
  dossier!: string;

  async demarrer(): Promise<void> {
    this.dossier = await temporaryDataDir("monaluxe-verification-");
    const motDePasse = crypto.randomUUID();
    this.#serveur = await startPostgres({ dataDir: this.dossier, port: freePort(), password: motDePasse });
    const superutilisateur = connect(this.#serveur.urlAs(SUPERUSER));
    await prepareRoles(superutilisateur, motDePasse);
    await superutilisateur.end();
  }

  get dbUrl(): string {
    return this.#serveur!.urlAs("postgres");
  }

  async arreter(): Promise<void> {
    await this.#serveur?.stop();
    if (this.dossier) await Deno.remove(this.dossier, { recursive: true });
  }
}

export interface ContexteVerification {
  sauvegarde: Sauvegarde;
  outils: Outils;
  cle?: string;
  /** Who verifies. */
  par: string;
  jetable: Jetable;
  base: Sql;
  reprise_ms: number;
  migrations: string[];
  constats: string[];
  serveur: string;
  verification?: Verification;
}

type Pas = { titre: string; faire: (contexte: ContexteVerification) => Promise<string> };

async function chronometrer<T>(contexte: ContexteVerification, faire: () => Promise<T>): Promise<T> {
  const debut = performance.now();
  const fait = await faire();
  contexte.reprise_ms += performance.now() - debut;
  return fait;
}

/** The proof, in order. What each found is kept in `constats`; the last writes it beside the dump. */
export const PAS: Pas[] = [
  {
    titre: "Démarrer un PostgreSQL jetable",
    faire: async (contexte) => {
      contexte.reprise_ms = 0;
      contexte.constats = [await controlerSommes(contexte.sauvegarde)];
      // A wrong key is said before anything is started.
      await (await ouvrirFichier(contexte.sauvegarde.dump, contexte.cle)).cancel();
      contexte.jetable = new Jetable();
      await contexte.jetable.demarrer();
      contexte.base = connect(contexte.jetable.dbUrl);
      const [ligne] = await contexte.base<
        { serveur: string }[]
      >`select current_setting('server_version') as serveur`;
      contexte.serveur = ligne!.serveur;
      return `PostgreSQL ${contexte.serveur}, sur cette machine seulement`;
    },
  },
  {
    titre: "Restaurer",
    faire: (contexte) =>
      chronometrer(contexte, async () => {
        const { sauvegarde, cle, jetable, outils } = contexte;
        await restaurer(
          outils,
          {
            dump: await enClair(sauvegarde, cle, jetable.dossier),
            manifeste: sauvegarde.manifeste,
            dossier: jetable.dossier,
          },
          { dbUrl: jetable.dbUrl, env: "vierge", gelRequis: false, motif: "vérification d'une sauvegarde" },
        );
        return "une seule transaction";
      }),
  },
  {
    titre: "Comparer au manifeste",
    faire: async ({ base, sauvegarde: { manifeste: { chiffres } } }) => {
      exigerEgalite(differences(chiffres, await base.begin((tx) => lireChiffres(tx))));
      const lignes = Object.values(chiffres.tables).reduce((somme, table) => somme + table.lignes, 0);
      return `${
        Object.keys(chiffres.tables).length
      } tables et ${lignes} lignes identiques, ${chiffres.totaux.stock_ambiant} L ` +
        `ambiants et ${chiffres.totaux.stock_15c} L à 15 °C`;
    },
  },
  {
    titre: "Migrer jusqu'à la tête de ce dépôt",
    faire: async (contexte) => {
      const { applied } = await chronometrer(
        contexte,
        () => pushMigrations(contexte.jetable.dbUrl, { seed: false }),
      );
      contexte.migrations = applied;
      const { chiffres } = contexte.sauvegarde.manifeste;
      const apres = await contexte.base.begin((tx) => lireChiffres(tx));
      exigerEgalite(
        JSON.stringify(apres.stocks) === JSON.stringify(chiffres.stocks)
          ? []
          : ["stocks changés par les migrations"],
      );
      return applied.length ? `${applied.length} appliquées, stocks inchangés` : "déjà à la tête";
    },
  },
  {
    titre: "verifier_stocks()",
    faire: async ({ base }) => {
      const ecarts = await base`select * from public.verifier_stocks()`;
      exigerEgalite(ecarts.map((ecart) => `verifier_stocks : ${JSON.stringify(ecart)}`));
      return "aucun écart entre mouvements, stock et journal";
    },
  },
  { titre: "Essayer la chaîne", faire: ({ base }) => essayerAilleurs(base) },
  {
    titre: "Enregistrer la vérification",
    faire: async (contexte) => {
      const { dump, manifeste } = contexte.sauvegarde;
      const fichiers = voisins(dump);
      const verification: Verification = {
        sha256: await sha256(dump),
        sha256_manifeste: await sha256(fichiers.manifeste),
        moment: new Date().toISOString(),
        par: contexte.par,
        serveur: contexte.serveur,
        duree_reprise_ms: Math.round(contexte.reprise_ms),
        migrations_appliquees: contexte.migrations,
        chiffres_compares: Object.keys(manifeste.chiffres.tables).length,
        constats: contexte.constats,
      };
      if (verification.sha256 !== manifeste.fichiers[0]!.sha256) {
        throw new Echec("Le dump a changé pendant sa vérification : recommencez.");
      }
      contexte.verification = verification;
      // Written beside and renamed: half a verification proves nothing.
      await Deno.writeTextFile(`${fichiers.verification}.new`, JSON.stringify(verification, null, 2) + "\n", {
        mode: 0o600,
      });
      await Deno.rename(`${fichiers.verification}.new`, fichiers.verification);
      return basename(fichiers.verification);
    },
  },
];

function exigerEgalite(ecarts: string[]): void {
  if (!ecarts.length) return;
  const reste = ecarts.length > 5 ? ` (et ${ecarts.length - 5} autres)` : "";
  throw new Echec(
    `Cette sauvegarde ne rend pas ce qu'elle devait : ${ecarts.slice(0, 5).join(" ; ")}${reste}.`,
  );
}

/** Ends what the proof has started, however it went. */
export async function terminer({ base, jetable }: Partial<ContexteVerification>): Promise<void> {
  await base?.end();
  await jetable?.arreter();
}

/** The whole proof of one backup, for another command. Throws Echec where it fails; then the backup does not count. */
export async function verifierSauvegarde(
  dump: string,
  outils: Outils,
  { par, cle }: { par: string; cle?: string },
  progres: (phrase: string) => void = () => {},
): Promise<Verification> {
  const contexte = { sauvegarde: await lireSauvegarde(dump), outils, par, cle } as ContexteVerification;
  try {
    for (const { titre, faire } of PAS) {
      progres(titre);
      contexte.constats = [...contexte.constats ?? [], `${titre} : ${await faire(contexte)}`];
    }
    return contexte.verification!;
  } finally {
    await terminer(contexte);
  }
}

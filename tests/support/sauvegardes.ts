// A database with movements in it, and its backups in a folder of their own.
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import postgres from "postgres";
import type { Cible } from "../../ops/exploitation/cible/cible.ts";
import { lireChiffres, type Sauf } from "../../ops/exploitation/sauvegardes/chiffres.ts";
import { type Coffre, coffreDe } from "../../ops/exploitation/sauvegardes/coffre.ts";
import {
  type Manifeste,
  manifestes,
  verifications,
  voisins,
} from "../../ops/exploitation/sauvegardes/dossier.ts";
import { CITERNES } from "../../ops/commun/referentiels.ts";
import { createUser } from "../../ops/pile/demo_users.ts";
import { DEPOT_DAIPN, environnement, GASOIL, ops, opsJson } from "./ops.ts";

const TANK1 = CITERNES[0]!.id;
export const ICI = "--sur-cette-machine";

export interface Depot {
  env: "staging" | "prod";
  nom: string;
  cible: Cible;
  base: postgres.Sql;
  /** Folder of the backups. */
  dossier: string;
  variables: Record<string, string>;
  /** A truck comes and is received, as an admin does it: one act of the chain, committed. */
  recevoir(volume?: number): Promise<void>;
  /** Writes are frozen, as an admin declares it. */
  geler(): Promise<void>;
  /** Its backups, or a copy of them. */
  coffre(dossier?: string): Coffre;
  chiffres(sauf?: Sauf): ReturnType<typeof lireChiffres>;
  /** `npm run ops -- …` on this database. */
  ops(...args: string[]): ReturnType<typeof ops>;
  opsJson(args: string[], env?: Record<string, string>): ReturnType<typeof opsJson>;
  /** Takes a backup and gives the path of its dump. */
  sauvegarder(description: string, env?: Record<string, string>): Promise<string>;
  verifier(dump: string): Promise<void>;
  fermer(): Promise<void>;
}

export async function depot(
  env: "staging" | "prod",
  nom: string,
  fichier: Record<string, string> = {},
): Promise<Depot> {
  const { dbUrl, env: lieu } = await environnement(env, nom, fichier);
  const dossier = await Deno.makeTempDir();
  const variables = { ...lieu, BACKUP_DIR: dossier };
  const base = postgres(dbUrl, { max: 6, onnotice: () => {} });
  const email = `admin@${nom}.test`;
  await createUser(base, {
    email,
    password: "un mot de passe",
    role: "admin",
    depotId: DEPOT_DAIPN,
    nom: "Admin",
  });
  await base`insert into public.fournisseurs (nom) values ('Moil')`;

  const enAdmin = (faire: (tx: postgres.TransactionSql) => Promise<unknown>) =>
    base.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', json_build_object('sub', id, 'role', 'authenticated')::text, true)
                 from auth.users where email = ${email}`;
      await faire(tx);
    });
  const executer = async (args: string[], autres: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await ops(args, { ...variables, ...autres });
    if (code !== 0) throw new Error(`${args.join(" ")} :\n${stdout}${stderr}`);
  };
  return {
    env,
    nom,
    cible: { env, reference: nom, dbUrl, variables },
    coffre: (autre = dossier) => coffreDe({ ...variables, BACKUP_DIR: autre }),
    base,
    dossier,
    variables,
    recevoir: async (volume = 1_000) => {
      await enAdmin(async (tx) => {
        const [cdr] = await tx`
          insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
          select f.id, ${DEPOT_DAIPN}, ${GASOIL}, ${crypto.randomUUID()}, ${volume} from public.fournisseurs f
           where f.nom = 'Moil' returning id`;
        for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
          await tx`select public.changer_statut_cours_de_route(${cdr!.id}, ${statut})`;
        }
        await tx`insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c)
                 values (${cdr!.id}, ${TANK1}, ${volume}, 24)`;
      });
    },
    geler: async () => {
      await enAdmin((tx) => tx`select private.geler_ecritures('essai de restauration')`);
    },
    chiffres: (sauf) => base.begin((tx) => lireChiffres(tx, sauf)) as ReturnType<typeof lireChiffres>,
    ops: (...args) => ops(args, variables),
    opsJson: (args, autres = {}) => opsJson(args, { ...variables, ...autres }),
    sauvegarder: async (description, autres = {}) => {
      await executer(["db:backup", "--env", env, "--description", description, ICI], autres);
      const trouvee = [...Deno.readDirSync(dossier)].find(({ name }) =>
        /\.dump(\.age)?$/.test(name) && name.includes(`_${description}.`)
      );
      return join(dossier, trouvee!.name);
    },
    verifier: (dump) => executer(["db:backup:verify", dump, "--par", "essai"]),
    fermer: () => base.end(),
  };
}

/** A copy of a folder of backups, whose files a test may damage. */
export async function copier(dossier: string): Promise<string> {
  const copie = await Deno.makeTempDir();
  await new Deno.Command("cp", { args: ["-r", `${dossier}/.`, copie] }).output();
  return copie;
}

export const sha = (octets: Uint8Array | string) => createHash("sha256").update(octets).digest("hex");

/** Rewrites a manifest, the sums that would have given it away, and, by who holds the key, its seal. */
export async function falsifier(dump: string, changer: (manifeste: Manifeste) => void, coffre?: Coffre) {
  const { manifeste: fichier, sha256 } = voisins(dump);
  const avant = await Deno.readTextFile(fichier);
  const lu: { contenu: Manifeste; sceau: unknown } = JSON.parse(avant);
  changer(lu.contenu);
  const texte = coffre ? await manifestes.ecrire(coffre, lu.contenu) : JSON.stringify(lu);
  await Deno.writeTextFile(fichier, texte);
  await Deno.writeTextFile(sha256, (await Deno.readTextFile(sha256)).replace(sha(avant), sha(texte)));
}

/** Public key of the machine that signed a backup. */
export const signataire = async (dump: string): Promise<string> =>
  JSON.parse(await Deno.readTextFile(voisins(dump).manifeste)).sceau.cle;

/** A backup of PROD that nobody took: what is asked of one without its rows is its manifest, and whether it is verified. */
export async function fausseSauvegarde(
  coffre: Coffre,
  { reference, jour, description, moment, verifieeLe }:
    & Pick<Manifeste, "reference" | "jour" | "description" | "moment">
    & { verifieeLe?: string },
): Promise<string> {
  const dump = join(coffre.dossier, `ml_pp_prod_J${jour}_${description}.dump`);
  const voisin = voisins(dump);
  const manifeste = await manifestes.ecrire(coffre, {
    ...{ format: 2, env: "prod", reference, jour, description, moment, serveur: "17.10", outils: "17.10" },
    ...{
      schema: null,
      roles: [],
      commit: null,
      sur_la_machine_de_la_base: false,
      chiffree: false,
      duree_ms: 1,
    },
    fichiers: [{ nom: basename(dump), octets: description.length, sha256: sha(description) }],
    chiffres: { tables: {}, stocks: [], totaux: { stock_ambiant: 0, stock_15c: 0 } },
  });
  const sommes = `${sha(description)}  ${basename(dump)}\n${sha(manifeste)}  ${basename(voisin.manifeste)}\n`;
  await Deno.writeTextFile(dump, description);
  await Deno.writeTextFile(voisin.manifeste, manifeste);
  await Deno.writeTextFile(voisin.sha256, sommes);
  if (!verifieeLe) return dump;
  const verification = await verifications.ecrire(coffre, {
    sha256: sha(description),
    sha256_manifeste: sha(manifeste),
    ...{ moment: verifieeLe, par: "essai", serveur: "17.10", duree_reprise_ms: 1500 },
    ...{ migrations_appliquees: [], chiffres_compares: 0, constats: [] },
  });
  await Deno.writeTextFile(voisin.verification, verification);
  return dump;
}

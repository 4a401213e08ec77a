// The functions of a commit, taken out of git into a folder of their own, and whether the database still suits them.
import { join } from "node:path";
import { type Etape, Refus } from "../cli/deroulement.ts";
import type { Contexte } from "../cible/etape.ts";
import { portesDe } from "../cible/portes.ts";
import { startChild } from "../stack/child.ts";
import { freePort } from "../stack/throwaway.ts";
import { Echec } from "../stack/failure.ts";
import { supabaseCli } from "../stack/migrations.ts";
import { ROOT } from "../stack/settings.ts";
import { attendrePret } from "./attente.ts";
import { commitDe, git } from "./commit.ts";
import { fonctions } from "./etapes.ts";

export interface ContexteVersion extends Contexte {
  commande: string;
  vers: string;
  commit: string;
  dossier?: string;
  migrationAttendue: string;
}

/** Before anything: the commit is one, and whoever asks may deploy it. */
export const exigerMoyens: Etape<ContexteVersion> = {
  titre: "Le commit, et l'accès pour le déployer",
  // deno-lint-ignore require-await
  faire: async (contexte) => {
    const { cible, vers, commande } = contexte;
    const commit = commitDe(vers);
    if (!commit) {
      throw new Refus("COMMIT_INCONNU", `« ${vers} » n'est pas un commit de ce dépôt. Voyez git log.`);
    }
    contexte.commit = commit;
    if (cible.env !== "local" && !cible.variables.SUPABASE_ACCESS_TOKEN) {
      throw new Refus(
        "ACCES_REQUIS",
        "Il faut un jeton de supabase.com (Account > Access Tokens) pour déployer. Relancez exactement :\n" +
          `  SUPABASE_ACCESS_TOKEN=<jeton> npm run ops -- ${commande} --env ${cible.env} --vers ${commit}`,
      );
    }
    return `${commit} — ${git(["log", "-1", "--format=%cs %s", commit])}`;
  },
};

export const extraire: Etape<ContexteVersion> = {
  titre: "Extraire cette version de git",
  faire: async (contexte) => {
    const dossier = await Deno.makeTempDir({ prefix: "monaluxe-version-" });
    contexte.dossier = dossier;
    const archive = join(dossier, "version.tar");
    if (git(["archive", "--format=tar", `--output=${archive}`, contexte.commit]) === undefined) {
      throw new Echec(`git n'a pas pu extraire ${contexte.commit}.`);
    }
    const { success, stderr } = await new Deno.Command("tar", { args: ["-xf", archive, "-C", dossier] })
      .output();
    if (!success) throw new Echec(`tar : ${new TextDecoder().decode(stderr)}`);
    await Deno.remove(archive);
    await Deno.symlink(join(ROOT, "node_modules"), join(dossier, "node_modules"));
    const source = await Deno.readTextFile(join(dossier, "supabase/functions/ops/migration.ts")).catch(() =>
      ""
    );
    const attendue = source.match(/MIGRATION_ATTENDUE = "(\d+)"/)?.[1];
    if (!attendue) {
      throw new Echec("Cette version ne dit pas quelle migration elle attend : elle n'est pas déployable.");
    }
    contexte.migrationAttendue = attendue;
    return `${dossier}, attend la migration ${attendue}`;
  },
};

export const migrationSuffisante: Etape<ContexteVersion> = {
  titre: "La base a la migration qu'elle attend",
  faire: async ({ sql, migrationAttendue }) => {
    const [{ tete, connue }] = await sql<[{ tete: string | null; connue: boolean }]>`
      select max(version) as tete, coalesce(bool_or(version = ${migrationAttendue}), false) as connue
        from supabase_migrations.schema_migrations`;
    if (!connue) {
      throw new Echec(
        `Cette version attend la migration ${migrationAttendue}, que la base n'a pas (sa dernière est ${
          tete ?? "aucune"
        }). ` +
          "Rien n'a été déployé : choisissez une version plus ancienne, ou appliquez d'abord les migrations.",
      );
    }
    return tete === migrationAttendue ? "exactement celle-là" : `la base est plus loin : ${tete}`;
  },
};

/** Names the sources write in their SQL: schema.function( and the relations that lists read. */
async function nomsAppeles(dossier: string): Promise<{ fonctions: string[]; relations: string[] }> {
  const [appels, relations] = [new Set<string>(), new Set<string>()];
  const parcourir = async (ou: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(ou)) {
      if (isDirectory) await parcourir(join(ou, name));
      else if (name.endsWith(".ts")) {
        const source = await Deno.readTextFile(join(ou, name));
        for (const [nom] of source.matchAll(/\b(?:public|private|astm)\.[a-z_0-9]+(?=\()/g)) appels.add(nom);
        for (
          const [, nom] of source.matchAll(/\b(?:relation: |inserer(?:Lignes)?\(tx, |lire\(tx, )"([a-z_]+)"/g)
        ) {
          relations.add(`public.${nom}`);
        }
        for (const [, nom] of source.matchAll(/\b(?:from|join|into|update) (public\.[a-z_]+)\b(?!\()/g)) {
          relations.add(nom!);
        }
      }
    }
  };
  await parcourir(join(dossier, "supabase/functions"));
  return { fonctions: [...appels], relations: [...relations] };
}

export const nomsPresents: Etape<ContexteVersion> = {
  titre: "La base a les fonctions et les tables qu'elle appelle",
  faire: async ({ sql, dossier }) => {
    const { fonctions, relations } = await nomsAppeles(dossier!);
    const absents = await sql<{ nom: string }[]>`
      select nom from unnest(${fonctions}::text[]) nom
       where not exists (select from pg_proc p
                          where p.pronamespace::regnamespace::text || '.' || p.proname = nom)
      union all
      select nom from unnest(${relations}::text[]) nom where to_regclass(nom) is null`;
    if (absents.length) {
      throw new Echec(
        `La base n'a plus ${
          absents.map(({ nom }) => nom).join(", ")
        }, que cette version appelle. Rien n'a été déployé.`,
      );
    }
    return `${fonctions.length} fonctions, ${relations.length} tables et vues`;
  },
};

/** Its own code says so: types, then its ops/ready on the target's database, here, on loopback. */
export const essayer: Etape<ContexteVersion> = {
  titre: "Ses types tiennent, et son ops/ready répond sur cette base",
  faire: async ({ cible, commit, dossier }, dire) => {
    dire("types");
    const types = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "supabase/functions"],
      cwd: dossier,
      env: { NO_COLOR: "1" },
    }).output();
    if (!types.success) {
      throw new Echec(
        `Ses types ne tiennent pas avec les paquets installés ici : ${
          new TextDecoder().decode(types.stderr).trim().split("\n")[0]
        }`,
      );
    }
    dire("ops/ready");
    const environment = {
      SUPABASE_URL: cible.apiUrl ?? `http://127.0.0.1:${freePort()}`,
      SUPABASE_DB_URL: cible.dbUrl,
      JWT_SECRET: "",
      DEPLOYED_COMMIT: commit,
    };
    const essai = startChild({
      name: "ops de cette version",
      root: dossier,
      module: new URL(`file://${dossier}/supabase/functions/ops/index.ts`).href,
      permissions: [
        "--allow-net",
        // Another version may know other names: what it finds there is what is set here.
        "--allow-env",
        "--allow-read",
      ],
      environment,
      log: () => {},
    });
    try {
      const reponse = await fetch(`${await essai.origin}/ops/ready`);
      const { statut, commit: dit } = await reponse.json();
      if (statut !== "pret") throw new Echec(`ops/ready de cette version répond ${statut}.`);
      return `pret, commit ${dit ?? "qu'elle ne dit pas encore"}`;
    } finally {
      await essai.stop();
    }
  },
};

/** Hosted: through the CLI, then what answers must be it. Local: nothing is deployed, the folder is shown. */
export const deployer: Etape<ContexteVersion> = {
  titre: "Déployer",
  faire: async (contexte, dire) => {
    const { cible, commit, dossier } = contexte;
    contexte.resultat = { commit, dossier, migration_attendue: contexte.migrationAttendue };
    if (cible.env === "local") {
      return `rien à déployer ici ; pour la faire tourner : arrêtez la pile, puis cd ${dossier} && npm start`;
    }
    const { code, stdout, stderr } = await supabaseCli(
      ["functions", "deploy", "--project-ref", cible.reference, "--use-api"],
      dossier,
      { SUPABASE_ACCESS_TOKEN: cible.variables.SUPABASE_ACCESS_TOKEN! },
    );
    if (code !== 0) {
      throw new Echec(
        `Le déploiement a échoué : ${`${stdout}\n${stderr}`.trim().split("\n").at(-1)} ` +
          "Certaines fonctions peuvent être de cette version, d'autres non : relancez la même commande.",
      );
    }
    const portes = portesDe(cible);
    const etat = await attendrePret(() => Promise.resolve(portes), { delai: 60, dire });
    // Versions of before functions said their commit cannot be told apart once deployed.
    if (etat.commit) return (await fonctions<ContexteVersion>(commit).faire(contexte, dire)) ?? undefined;
    return "déployée ; cette version ne dit pas encore son commit";
  },
};

/** The folder is only kept where somebody is told to use it. */
export async function ranger({ cible, dossier, resultat }: ContexteVersion): Promise<void> {
  if (dossier && !(cible.env === "local" && resultat)) await Deno.remove(dossier, { recursive: true });
}

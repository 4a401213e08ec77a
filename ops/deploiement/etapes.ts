// What is asked after a deployment: is the database migrated, are the functions of this commit, do they answer?
import { join } from "node:path";
import type { Contexte } from "../cible/etape.ts";
import { portesDe } from "../cible/portes.ts";
import { type Etape, Refus } from "../cli/deroulement.ts";
import { listFunctions } from "../stack/functions.ts";
import { Echec } from "../stack/failure.ts";
import { ROOT } from "../stack/settings.ts";
import { attendrePret } from "./attente.ts";
import { commitDeLArbre } from "./commit.ts";

export const attente = <C extends Contexte>(delai: number): Etape<C> => ({
  titre: "Attendre que le service soit prêt",
  faire: async ({ cible }, dire) => {
    const { migration, commit } = await attendrePret(() => Promise.resolve(portesDe(cible)), { delai, dire });
    return `pret, migration ${migration}, commit ${commit ?? "inconnu"}`;
  },
});

/** Versions of the files of supabase/migrations, in order. */
export async function migrationsDeLArbre(arbre = ROOT): Promise<string[]> {
  const versions: string[] = [];
  for await (const { name } of Deno.readDir(join(arbre, "supabase/migrations"))) {
    if (/^\d+_.*\.sql$/.test(name)) versions.push(name.split("_")[0]!);
  }
  return versions.sort();
}

export const migrations = <C extends Contexte>(): Etape<C> => ({
  titre: "Migrations : la base a celles de cet arbre, et aucune autre",
  faire: async ({ cible, sql }) => {
    const arbre = await migrationsDeLArbre();
    const base = (await sql<{ version: string }[]>`
      select version from supabase_migrations.schema_migrations`).map(({ version }) => version);
    const attente = arbre.filter((version) => !base.includes(version));
    const inconnues = base.filter((version) => !arbre.includes(version));
    if (attente.length) {
      throw new Echec(
        `${attente.length} migration(s) en attente : ${
          attente.join(", ")
        }. Appliquez-les à ${cible.env} d'abord.`,
      );
    }
    if (inconnues.length) {
      throw new Echec(
        `La base a ${inconnues.length} migration(s) que cet arbre n'a pas : ${inconnues.join(", ")}. ` +
          "Prenez la version du code qui est déployée.",
      );
    }
    return `${arbre.length}, la dernière ${arbre.at(-1)}`;
  },
});

/** The commit that must be deployed: the one asked for, else the tree's. */
export function commitAttendu(demande: string | undefined): string {
  const commit = demande ?? commitDeLArbre();
  if (!commit) {
    throw new Refus(
      "COMMIT_INCONNU",
      "Ce dossier n'est pas un dépôt git : donnez le commit attendu avec --commit.",
    );
  }
  return commit;
}

export const fonctions = <C extends Contexte>(demande: string | undefined): Etape<C> => ({
  titre: "Fonctions déployées : celles de ce commit",
  faire: async ({ cible }) => {
    const attendu = commitAttendu(demande);
    const { API_URL, ANON_KEY } = portesDe(cible);
    const noms = await listFunctions();
    const dits = await Promise.all(noms.map(async (nom) => {
      // Any answer of the function carries its commit; the platform's own answers do not.
      const reponse = await fetch(`${API_URL}/functions/v1/${nom}/`, { headers: { apikey: ANON_KEY } });
      await reponse.body?.cancel();
      return { nom, commit: reponse.headers.get("x-deployed-commit") ?? "inconnu" };
    }));
    const autres = Map.groupBy(dits.filter(({ commit }) => commit !== attendu), ({ commit }) => commit);
    if (autres.size) {
      const dire = [...autres].map(([commit, eux]) => `${eux.map(({ nom }) => nom).join(", ")} : ${commit}`);
      throw new Echec(
        `${attendu} attendu ; ${dire.join(" ; ")}. ` +
          `Déployez-les avec npm run ops -- deploy:app --env ${cible.env} --vers ${attendu.slice(0, 12)}.`,
      );
    }
    return `${noms.length} fonctions, ${attendu}`;
  },
});

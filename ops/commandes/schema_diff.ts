import { type Environnement, ENVIRONNEMENTS } from "../commun/environment.ts";
import { ouvrirCible } from "../exploitation/cible/cible.ts";
import { admettre } from "../commun/deroulement.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { comparer, type Ecart, raconter } from "../commun/schema/ecarts.ts";
import { print } from "../commun/execution.ts";
import { exiger } from "../commun/failure.ts";

interface Cote {
  nom: string;
  url: string;
}

interface ContexteDiff {
  a: Cote;
  b: Cote;
  /** `propres`: rows that an environment has of its own, which separate nothing. */
  resultat?: { a: string; b: string; ecarts: Ecart[]; propres: Ecart[] };
}

/** An environment, which must be what it says, or the address of a database. */
async function trouver(dit: string): Promise<Cote> {
  if (/^postgres(ql)?:\/\/./.test(dit) && URL.canParse(dit)) {
    const { host, pathname } = new URL(dit);
    return { nom: `${host}${pathname}`, url: dit };
  }
  admettre(
    ENVIRONNEMENTS.includes(dit as Environnement),
    "CIBLE_INCONNUE",
    `« ${dit} » n'est ni local, ni staging, ni prod, ni une adresse postgresql://…`,
  );
  const { cible, sql } = await ouvrirCible(dit as Environnement);
  await sql.end();
  return { nom: dit, url: cible.dbUrl };
}

function lister({ a, b, resultat }: ContexteDiff, { json }: { json?: boolean }): Promise<void> {
  if (!json && resultat) {
    resultat.ecarts.forEach((ecart) => print(raconter(ecart, a.nom, b.nom)));
    if (resultat.propres.length) {
      print("À part, ce qu'un environnement a en propre, et qui n'est pas à aligner :");
    }
    resultat.propres.forEach((ecart) => print(raconter(ecart, a.nom, b.nom)));
  }
  return Promise.resolve();
}

/** schema:diff: what separates two environments; nothing where they are aligned. */
export const enregistrer = commande("schema:diff", { "<a>": "", "<b>": "" })<ContexteDiff>({
  dit: "dit ce qui sépare deux environnements ; rien (sortie 0) quand ils sont alignés",
  aide: `<a> et <b> : local, staging, prod, ou l'adresse d'une base (postgresql://…). Ne fait que lire.

Compare ce que font les migrations (tables, colonnes, contraintes, index, vues, fonctions, types, policies, triggers,
droits, commentaires, historique des migrations) et les référentiels (private.referentiels : dépôts, produits, citernes,
refus, capacités, contrôles, limites, profils de calcul, cas de référence, options connues). L'état des options et les
réglages sont propres à chaque environnement : non comparés. Une ligne qu'un environnement peut avoir en propre (citerne
d'essai de PROD, citerne logique, nouvelle citerne) est dite à part, et ne compte pas.`,
  env: [],
  etapes: ({ a, b }) => ({
    "Trouver les deux bases": async (contexte) => {
      [contexte.a, contexte.b] = [await trouver(a), await trouver(b)];
      if (contexte.a.nom === contexte.b.nom) {
        [contexte.a.nom, contexte.b.nom] = [`${contexte.a.nom} (1)`, `${contexte.b.nom} (2)`];
      }
      return `${contexte.a.nom}, ${contexte.b.nom}`;
    },
    "Comparer schémas et référentiels": async (contexte) => {
      const [{ nom: a }, { nom: b }] = [contexte.a, contexte.b];
      const tous = await comparer(contexte.a.url, contexte.b.url);
      const ecarts = tous.filter(({ propre }) => !propre);
      const propres = tous.filter(({ propre }) => propre);
      contexte.resultat = { a, b, ecarts, propres };
      exiger(
        !ecarts.length,
        `${ecarts.length} différence${ecarts.length > 1 ? "s" : ""} entre ${a} et ${b}. ` +
          "Rien n'a été modifié. Alignez par une migration (npx supabase db push --remote), jamais à la main.",
      );
      return propres.length
        ? `aucune différence, ${propres.length} ligne(s) propre(s) à un environnement`
        : "aucune différence";
    },
  }),
  toujours: lister,
  fin: ({ a, b }) => `${a.nom} et ${b.nom} sont alignés.`,
});

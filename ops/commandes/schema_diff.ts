import type { Command } from "commander";
import { ouvrirCible } from "../exploitation/cible/cible.ts";
import { type Environnement, ENVIRONNEMENTS } from "../exploitation/cible/variables.ts";
import { derouler, Refus } from "../commun/deroulement.ts";
import { optionJson } from "../exploitation/cible/options.ts";
import { comparer, type Ecart } from "../commun/schema/ecarts.ts";
import { raconter } from "../commun/schema/raconter.ts";
import { print } from "../commun/execution.ts";
import { Echec } from "../commun/failure.ts";

interface Cote {
  nom: string;
  url: string;
}

interface ContexteDiff {
  a: Cote;
  b: Cote;
  resultat?: { a: string; b: string; ecarts: Ecart[] };
}

/** An environment, which must be what it says, or the address of a database. */
async function trouver(dit: string): Promise<Cote> {
  if (/^postgres(ql)?:\/\/./.test(dit) && URL.canParse(dit)) {
    const { host, pathname } = new URL(dit);
    return { nom: `${host}${pathname}`, url: dit };
  }
  if (!ENVIRONNEMENTS.includes(dit as Environnement)) {
    throw new Refus(
      "CIBLE_INCONNUE",
      `« ${dit} » n'est ni local, ni staging, ni prod, ni une adresse postgresql://…`,
    );
  }
  const { cible, sql } = await ouvrirCible(dit as Environnement);
  await sql.end();
  return { nom: dit, url: cible.dbUrl };
}

/** schema:diff: what separates two environments; nothing where they are aligned. */
export function enregistrer(programme: Command): void {
  programme.command("schema:diff <a> <b>")
    .description("dit ce qui sépare deux environnements ; rien (sortie 0) quand ils sont alignés")
    .addOption(optionJson())
    .addHelpText(
      "after",
      `
<a> et <b> : local, staging, prod, ou l'adresse d'une base (postgresql://…). Ne fait que lire.

Compare ce que font les migrations (tables, colonnes, contraintes, index, vues, fonctions, types, policies, triggers,
droits, commentaires, historique des migrations) et les référentiels (dépôts, produits, citernes, refus, profils de
calcul, options connues). L'état des options et les réglages sont propres à chaque environnement : non comparés.`,
    )
    .action((a: string, b: string, { json }) =>
      derouler("schema:diff", {} as ContexteDiff, [
        {
          titre: "Trouver les deux bases",
          faire: async (contexte) => {
            [contexte.a, contexte.b] = [await trouver(a), await trouver(b)];
            if (contexte.a.nom === contexte.b.nom) {
              [contexte.a.nom, contexte.b.nom] = [`${contexte.a.nom} (1)`, `${contexte.b.nom} (2)`];
            }
            return `${contexte.a.nom}, ${contexte.b.nom}`;
          },
        },
        {
          titre: "Comparer schémas et référentiels",
          faire: async (contexte) => {
            const ecarts = await comparer(contexte.a.url, contexte.b.url);
            contexte.resultat = { a: contexte.a.nom, b: contexte.b.nom, ecarts };
            if (ecarts.length) {
              throw new Echec(
                `${ecarts.length} différence${
                  ecarts.length > 1 ? "s" : ""
                } entre ${contexte.a.nom} et ${contexte.b.nom}. ` +
                  "Rien n'a été modifié. Alignez par une migration (supabase db push), jamais à la main.",
              );
            }
            return "aucune différence";
          },
        },
      ], {
        json,
        toujours: (contexte) => lister(contexte, json),
        fin: ({ a, b }) => `${a.nom} et ${b.nom} sont alignés.`,
      })
    );
}

function lister({ a, b, resultat }: ContexteDiff, json?: boolean): Promise<void> {
  if (!json) resultat?.ecarts.forEach((ecart) => print(raconter(ecart, a.nom, b.nom)));
  return Promise.resolve();
}

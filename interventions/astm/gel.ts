// freeze: nobody writes any more but the operator, and nothing that was under way can still commit.
import type { Etape } from "../../ops/commun/deroulement.ts";
import { Refus } from "../../ops/commun/deroulement.ts";
import type { Sql } from "../../ops/pile/database.ts";
import { Echec } from "../../ops/commun/failure.ts";
import { type ContexteAstm, enTantQue } from "./etape.ts";
import { type Gel, lireActifs, lireConnectes, lireGel, tableauActifs, tableauConnectes } from "./etat.ts";

const SONDAGE_MS = 100;

export interface Operateur {
  user_id: string;
  nom: string;
}

/** The admin this email or id is of. Refuses with OPERATEUR_INCONNU. */
export async function trouverOperateur(sql: Sql, dit: string | undefined): Promise<Operateur> {
  if (!dit?.trim()) {
    throw new Refus(
      "OPERATEUR_INCONNU",
      "Dites qui mène l'intervention : --operateur <email ou id d'un admin>.",
    );
  }
  const [trouve] = await sql<(Operateur & { role: string })[]>`
    select p.user_id, coalesce(p.nom_complet, u.email, p.user_id::text) as nom, p.role
      from public.profils p join auth.users u on u.id = p.user_id
     where p.user_id::text = ${dit.trim()} or lower(u.email) = lower(${dit.trim()})`;
  if (!trouve || trouve.role !== "admin") {
    throw new Refus(
      "OPERATEUR_INCONNU",
      trouve
        ? `« ${dit} » a le rôle ${trouve.role} : l'opérateur doit être admin.`
        : `Aucun profil ne correspond à « ${dit} » : donnez l'email ou l'id d'un admin.`,
    );
  }
  return trouve;
}

/** Declares the freeze in this operator's name; theirs already: changes nothing. */
export const geler = (sql: Sql, operateur: string, motif: string) =>
  enTantQue(sql, operateur, async (tx) => {
    await tx`select private.geler_ecritures(${motif})`;
  });

/** Ends the freeze; false where there was none. */
export const degeler = (sql: Sql, operateur: string) =>
  enTantQue(sql, operateur, async (tx) => {
    const [{ fini }] = await tx<[{ fini: boolean }]>`select private.degeler_ecritures() as fini`;
    return fini;
  });

/** Waits until no writing begun before the freeze can commit any more. Throws Echec, the freeze staying, past the limit. */
export async function attendreEcrituresEnVol(
  sql: Sql,
  secondes: number,
  dire: (progres: string) => void,
): Promise<string> {
  const limite = performance.now() + secondes * 1000;
  let attendues = 0;
  for (;;) {
    const enVol = await sql<{ pid: number; utilisateur: string; depuis: Date | null; requete: string }[]>`
      select * from private.ecritures_en_vol()`;
    if (!enVol.length) return attendues ? `${attendues} attendue(s), toutes finies` : "aucune";
    attendues = Math.max(attendues, enVol.length);
    const noms = enVol.map(({ pid, utilisateur }) => `${utilisateur} (pid ${pid})`).join(", ");
    if (performance.now() > limite) {
      throw new Echec(
        `${enVol.length} écriture(s) commencée(s) avant le gel ne finissent pas : ${noms}. ` +
          "Le gel reste en place, rien de nouveau ne s'écrit. Faites finir ces sessions, puis relancez freeze.",
      );
    }
    dire(`en cours : ${noms}`);
    await new Promise((suite) => setTimeout(suite, SONDAGE_MS));
  }
}

export function etapesGel(
  options: { operateur?: string; motif: string; attente: number },
): Etape<ContexteAstm>[] {
  let operateur: Operateur;
  return [
    {
      titre: "Désigner l'opérateur",
      faire: async (contexte) => {
        if (options.motif.trim().length < 10) {
          throw new Refus(
            "MOTIF_REQUIS",
            "Donnez un --motif d'au moins 10 caractères : il sera lu par ceux qui saisissent.",
          );
        }
        const deja: Gel | undefined = await lireGel(contexte.sql);
        operateur = await trouverOperateur(contexte.sql, options.operateur ?? deja?.operateur);
        contexte.sansEffet = !!deja && !!contexte.dossier.acquis("freeze");
        contexte.faits.operateur = operateur;
        return `${operateur.nom}, seul à pouvoir encore écrire`;
      },
    },
    {
      titre: "Geler les écritures",
      faire: async (contexte) => {
        await geler(contexte.sql, operateur.user_id, options.motif);
        const gel = await lireGel(contexte.sql);
        contexte.faits.gel = gel;
        return `depuis le ${gel!.depuis} : ${gel!.motif}`;
      },
    },
    {
      titre: "Attendre les écritures en vol",
      faire: ({ sql }, dire) => attendreEcrituresEnVol(sql, options.attente, dire),
    },
    {
      titre: "Dire qui est connecté",
      faire: async (contexte) => {
        const connectes = await lireConnectes(contexte.sql);
        contexte.faits.connectes = connectes;
        const actifs = await lireActifs(contexte.sql);
        contexte.tableaux.push(tableauConnectes(connectes), tableauActifs(actifs));
        const parQui = Map.groupBy(connectes, ({ utilisateur, adresse }) => `${utilisateur}@${adresse}`);
        return (connectes.length
          ? `${connectes.length} session(s) : ${
            [...parQui].map(([qui, { length }]) => `${qui} (${length})`).join(", ")
          }`
          : "personne d'autre") +
          ` ; ont agi depuis une demi-heure : ${actifs.map(({ nom }) => nom).join(", ") || "personne"}`;
      },
    },
  ];
}

import { oneValue } from "../commun/database.ts";
import { exiger } from "../commun/failure.ts";
import { commande, etapeAvecServices } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";
import { type AAnalyser, analyser, type Base } from "../../supabase/functions/_shared/analyse/analyser.ts";

const PAR_PAGE = 500;

const baseDe = ({ sql }: Contexte): Base => ({
  lire: async (id) =>
    (await sql<AAnalyser[]>`
      select type_mime, sha256, magasin, octets, moteur from private.document_a_analyser(${id})`)[0],
  noter: (id, { verdict, signature }, moteur) =>
    oneValue<string>(sql`select private.noter_analyse(${id}, ${verdict}, ${moteur}, ${signature ?? null})`),
});

/** documents:analyser: what waits for an engine is judged now, and not by the worker; or all, once one has learnt more. */
export const enregistrer = commande("documents:analyser", {
  "--tout": "réanalyser aussi les documents disponibles (nouvelles signatures)",
})({
  dit: "analyse les documents qui attendent, sans attendre l'ouvrier ; --tout : aussi ceux qu'on lit déjà",
  aide: "Se relance sans risque. Sortie 1 : un document n'a pas pu être analysé, et reste illisible.",
  etapes: ({ tout }) => [
    etapeAvecServices("Analyser", async (contexte, dire) => {
      const base = baseDe(contexte);
      const statuts = tout ? ["RECU", "DISPONIBLE"] : ["RECU"];
      const bilan: Record<string, number> = {};
      const pannes: string[] = [];
      let apres = "00000000-0000-0000-0000-000000000000";
      for (let page = [{ id: "" }]; page.length;) {
        page = await contexte.sql<{ id: string }[]>`
          select id from public.documents
           where statut = any (${statuts}) and id > ${apres} order by id limit ${PAR_PAGE}`;
        for (const { id } of page) {
          apres = id;
          try {
            const statut = await analyser(id, base) ?? "SANS_OBJET";
            bilan[statut] = (bilan[statut] ?? 0) + 1;
          } catch (erreur) {
            pannes.push(`${id} : ${erreur instanceof Error ? erreur.message : erreur}`);
          }
        }
        dire(`${Object.values(bilan).reduce((somme, un) => somme + un, 0)} analysés`);
      }
      contexte.resultat = { ...bilan, pannes: pannes.length };
      const dit = Object.entries(bilan).map(([statut, combien]) => `${combien} ${statut}`).join(", ");
      exiger(
        !pannes.length,
        `${pannes.length} document(s) n'ont pas pu être analysés (${
          pannes[0]
        }) et restent comme ils étaient. ` +
          `Les autres : ${dit || "aucun"}. Remettez le moteur en marche, puis relancez.`,
      );
      return dit || "aucun document n'attend";
    }),
  ],
});

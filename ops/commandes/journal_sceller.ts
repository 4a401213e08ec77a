import { oneValue } from "../commun/database.ts";
import { commande } from "../exploitation/cible/commande.ts";

/** journal:sceller: what the database's own clock does each minute, where it has none or stopped. */
export const enregistrer = commande("journal:sceller")({
  dit: "scelle les lignes du journal qui ne le sont pas encore ; chaque minute, là où pg_cron n'existe pas",
  aide: "Se relance sans risque ; deux à la fois attendent leur tour. Sortie 1 : rien n'a été scellé.",
  etapes: () => ({
    "Sceller": async (contexte) => {
      const scellees = await oneValue<number>(contexte.sql`select private.sceller_journal()::int`);
      const [tete] = await contexte.sql<{ bloc?: number; empreinte?: string; en_attente: number }[]>`
      select bloc::int, empreinte, lignes_en_attente::int as en_attente from private.etat_scellement()`;
      contexte.resultat = { scellees, ...tete };
      return `${scellees} ligne(s) scellée(s) ; tête : bloc ${tete!.bloc ?? "—"}, ${tete!.empreinte ?? "—"}`;
    },
  }),
});

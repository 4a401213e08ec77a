// The test takes back what it wrote, by compensation: nothing validated is ever deleted.
import type { Etape } from "../cli/deroulement.ts";
import { Echec } from "../stack/failure.ts";
import { type ContexteSmoke, donnees, exigerAuJournal, exigerMouvement, MARQUE } from "./contexte.ts";

/** A run that was killed is taken back by the next one, once it can no longer be at work. */
const ABANDON_MINUTES = 15;
const MEMOIRE_JOURS = 30;

const MOTIF = "Contrôle automatique : écriture d'essai reprise";

interface Ecrit {
  id: string;
  type: "RECEPTION" | "SORTIE";
  statut: string;
}

const depuis = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Marked movements of the test tank whose fuel has not been given back, sorties first: they free the réceptions. */
async function aReprendre(
  { gens, citerne }: ContexteSmoke,
  quels: { marque: string; avant?: string },
): Promise<Ecrit[]> {
  const { supabase } = gens!.admin;
  const lire = async (table: string, type: Ecrit["type"]) => {
    let requete = supabase.from(table).select("id, statut").eq("citerne_id", citerne!.id)
      .like("note", `${quels.marque}%`).gte("created_at", depuis(MEMOIRE_JOURS * 24 * 60));
    if (quels.avant) requete = requete.lt("created_at", quels.avant);
    return donnees(await requete, table).map((ligne) => ({ ...ligne, type }) as Ecrit);
  };
  const ecrits = [...await lire("sorties_produit", "SORTIE"), ...await lire("receptions", "RECEPTION")];
  const rendus = donnees(
    await supabase.from("stocks_adjustments").select("mouvement_id").eq("citerne_id", citerne!.id)
      .eq("compensation", true).gte("created_at", depuis(MEMOIRE_JOURS * 24 * 60)),
    "stocks_adjustments",
  ).map(({ mouvement_id }) => mouvement_id);
  return ecrits.filter(({ id, statut }) => statut !== "rejetee" && !rendus.includes(id));
}

async function reprendre(contexte: ContexteSmoke, ecrits: Ecrit[]): Promise<void> {
  const { admin } = contexte.gens!;
  for (const { id, type, statut } of ecrits) {
    if (statut === "brouillon") {
      await admin.call("POST", `sorties/${id}/rejeter`, { motif: MOTIF });
      continue;
    }
    const rpc = type === "SORTIE" ? "admin_compensate_sortie" : "admin_compensate_reception";
    const { error } = await admin.supabase.rpc(rpc, { p_id: id, p_reason: MOTIF });
    if (error) {
      throw new Echec(
        `${type} ${id} n'a pas pu être compensée (${error.message}${
          error.hint ? ` : ${error.hint}` : ""
        }). ` +
          `Elle reste dans ${contexte.citerne!.nom} : un admin la compense par ${rpc}, avec un motif.`,
      );
    }
    await exigerAuJournal(contexte, `${type}_COMPENSEE`, id);
  }
}

export const reprendreAbandons: Etape<ContexteSmoke> = {
  titre: "Reprendre ce qu'un contrôle interrompu aurait laissé",
  faire: async (contexte) => {
    const ecrits = await aReprendre(contexte, { marque: MARQUE, avant: depuis(ABANDON_MINUTES) });
    await reprendre(contexte, ecrits);
    return ecrits.length ? `${ecrits.length} mouvement(s) repris` : "rien";
  },
};

export const compenser: Etape<ContexteSmoke> = {
  titre: "Compenser ce qui a été écrit",
  malgreEchec: ({ avant }) => !!avant,
  faire: async (contexte) => {
    const ecrits = await aReprendre(contexte, { marque: contexte.marque });
    await reprendre(contexte, ecrits);
    const cours = donnees(
      await contexte.gens!.admin.supabase.from("cours_de_route").select("id, statut")
        .eq("note", contexte.marque),
      "cours_de_route",
    );
    const { laisse } = contexte.resultat!;
    laisse.push(
      ...cours.map(({ id, statut }) => `cours de route ${id} (${statut})`),
      ...ecrits.map(({ id, type, statut }) =>
        `${type === "SORTIE" ? "sortie" : "réception"} ${id} (${
          statut === "brouillon" ? "rejetée" : "compensée"
        })`
      ),
    );
    await exigerMouvement(contexte, contexte.avant!, { stock_ambiant: 0, stock_15c: 0 }, "compensation");
    return `stock de ${contexte.citerne!.nom} revenu à ${
      contexte.avant!.stock_ambiant
    } L ; reste la trace : ` +
      (laisse.join(", ") || "rien");
  },
};

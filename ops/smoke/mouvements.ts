// Runbook 5.3 and 5.4: a controlled réception and sortie on the test tank, each with its stock, its day, its log line.
import type { Etape } from "../cli/deroulement.ts";
import {
  type ContexteSmoke,
  donnees,
  ecrire,
  exiger,
  exigerAuJournal,
  exigerMouvement,
  PROPRIETAIRE,
  refusAttendu,
  stockDeLaCiterne,
} from "./contexte.ts";

export const RECEPTION_L = 1000;
export const SORTIE_L = 400;
const TOLERANCE_L = 5;
/** Supplier and client of the tests. */
export const TIERS = "Essai de contrôle (smoke)";
/** What is measured on both: °C, kg/m³. */
const MESURES = { temperature_ambiante_c: 25, temperature_echantillon_c: 25, densite_observee_kgm3: 837 };

interface Mouvement {
  id: string;
  statut: string;
  volume_ambiant: number;
  volume_15c: number;
  volume_corrige_15c: number;
  methode_15c: string;
}

/** Supplier or client of the test, made once by the directeur, found again at every later run. */
async function tiers({ gens }: ContexteSmoke, table: "fournisseurs" | "clients"): Promise<string> {
  const { supabase } = gens!.directeur;
  const chercher = async () =>
    donnees(await supabase.from(table).select("id").eq("nom", TIERS), table)[0]?.id as string | undefined;
  const trouve = await chercher();
  if (trouve) return trouve;
  const { error } = await supabase.from(table).insert({ nom: TIERS });
  // Made meanwhile by another run: the name is unique.
  const fait = await chercher();
  exiger(fait, `${table} : ${error?.message ?? "la fiche d'essai n'a pas pu être créée"}`);
  return fait;
}

export const reception: Etape<ContexteSmoke> = {
  titre: `5.3 Réception contrôlée de ${RECEPTION_L} L`,
  faire: async (contexte, dire) => {
    const citerne = contexte.citerne!;
    contexte.tiers = {
      fournisseur: await tiers(contexte, "fournisseurs"),
      client: await tiers(contexte, "clients"),
    };
    contexte.avant = await stockDeLaCiterne(contexte);
    dire("cours de route");
    const cdr = await ecrire<{ id: string }>(contexte, "operateur", "cours-de-route", {
      fournisseur_id: contexte.tiers.fournisseur,
      depot_destination_id: citerne.depot_id,
      produit_id: citerne.produit_id,
      plaque_camion: `ESSAI-${crypto.randomUUID().slice(0, 8)}`,
      volume: RECEPTION_L,
      note: contexte.marque,
    });
    for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
      await ecrire(contexte, "operateur", `cours-de-route/${cdr.id}/statut`, { statut });
    }
    dire("réception");
    const recue = await ecrire<Mouvement>(contexte, "operateur", "receptions", {
      cours_de_route_id: cdr.id,
      citerne_id: citerne.id,
      proprietaire_type: PROPRIETAIRE,
      volume_ambiant: RECEPTION_L,
      ...MESURES,
      note: contexte.marque,
    });
    exiger(recue.volume_15c === recue.volume_corrige_15c, "volume_15c et volume_corrige_15c diffèrent");
    const norme = await contexte.gens!.operateur.call<{ volume_15c_l: number }>("POST", "astm/calculer", {
      groupe: "B",
      densite_observee_kgm3: MESURES.densite_observee_kgm3,
      temperature_echantillon_c: MESURES.temperature_echantillon_c,
      temperature_produit_c: MESURES.temperature_ambiante_c,
      volume_observe_l: RECEPTION_L,
    });
    exiger(
      Math.abs(recue.volume_15c - norme.volume_15c_l) <= TOLERANCE_L,
      `${recue.volume_15c} L à 15 °C (${recue.methode_15c}) au lieu de ${norme.volume_15c_l} L par la norme : ` +
        `plus de ±${TOLERANCE_L} L`,
    );
    dire("stock et journal");
    await exigerMouvement(contexte, contexte.avant, {
      stock_ambiant: recue.volume_ambiant,
      stock_15c: recue.volume_15c,
    }, "crédit");
    await exigerAuJournal(contexte, "RECEPTION_CREEE", recue.id);
    return `${recue.id}, ${recue.volume_15c} L à 15 °C (${recue.methode_15c}), RECEPTION_CREEE au journal`;
  },
};

export const sortie: Etape<ContexteSmoke> = {
  titre: `5.4 Sortie contrôlée de ${SORTIE_L} L`,
  faire: async (contexte, dire) => {
    const { gens, citerne, tiers } = contexte;
    const avant = await stockDeLaCiterne(contexte);
    const brouillon = await ecrire<Mouvement>(contexte, "operateur", "sorties", {
      citerne_id: citerne!.id,
      client_id: tiers!.client,
      proprietaire_type: PROPRIETAIRE,
      volume_ambiant: SORTIE_L,
      ...MESURES,
      note: contexte.marque,
    });
    dire("l'opérateur ne valide pas");
    await refusAttendu(
      ecrire(contexte, "operateur", `sorties/${brouillon.id}/valider`),
      ["ROLE_FORBIDDEN"],
      "validation par un opérateur",
    );
    dire("validation par le RPC validate_sortie");
    const { error } = await gens!.gerant.supabase.rpc("validate_sortie", { p_id: brouillon.id });
    exiger(!error, `validate_sortie : ${error?.code} ${error?.message} ${error?.hint ?? ""}`);
    const validee = await gens!.lecture.call<Mouvement>("GET", `sorties/${brouillon.id}`);
    exiger(validee.statut === "validee", `statut ${validee.statut} au lieu de validee`);
    await refusAttendu(
      ecrire(contexte, "gerant", `sorties/${brouillon.id}/valider`),
      ["INVALID_ID_OR_STATE"],
      "deuxième validation",
    );
    dire("stock et journal");
    await exigerMouvement(contexte, avant, {
      stock_ambiant: -validee.volume_ambiant,
      stock_15c: -validee.volume_15c,
    }, "débit");
    await exigerAuJournal(contexte, "SORTIE_VALIDEE", validee.id);
    return `${validee.id}, ${validee.volume_15c} L à 15 °C, validee, SORTIE_VALIDEE au journal`;
  },
};

// Which tank the test writes to. In PROD only the one that was set aside for it.
import { type Etape, Refus } from "../cli/deroulement.ts";
import { CITERNES } from "../staging/controles.ts";
import { RECEPTION_L } from "./mouvements.ts";
import { type Citerne, type ContexteSmoke, donnees } from "./contexte.ts";

/** A tank that holds PROD's fuel: no test movement ever, compensated or not. */
export const enExploitation = ({ id, nom }: { id: string; nom: string }) =>
  CITERNES.some((une) => une.id === id || une.nom === nom);

/** Name of the variable that says which tank is set aside for tests. */
export const variableCiterneEssai = (env: string) => `${env.toUpperCase()}_TEST_CITERNE_ID`;

const COLONNES = "id, nom, depot_id, produit_id, capacite_totale, capacite_securite, statut";

async function designee({ gens, cible }: ContexteSmoke, nom: string, id: string): Promise<Citerne> {
  const [citerne] = donnees(
    await gens!.admin.supabase.from("citernes").select(COLONNES).eq("id", id),
    `${nom}=${id}`,
  );
  if (!citerne) throw new Refus("CITERNE_TEST_REQUISE", `${nom}=${id} ne désigne aucune citerne.`);
  if (citerne.statut !== "active") {
    throw new Refus("CITERNE_TEST_REQUISE", `La citerne d'essai ${citerne.nom} est ${citerne.statut}.`);
  }
  if (cible.env === "prod" && enExploitation(citerne)) {
    throw new Refus(
      "CITERNE_TEST_REQUISE",
      `${nom} désigne ${citerne.nom}, qui contient le carburant de PROD. Désignez une citerne réservée aux essais.`,
    );
  }
  return citerne;
}

/** First active tank with room for the test: STAGING and this machine need none set aside. */
async function premiereLibre({ gens }: ContexteSmoke): Promise<Citerne> {
  const citernes = donnees(
    await gens!.gerant.supabase.from("citernes").select(COLONNES).eq("statut", "active").order("nom"),
    "citernes",
  );
  const stocks = donnees(
    await gens!.gerant.supabase.from("v_stock_actuel").select("citerne_id, stock_ambiant"),
    "v_stock_actuel",
  );
  const contenu = (id: string) =>
    stocks.reduce((somme, ligne) => somme + (ligne.citerne_id === id ? Number(ligne.stock_ambiant) : 0), 0);
  const libre = citernes.find(({ id, capacite_totale }) => capacite_totale - contenu(id) >= RECEPTION_L);
  if (!libre) {
    throw new Refus("CITERNE_TEST_REQUISE", `Aucune citerne active n'a ${RECEPTION_L} L de place.`);
  }
  return libre;
}

export const choisirCiterne: Etape<ContexteSmoke> = {
  titre: "Citerne d'essai",
  faire: async (contexte) => {
    const { cible } = contexte;
    const nom = variableCiterneEssai(cible.env);
    const id = cible.variables[nom];
    if (!id && cible.env === "prod") {
      throw new Refus(
        "CITERNE_TEST_REQUISE",
        `${nom} n'est pas rempli dans env/.env.prod : en PROD on n'écrit que dans la citerne réservée aux essais. ` +
          "Avec --sans-ecriture, seules les lectures et les refus sont contrôlés.",
      );
    }
    contexte.citerne = id ? await designee(contexte, nom, id) : await premiereLibre(contexte);
    contexte.resultat!.citerne = contexte.citerne.nom;
    return contexte.citerne.nom;
  },
};

/** Reads only: any active tank will do. */
export const uneCiterneALire: Etape<ContexteSmoke> = {
  titre: "Citerne active à lire",
  faire: async (contexte) => {
    const [citerne] = donnees(
      await contexte.gens!.gerant.supabase.from("citernes").select(COLONNES).eq("statut", "active")
        .order("nom").limit(1),
      "citernes",
    );
    if (!citerne) throw new Refus("CITERNE_TEST_REQUISE", "Aucune citerne n'est active.");
    contexte.citerne = citerne;
    return citerne.nom;
  },
};

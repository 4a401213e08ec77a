// What the matrix is tried on: one thing of each kind at a depot, named; and the same at another depot.

/** Things of one depot: those who see only another depot may not tell them from things that do not exist. */
export const DU_DEPOT = [
  "depot",
  "citerne",
  "citerne_vide",
  "cdr",
  "cdr_arrive",
  "reception",
  "brouillon",
  "sortie",
  "transfert",
  "transfert_depot",
  "transfert_attendu",
  "ajustement",
  "dilatation",
  "initial",
  "initial_partenaire",
  "reception_partenaire",
  "ajustement_partenaire",
  "attribution",
  "compte_partenaire",
  "cession",
  "pret",
  "sortie_pretee",
  "periode",
  "camion_decharge",
  "prise",
  "prise_a_regulariser",
  "regularisation",
  "bareme",
  "compteur",
  "document",
  "ecriture",
  "ecart",
  "alerte",
  "analyse",
  "profil_calcul",
  "tarif",
  "sortie_a_livrer",
  "commande",
  "commande_brouillon",
  "commande_livree",
  "sortie_commandee",
  "releve",
  "archive",
  "bon",
  "bon_brouillon",
  "bon_confirme",
  "facture_client",
  "facture_client_brouillon",
  "encaissement",
  "encaissement_attente",
  "cloture",
  "remboursement",
  "paiement_en_ligne",
] as const;

/** Things that belong to no depot. */
export const COMMUN = [
  "depot_lointain",
  "produit",
  "client",
  "fournisseur",
  "lot",
  "lot_a_facturer",
  "lot_cloture",
  "facture",
  "facture_calculee",
  "facture_brouillon",
  "paiement",
  "paiement_attente",
  "avoir",
  "sblc",
  "proforma",
  "proforma_brouillon",
  "proforma_a_clore",
  "proforma_close",
  "frais",
  "cdr_decharge",
  "regle",
  "envoi",
  "envoi_mort",
  "abonnement",
  "rapprochement",
  "partenaire",
  "depot_ami",
  "client_neuf",
  "derogation",
  "jour_caisse",
  "collegue",
  "profil_collegue",
  "adresse",
  "sans_role",
  "flag",
  "reglage",
  "cas",
] as const;

export type Chose = (typeof DU_DEPOT | typeof COMMUN)[number];

/** A value that names a thing, or "@neuf", a text that nobody has used. */
export type Reference = `@${Chose}` | "@neuf";

export type Valeur = Reference | string | number | boolean | null | Valeurs | Valeurs[];
export type Valeurs = { [nom: string]: Valeur };

const CHOSES = new Set<string>([...DU_DEPOT, ...COMMUN]);

/** The thing that a value names; undefined for a plain value. */
export function chose(valeur: Valeur): Chose | "neuf" | undefined {
  if (typeof valeur !== "string" || !valeur.startsWith("@")) return undefined;
  const nom = valeur.slice(1);
  if (nom !== "neuf" && !CHOSES.has(nom)) throw new Error(`${valeur} : rien ne porte ce nom dans decor.ts`);
  return nom as Chose | "neuf";
}

export const duDepot = (nom: Chose | "neuf" | undefined): nom is (typeof DU_DEPOT)[number] =>
  (DU_DEPOT as readonly string[]).includes(nom!);

/** The things of a depot that these values name. */
export function nommees(valeurs: Valeurs): (typeof DU_DEPOT)[number][] {
  const noms = Object.values(valeurs).flatMap((valeur) =>
    Array.isArray(valeur)
      ? valeur.flatMap(nommees)
      : valeur !== null && typeof valeur === "object"
      ? nommees(valeur)
      : [chose(valeur)].filter(duDepot)
  );
  return [...new Set(noms)];
}

/** The same values with something else in the place of each thing they name. */
export function remplir(valeurs: Valeurs, par: (nom: Chose | "neuf") => Valeur): Valeurs {
  return Object.fromEntries(
    Object.entries(valeurs).map(([cle, valeur]) => {
      if (Array.isArray(valeur)) return [cle, valeur.map((une) => remplir(une, par))];
      if (valeur !== null && typeof valeur === "object") return [cle, remplir(valeur, par)];
      const nom = chose(valeur);
      return [cle, nom ? par(nom) : valeur];
    }),
  );
}

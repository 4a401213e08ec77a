// An invoice or credit note as paper: a function of what was issued.
import { enLettres, exact, jour, mode, montant, nombre } from "./dire.ts";
import { type Client, DROITE, entete, MARGE, type Vendeur } from "./entete.ts";
import { A4, Feuille, GRIS } from "./feuille.ts";

export interface FactureImprimee {
  exemplaire: number;
  empreinte: string;
  origine: { numero: string; date_facture: string } | null;
  /** How it was paid whole on its own day. */
  comptant?: { mode: string; operateur_mobile: string | null; numero_recu: string } | null;
  fiscal: {
    statut: string;
    nid: string | null;
    code_dgi: string | null;
    horodatage: string | null;
    qr: string | null;
  };
  facture: {
    type: "FACTURE" | "AVOIR";
    numero: string;
    date_facture: string;
    date_echeance: string | null;
    devise: string;
    taux_cdf: number;
    nature: string | null;
    motif: string | null;
    total_ht: number;
    total_tva: number;
    total_ttc: number;
    total_tva_cdf: number;
    total_ttc_cdf: number;
    client_fige: Client;
    vendeur_fige: Vendeur;
  };
  lignes: {
    rang: number;
    designation: string;
    base: string;
    quantite: number;
    prix_ht: number;
    tva_groupe: string;
    tva_taux: number;
    montant_ht: number;
  }[];
  taxes: { groupe: string; taux: number; base_ht: number; montant_tva: number }[];
}

const BASES: Record<string, string> = { L15: "L à 15 °C", AMB: "L ambiants", UNITE: "unité" };
const NATURES: Record<string, string> = {
  COR: "Correction",
  RAN: "Annulation",
  RAM: "Retour",
  RRR: "Rabais",
};
const INSECABLE = "\u00a0";
/** A truck and its plate stay on one line. */
const plaqueEntiere = (designation: string) =>
  designation.replace(/camion [^,]+/, (dit) => dit.replaceAll(" ", INSECABLE));

/** Where each column ends. */
const COLONNES = {
  designation: MARGE + 6,
  base: 268,
  quantite: 362,
  prix: 424,
  tva: 468,
  montant: DROITE - 6,
};
const BAS = A4.hauteur - 60;

function titres(f: Feuille): void {
  f.fond(MARGE, DROITE - MARGE, 18);
  f.y += 5;
  const style = { taille: 8, gras: true };
  f.texte(COLONNES.designation, "Désignation", style);
  f.texte(COLONNES.base, "Base", style);
  f.texte(COLONNES.quantite, "Quantité", { ...style, droite: true });
  f.texte(COLONNES.prix, "Prix HT", { ...style, droite: true });
  f.texte(COLONNES.tva, "TVA", { ...style, droite: true });
  f.texte(COLONNES.montant, "Montant HT", { ...style, droite: true });
  f.y += 18;
}

function lignes(f: Feuille, facture: FactureImprimee): void {
  titres(f);
  const style = { taille: 8 };
  for (const ligne of facture.lignes) {
    const largeur = COLONNES.base - COLONNES.designation - 10;
    const designation = f.couper(plaqueEntiere(ligne.designation), largeur, style);
    if (f.y + designation.length * 11 > BAS) {
      f.ajouterPage();
      titres(f);
    }
    const haut = f.y;
    f.texte(COLONNES.base, BASES[ligne.base]!, style);
    f.texte(COLONNES.quantite, nombre(ligne.quantite, 3), { ...style, droite: true });
    f.texte(COLONNES.prix, exact(ligne.prix_ht, 4), { ...style, droite: true });
    f.texte(COLONNES.tva, `${ligne.tva_groupe} ${exact(ligne.tva_taux, 0)} %`, { ...style, droite: true });
    f.texte(COLONNES.montant, nombre(ligne.montant_ht), { ...style, droite: true });
    for (const morceau of designation) {
      f.texte(COLONNES.designation, morceau.replaceAll(INSECABLE, " "), style);
      f.y += 11;
    }
    f.y = Math.max(f.y, haut + 11) + 3;
    f.trait(MARGE, DROITE);
    f.y += 4;
  }
}

function totaux(f: Feuille, { facture, taxes }: FactureImprimee): void {
  const gauche = 290;
  const ligne = (nom: string, valeur: string, gras = false) => {
    f.texte(gauche, nom, { taille: 9, gras });
    f.texte(COLONNES.montant, valeur, { taille: 9, gras, droite: true });
    f.y += 14;
  };
  const { devise } = facture;
  ligne("Total HT", montant(facture.total_ht, devise));
  for (const taxe of taxes) {
    ligne(
      `TVA ${taxe.groupe} ${nombre(taxe.taux, 0)} % sur ${nombre(taxe.base_ht)}`,
      montant(taxe.montant_tva, devise),
    );
  }
  f.fond(gauche - 6, DROITE - gauche + 6, 18);
  f.y += 4;
  ligne("Total TTC", montant(facture.total_ttc, devise), true);
  f.y += 4;
  if (devise !== "CDF") {
    ligne("Soit en francs, TTC", montant(facture.total_ttc_cdf, "CDF"));
    ligne("dont HT", montant(facture.total_ttc_cdf - facture.total_tva_cdf, "CDF"));
    ligne("dont TVA", montant(facture.total_tva_cdf, "CDF"));
    f.texte(gauche, `Taux du jour : 1 ${devise} = ${nombre(facture.taux_cdf)} CDF`, {
      taille: 7,
      couleur: GRIS,
    });
    f.y += 12;
  }
}

/** What proves it: the hash in full and as a QR, what the fiscal device said. */
function preuves(f: Feuille, { facture, fiscal, empreinte }: FactureImprimee): void {
  const haut = f.y;
  f.qr(MARGE, haut, 72, fiscal.qr ?? `${facture.numero};${empreinte}`);
  const x = MARGE + 84;
  f.y += 4;
  if (fiscal.statut === "NON_RACCORDE") {
    f.texte(x, "Document non normalisé", { taille: 9, gras: true });
    f.y += 14;
  } else {
    for (
      const dit of [
        `NID : ${fiscal.nid}`,
        `Code : ${fiscal.code_dgi}`,
        `Certifiée le ${fiscal.horodatage} (UTC)`,
      ]
    ) {
      f.texte(x, dit, { taille: 8 });
      f.y += 12;
    }
  }
  f.texte(x, "Empreinte SHA-256", { taille: 7, couleur: GRIS });
  f.y += 10;
  for (const moitie of [empreinte.slice(0, 32), empreinte.slice(32)]) {
    f.texte(x, moitie, { taille: 7 });
    f.y += 10;
  }
  f.y = Math.max(f.y, haut + 78);
}

function reglement({ facture, comptant }: FactureImprimee): string {
  if (comptant) {
    return `Payée au comptant (${mode(comptant).toLowerCase()}), reçu n° ${comptant.numero_recu}.`;
  }
  if (facture.date_echeance === facture.date_facture) return "Payable au comptant, à réception.";
  return `Payable au plus tard le ${jour(facture.date_echeance!)}.`;
}

export async function imprimerFacture(imprimee: FactureImprimee): Promise<Uint8Array> {
  const { facture } = imprimee;
  const avoir = facture.type === "AVOIR";
  const f = await Feuille.ouvrir(`${avoir ? "Avoir" : "Facture"} ${facture.numero}`, A4.largeur, A4.hauteur);
  entete(f, {
    vendeur: facture.vendeur_fige,
    titre: avoir ? "AVOIR" : "FACTURE",
    sousTitres: [
      `N° ${facture.numero}`,
      `Date : ${jour(facture.date_facture)}`,
      ...(avoir
        ? [
          `${NATURES[facture.nature!]} de la facture ${imprimee.origine!.numero}`,
          `du ${jour(imprimee.origine!.date_facture)}`,
        ]
        : [`Échéance : ${jour(facture.date_echeance!)}`]),
    ],
    duplicata: imprimee.exemplaire > 1,
    client: facture.client_fige,
  });
  if (facture.motif) {
    f.paragraphe(MARGE, `Motif : ${facture.motif}`, DROITE - MARGE, { taille: 9 });
    f.y += 6;
  }
  lignes(f, imprimee);
  // Totals, words and proofs are read together.
  if (f.y + 120 + 14 * imprimee.taxes.length + 130 > BAS) f.ajouterPage();
  f.y += 8;
  totaux(f, imprimee);
  f.y += 6;
  f.paragraphe(
    MARGE,
    `Arrêté ${avoir ? "le présent avoir" : "la présente facture"} à la somme de ${
      enLettres(facture.total_ttc, facture.devise)
    }, toutes taxes comprises.`,
    DROITE - MARGE,
    { taille: 9 },
  );
  if (!avoir) {
    f.y += 4;
    f.texte(MARGE, reglement(imprimee), { taille: 9 });
    f.y += 14;
  }
  f.y += 14;
  preuves(f, imprimee);
  f.piedDePage(
    (n, sur) => `${facture.vendeur_fige.nom} · ${facture.numero} · page ${n}/${sur}`,
    A4.largeur / 2,
  );
  return f.octets();
}

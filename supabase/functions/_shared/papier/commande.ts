// An order as paper: what was ordered, at which price and until when; nothing of what has become of it since but that it
// was taken back.
import { enLettres, exact, jour, montant, nombre } from "./dire.ts";
import { type Client, cloture, DROITE, entete, MARGE, type Vendeur } from "./entete.ts";
import { A4, Feuille } from "./feuille.ts";

export interface CommandeImprimee {
  exemplaire: number;
  empreinte: string;
  annulee: boolean;
  vendeur: Vendeur;
  client: Client;
  produit: string;
  tva_groupe: string;
  tva_taux: number;
  jour: string;
  montant_ht: number;
  montant_tva: number;
  montant_ttc: number;
  commande: {
    numero: string;
    quantite: number;
    base: "L15" | "AMB";
    devise: string;
    prix_ht: number;
    valide_jusqu_au: string | null;
    reference_client: string | null;
    note: string | null;
  };
}

const LITRES = { L15: "Litres à 15 °C", AMB: "Litres ambiants" };
const COLONNES = { produit: MARGE + 6, base: 210, quantite: 368, prix: 448, montant: DROITE - 6 };

function ligne(f: Feuille, { produit, commande, montant_ht }: CommandeImprimee): void {
  f.fond(MARGE, DROITE - MARGE, 18);
  f.y += 5;
  const titre = { taille: 8, gras: true };
  f.texte(COLONNES.produit, "Produit", titre);
  f.texte(COLONNES.base, "Base", titre);
  f.texte(COLONNES.quantite, "Quantité", { ...titre, droite: true });
  f.texte(COLONNES.prix, "Prix HT", { ...titre, droite: true });
  f.texte(COLONNES.montant, "Montant HT", { ...titre, droite: true });
  f.y += 20;
  const [haut, style] = [f.y, { taille: 9 }];
  f.texte(COLONNES.base, LITRES[commande.base], style);
  f.texte(COLONNES.quantite, nombre(commande.quantite, 3), { ...style, droite: true });
  f.texte(COLONNES.prix, exact(commande.prix_ht, 4), { ...style, droite: true });
  f.texte(COLONNES.montant, nombre(montant_ht), { ...style, droite: true });
  f.paragraphe(COLONNES.produit, produit, COLONNES.base - COLONNES.produit - 10, style);
  f.y = Math.max(f.y, haut + 13) + 3;
  f.trait(MARGE, DROITE);
  f.y += 12;
}

function totaux(f: Feuille, imprimee: CommandeImprimee): void {
  const gauche = 290;
  const dire = (nom: string, valeur: number, gras = false) => {
    f.texte(gauche, nom, { taille: 9, gras });
    f.texte(COLONNES.montant, montant(valeur, imprimee.commande.devise), { taille: 9, gras, droite: true });
    f.y += 14;
  };
  dire("Total HT", imprimee.montant_ht);
  dire(`TVA ${imprimee.tva_groupe} ${exact(imprimee.tva_taux, 0)} %`, imprimee.montant_tva);
  f.fond(gauche - 6, DROITE - gauche + 6, 18);
  f.y += 4;
  dire("Total TTC", imprimee.montant_ttc, true);
  f.y += 8;
}

export async function imprimerCommande(imprimee: CommandeImprimee): Promise<Uint8Array> {
  const { commande, vendeur } = imprimee;
  const f = await Feuille.ouvrir(`Bon de commande ${commande.numero}`, A4.largeur, A4.hauteur);
  entete(f, {
    vendeur,
    titre: "BON DE COMMANDE",
    sousTitres: [
      `N° ${commande.numero}`,
      `Date : ${jour(imprimee.jour)}`,
      ...(commande.reference_client ? [`Réf. client : ${commande.reference_client}`] : []),
      ...(imprimee.annulee ? ["ANNULÉE"] : []),
    ],
    duplicata: imprimee.exemplaire > 1,
    client: imprimee.client,
  });
  ligne(f, imprimee);
  totaux(f, imprimee);
  f.paragraphe(
    MARGE,
    `Arrêtée la présente commande à la somme de ${
      enLettres(imprimee.montant_ttc, commande.devise)
    }, toutes taxes comprises, pour la quantité commandée. La facture est faite des litres livrés.`,
    DROITE - MARGE,
    { taille: 9 },
  );
  f.y += 6;
  f.texte(
    MARGE,
    commande.valide_jusqu_au
      ? `À livrer au plus tard le ${jour(commande.valide_jusqu_au)}, à prix ferme.`
      : "Sans limite de date, à prix ferme.",
    { taille: 9 },
  );
  f.y += 16;
  if (commande.note) f.paragraphe(MARGE, `Note : ${commande.note}`, DROITE - MARGE, { taille: 9 });
  cloture(f, [`Pour ${vendeur.nom}`, "Pour le client"], commande.numero, imprimee.empreinte);
  f.piedDePage((n, sur) => `${vendeur.nom} · ${commande.numero} · page ${n}/${sur}`, A4.largeur / 2);
  return f.octets();
}

// A client's statement as paper: as it was known at the moment it says.
import { jour, montant, nombre } from "./dire.ts";
import { type Client, DROITE, entete, MARGE, type Vendeur } from "./entete.ts";
import { A4, Feuille, GRIS } from "./feuille.ts";

export interface ReleveImprime {
  /** Of one that is kept: which print it is, and the hash of what it says. */
  exemplaire?: number;
  empreinte?: string;
  vendeur: Vendeur;
  client: Client;
  devise: string;
  du: string | null;
  au: string;
  connu_a: string;
  /** The one depot whose entries it holds; null: it is of the whole account. */
  depot?: string | null;
  lignes: {
    date_valeur: string | null;
    reference: string | null;
    libelle: string;
    debit: number | null;
    credit: number | null;
    solde: number;
  }[];
}

const COLONNES = { date: MARGE + 6, libelle: 108, debit: 398, credit: 472, solde: DROITE - 6 };

function titres(f: Feuille): void {
  f.fond(MARGE, DROITE - MARGE, 18);
  f.y += 5;
  const style = { taille: 8, gras: true };
  f.texte(COLONNES.date, "Date", style);
  f.texte(COLONNES.libelle, "Opération", style);
  f.texte(COLONNES.debit, "Débit", { ...style, droite: true });
  f.texte(COLONNES.credit, "Crédit", { ...style, droite: true });
  f.texte(COLONNES.solde, "Solde", { ...style, droite: true });
  f.y += 18;
}

export async function imprimerReleve(releve: ReleveImprime): Promise<Uint8Array> {
  const f = await Feuille.ouvrir(`Relevé de ${releve.client.nom}`, A4.largeur, A4.hauteur);
  entete(f, {
    vendeur: releve.vendeur,
    titre: "RELEVÉ DE COMPTE",
    sousTitres: [
      releve.du ? `Du ${jour(releve.du)} au ${jour(releve.au)}` : `Au ${jour(releve.au)}`,
      `Devise : ${releve.devise}`,
      `Connu au ${releve.connu_a}`,
      ...(releve.depot ? [`Dépôt : ${releve.depot} seulement`] : []),
    ],
    duplicata: (releve.exemplaire ?? 1) > 1,
    client: releve.client,
  });
  titres(f);
  for (const ligne of releve.lignes) {
    if (f.y > A4.hauteur - 90) {
      f.ajouterPage();
      titres(f);
    }
    const dit = (valeur: number | null) => valeur ? nombre(valeur) : "";
    const style = { taille: 8, droite: true };
    f.texte(COLONNES.date, ligne.date_valeur ? jour(ligne.date_valeur) : "", { taille: 8 });
    f.texte(COLONNES.libelle, f.couper(ligne.libelle, 215, { taille: 8 })[0]!, { taille: 8 });
    f.texte(COLONNES.debit, dit(ligne.debit), style);
    f.texte(COLONNES.credit, dit(ligne.credit), style);
    f.texte(COLONNES.solde, nombre(ligne.solde), style);
    f.y += 13;
    f.trait(MARGE, DROITE, 0.3);
    f.y += 3;
  }
  const solde = releve.lignes.at(-1)?.solde ?? 0;
  f.y += 8;
  f.fond(330, DROITE - 330, 20);
  f.y += 5;
  const dit = solde >= 0 ? "Reste dû" : "En votre faveur";
  f.texte(338, releve.depot ? `${dit} à ce dépôt` : dit, { taille: 10, gras: true });
  f.texte(COLONNES.solde, montant(Math.abs(solde), releve.devise), { taille: 10, gras: true, droite: true });
  if (releve.empreinte) {
    f.y += 34;
    f.texte(MARGE, `Relevé conservé · empreinte SHA-256 ${releve.empreinte}`, { taille: 7, couleur: GRIS });
  }
  f.piedDePage((n, sur) => `${releve.vendeur.nom} · relevé · page ${n}/${sur}`, A4.largeur / 2);
  return f.octets();
}

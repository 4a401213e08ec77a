// A receipt on a roll of 80 mm: as long as what is on it.
import { enLettres, mode, montant, nombre } from "./dire.ts";
import { type Client, identite, type Vendeur } from "./entete.ts";
import { Feuille, GRIS, ROULEAU } from "./feuille.ts";

export interface RecuImprime {
  exemplaire: number;
  empreinte: string;
  recu: {
    numero_recu: string;
    heure: string;
    mode: string;
    operateur_mobile: string | null;
    devise: string;
    montant: number;
    montant_remis: number | null;
    devise_compte: string;
    taux_cdf: number;
    montant_compte: number;
    reference: string | null;
    statut: string;
    lettre: { numero: string; paye: number; reste: number }[];
    client_fige: Client;
    vendeur_fige: Vendeur;
  };
}

const [GAUCHE, BORD, MILIEU] = [12, ROULEAU - 12, ROULEAU / 2];
const LARGEUR = BORD - GAUCHE;

function dessiner(f: Feuille, { recu, exemplaire, empreinte }: RecuImprime): void {
  f.y = 14;
  const centre = (texte: string, taille: number, gras = false) => {
    for (const ligne of f.couper(texte, LARGEUR, { taille, gras })) {
      f.texte(MILIEU, ligne, { taille, gras, milieu: true });
      f.y += taille * 1.4;
    }
  };
  const paire = (nom: string, valeur: string, gras = false) => {
    f.texte(GAUCHE, nom, { taille: 8, gras });
    f.texte(BORD, valeur, { taille: 8, gras, droite: true });
    f.y += 12;
  };
  const separer = () => {
    f.y += 2;
    f.trait(GAUCHE, BORD);
    f.y += 5;
  };
  centre(recu.vendeur_fige.nom, 13, true);
  for (const ligne of identite(recu.vendeur_fige)) centre(ligne, 6.5);
  separer();
  centre(`REÇU N° ${recu.numero_recu}`, 9, true);
  if (exemplaire > 1) centre("DUPLICATA", 11, true);
  if (recu.statut === "ANNULE") centre("ANNULÉ", 11, true);
  paire("Le", recu.heure);
  f.paragraphe(GAUCHE, `Reçu de ${recu.client_fige.nom}`, LARGEUR, { taille: 8 });
  separer();
  paire("Montant", montant(recu.montant, recu.devise), true);
  paire("Mode", mode(recu));
  if (recu.reference) paire("Référence", recu.reference.slice(0, 28));
  if (recu.montant_remis !== null) {
    paire("Remis", montant(recu.montant_remis, recu.devise));
    paire("Rendu", montant(recu.montant_remis - recu.montant, recu.devise));
  }
  if (recu.devise !== recu.devise_compte) {
    paire("Compté pour", montant(recu.montant_compte, recu.devise_compte));
    paire("Taux", `1 USD = ${nombre(recu.taux_cdf)} CDF`);
  }
  separer();
  for (const { numero, paye, reste } of recu.lettre) {
    paire(numero, montant(paye, recu.devise_compte));
    paire(reste === 0 ? "  soldée" : "  reste dû", montant(reste, recu.devise_compte));
  }
  const avance = recu.montant_compte - recu.lettre.reduce((somme, { paye }) => somme + paye, 0);
  if (avance > 0.004) paire("Avance du client", montant(avance, recu.devise_compte));
  separer();
  f.paragraphe(GAUCHE, `Soit ${enLettres(recu.montant, recu.devise)}.`, LARGEUR, { taille: 7.5 });
  f.y += 6;
  f.qr(MILIEU - 32, f.y, 64, `${recu.numero_recu};${empreinte}`);
  f.y += 70;
  for (const moitie of [empreinte.slice(0, 32), empreinte.slice(32)]) {
    f.texte(MILIEU, moitie, { taille: 6, milieu: true, couleur: GRIS });
    f.y += 8;
  }
  centre("Merci de votre confiance", 8);
}

export async function imprimerRecu(imprime: RecuImprime): Promise<Uint8Array> {
  const titre = `Reçu ${imprime.recu.numero_recu}`;
  // Once to know how long it is, once on paper of that length.
  const mesure = await Feuille.ouvrir(titre, ROULEAU, 2000);
  dessiner(mesure, imprime);
  const f = await Feuille.ouvrir(titre, ROULEAU, mesure.y + 16);
  dessiner(f, imprime);
  return f.octets();
}

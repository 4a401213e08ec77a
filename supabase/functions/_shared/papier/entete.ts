// What every paper begins with: who sells, what it is, to whom.
import { A4, type Feuille, GRIS } from "./feuille.ts";

export const MARGE = 42;
export const DROITE = A4.largeur - MARGE;

export interface Vendeur {
  nom: string;
  depot?: string;
  depot_adresse?: string | null;
  adresse?: string;
  telephone?: string;
  email?: string;
  nif?: string;
  rccm?: string;
  id_nat?: string;
}

export interface Client {
  nom: string;
  adresse?: string | null;
  pays?: string | null;
  telephone?: string | null;
  type_fiscal?: string;
  nif?: string | null;
  rccm?: string | null;
  id_nat?: string | null;
  ref_exoneration?: string | null;
}

const CLASSES: Record<string, string> = {
  PP: "Personne physique",
  PM: "Personne morale",
  PC: "Commerçant",
  PL: "Profession libérale",
  AO: "Organisme exonéré",
};

const dits = (paires: [string, string | null | undefined][]) =>
  paires.filter(([, valeur]) => valeur).map(([nom, valeur]) => nom ? `${nom} : ${valeur}` : valeur!);

/** Who a paper is of, as the law wants it named; what is missing is said to be. */
export const identite = (v: Vendeur) => [
  ...dits([["", v.adresse], ["Dépôt", v.depot], ["", v.depot_adresse], ["Tél.", v.telephone], ["", v.email]]),
  `NIF : ${v.nif ?? "non renseigné"}`,
  `RCCM : ${v.rccm ?? "non renseigné"}`,
  `Id. Nat. : ${v.id_nat ?? "non renseigné"}`,
];

export const destinataire = (c: Client) =>
  dits([
    ["", c.adresse],
    ["", c.pays],
    ["Tél.", c.telephone],
    ["", c.type_fiscal && CLASSES[c.type_fiscal]],
    ["NIF", c.nif],
    ["RCCM", c.rccm],
    ["Id. Nat.", c.id_nat],
    ["Exonération", c.ref_exoneration],
  ]);

/** Seller on the left, title on the right, the other party in a frame below; leaves y under them. */
export function entete(
  f: Feuille,
  { vendeur, titre, sousTitres, duplicata, client }: {
    vendeur: Vendeur;
    titre: string;
    sousTitres: string[];
    duplicata: boolean;
    client: Client;
  },
): void {
  f.texte(MARGE, vendeur.nom, { taille: 16, gras: true });
  f.texte(DROITE, titre, { taille: 16, gras: true, droite: true });
  const haut = f.y + 24;
  f.y = haut;
  for (const ligne of identite(vendeur)) {
    f.paragraphe(MARGE, ligne, 250, { taille: 8, couleur: GRIS });
  }
  const basGauche = f.y;
  f.y = haut;
  for (const ligne of sousTitres) {
    f.texte(DROITE, ligne, { taille: 9, droite: true });
    f.y += 13;
  }
  if (duplicata) {
    f.texte(DROITE, "DUPLICATA", { taille: 13, gras: true, droite: true });
    f.y += 18;
  }
  f.y = Math.max(f.y, basGauche) + 10;
  const debut = f.y;
  const gauche = 300;
  f.y += 8;
  f.paragraphe(gauche + 10, client.nom, DROITE - gauche - 20, { taille: 10, gras: true });
  f.y += 2;
  for (const ligne of destinataire(client)) {
    f.paragraphe(gauche + 10, ligne, DROITE - gauche - 20, { taille: 8 });
  }
  f.y += 6;
  f.cadre(gauche, debut, DROITE - gauche, f.y - debut);
  f.y += 16;
}

/** What an order and a note of delivery end with: room for both who sign, and what proves the paper. */
export function cloture(f: Feuille, qui: [string, string], numero: string | null, empreinte: string): void {
  f.y += 24;
  for (const [x, nom] of [[MARGE, qui[0]], [310, qui[1]]] as const) {
    f.texte(x, nom, { taille: 9 });
    f.cadre(x, f.y + 16, 240, 70);
  }
  f.y += 104;
  f.qr(MARGE, f.y, 60, `${numero};${empreinte}`);
  f.y += 4;
  f.texte(MARGE + 72, "Empreinte SHA-256", { taille: 7, couleur: GRIS });
  for (const moitie of [empreinte.slice(0, 32), empreinte.slice(32)]) {
    f.y += 10;
    f.texte(MARGE + 72, moitie, { taille: 7 });
  }
}

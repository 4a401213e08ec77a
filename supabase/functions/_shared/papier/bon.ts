// A delivery note as paper: what left, what was signed for, room for both signatures.
import { jour, nombre } from "./dire.ts";
import { type Client, cloture, DROITE, entete, MARGE, type Vendeur } from "./entete.ts";
import { A4, Feuille, GRIS } from "./feuille.ts";

export interface BonImprime {
  exemplaire: number;
  empreinte: string;
  vendeur: Vendeur;
  client: Client;
  produit: string;
  sortie: {
    volume_ambiant: number;
    volume_15c: number;
    temperature_ambiante_c: number | null;
    densite_a_15_kgm3: number | null;
    plaque_camion: string | null;
    plaque_remorque: string | null;
    chauffeur_nom: string | null;
    transporteur: string | null;
  };
  bon: {
    numero: string;
    date_livraison: string;
    destinataire: string | null;
    lieu: string | null;
    recu_par: string | null;
    volume_livre_ambiant: number;
    volume_livre_15c: number;
    statut: string;
  };
}

export async function imprimerBon(imprime: BonImprime): Promise<Uint8Array> {
  const { bon, sortie } = imprime;
  const f = await Feuille.ouvrir(`Bon de livraison ${bon.numero}`, A4.largeur, A4.hauteur);
  entete(f, {
    vendeur: imprime.vendeur,
    titre: "BON DE LIVRAISON",
    sousTitres: [
      `N° ${bon.numero}`,
      `Date : ${jour(bon.date_livraison)}`,
      ...(bon.statut === "ANNULE" ? ["ANNULÉ"] : []),
    ],
    duplicata: imprime.exemplaire > 1,
    client: imprime.client,
  });
  const paire = (nom: string, valeur: string | null) => {
    f.texte(MARGE, nom, { taille: 9, couleur: GRIS });
    f.texte(MARGE + 130, valeur ?? "—", { taille: 9 });
    f.y += 15;
  };
  paire("Produit", imprime.produit);
  paire("Lieu de livraison", bon.lieu);
  paire("Destinataire", bon.destinataire);
  paire("Camion", [sortie.plaque_camion, sortie.plaque_remorque].filter(Boolean).join(" / ") || null);
  paire("Chauffeur", sortie.chauffeur_nom);
  paire("Transporteur", sortie.transporteur);
  paire(
    "Température",
    sortie.temperature_ambiante_c === null ? null : `${nombre(sortie.temperature_ambiante_c, 1)} °C`,
  );
  paire(
    "Densité à 15 °C",
    sortie.densite_a_15_kgm3 === null ? null : `${nombre(sortie.densite_a_15_kgm3, 1)} kg/m³`,
  );
  f.y += 8;
  f.fond(MARGE, DROITE - MARGE, 18);
  f.y += 5;
  f.texte(300, "Litres ambiants", { taille: 8, gras: true, droite: true });
  f.texte(DROITE - 6, "Litres à 15 °C", { taille: 8, gras: true, droite: true });
  f.y += 20;
  for (
    const [nom, ambiant, quinze] of [
      ["Sorti de la citerne", sortie.volume_ambiant, sortie.volume_15c],
      ["Livré", bon.volume_livre_ambiant, bon.volume_livre_15c],
    ] as const
  ) {
    f.texte(MARGE + 6, nom, { taille: 10, gras: nom === "Livré" });
    f.texte(300, nombre(ambiant, 3), { taille: 10, droite: true, gras: nom === "Livré" });
    f.texte(DROITE - 6, nombre(quinze, 3), { taille: 10, droite: true, gras: nom === "Livré" });
    f.y += 16;
    f.trait(MARGE, DROITE);
    f.y += 5;
  }
  cloture(f, ["Pour le dépôt", `Reçu par ${bon.recu_par ?? ""}`], bon.numero, imprime.empreinte);
  f.piedDePage((n, sur) => `${imprime.vendeur.nom} · ${bon.numero} · page ${n}/${sur}`, A4.largeur / 2);
  return f.octets();
}

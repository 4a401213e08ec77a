// The values that the app's switches know of what it reads (lib/ at 2c9b5c6), by the schema of ours that says which there
// are. Any other falls in a switch's last branch, and a screen then says what is not so: the page must name it.

export const CONNUES: Record<string, string[]> = {
  "CoursDeRoute.statut": ["CHARGEMENT", "TRANSIT", "FRONTIERE", "ARRIVE", "DECHARGE"],
  "LotFournisseur.statut": ["ouvert", "cloture", "facture"],
  "FactureFournisseur.statut_paiement": ["EN_ATTENTE", "IMPAYE", "PARTIEL", "PAYE"],
  "FactureFournisseur.statut_rapprochement": [],
  "Sortie.statut": ["brouillon", "validee"],
  "Sortie.proprietaire_type": ["MONALUXE", "PARTENAIRE"],
  "Reception.proprietaire_type": ["MONALUXE", "PARTENAIRE"],
  "StockActuel.proprietaire_type": ["MONALUXE", "PARTENAIRE"],
  "Ajustement.mouvement_type": ["RECEPTION", "SORTIE"],
  "CiterneDuTableau.statut": ["active", "inactive", "maintenance"],
  "Alerte.severity": ["CRITICAL", "WARN"],
  "Alerte.status": ["OPEN", "ACK", "RESOLVED"],
  "LigneJournal.niveau": ["INFO", "WARNING", "CRITICAL"],
  "Profil.role": ["admin", "directeur", "gerant", "operateur", "pca", "lecture"],
};

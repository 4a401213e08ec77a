// What the depot's books should say, and what should be refused: contract section 4 once more, in TypeScript, over
// millilitres. It knows nothing of locks, triggers or SQL.
import { CAPACITE, litres, SECURITES } from "./depot.ts";
import { type De, type Operation, peut, type Proprietaire } from "./operations.ts";

export interface Refus {
  code: string;
  /** Values that the refusal must carry in its detail; litres in millilitres. */
  valeurs?: Record<string, string | number>;
}
const refus = (code: string, valeurs?: Refus["valeurs"]): Refus => ({ code, valeurs });

export interface Quantite {
  ambiant: number;
  a15: number;
}
const plus = (a: Quantite, b: Quantite) => ({ ambiant: a.ambiant + b.ambiant, a15: a.a15 + b.a15 });
const moins = ({ ambiant, a15 }: Quantite) => ({ ambiant: -ambiant, a15: -a15 });
const RIEN: Quantite = { ambiant: 0, a15: 0 };

interface Compte {
  stock: Quantite;
  ajuste: Quantite;
  /** What moved on each day. */
  jours: Map<string, Quantite>;
}
interface Mouvement {
  quantite: Quantite;
  /** What it comes to with its corrections. */
  reste: Quantite;
  compense: boolean;
}

/** Contract section 6, flag off: volume × (1 − 0.00085 (T − 15)), to the millilitre. Integers all the way: exact. */
export const volume15 = (ml: number, celsius: number) =>
  Math.floor((ml * (100_000 - 85 * (celsius - 15)) + 50_000) / 100_000);

const quantite = (op: { ml: number; celsius: number }) => ({
  ambiant: op.ml,
  a15: volume15(op.ml, op.celsius),
});
const DERNIER_JOUR = "2899-12-31";
const future = (jour: string) => jour > "2040";
export const cleCompte = (citerne: number, proprietaire: Proprietaire) => `${citerne} ${proprietaire}`;

export class Modele {
  readonly comptes = new Map<string, Compte>();
  readonly camions = new Map<string, "ARRIVE" | "DECHARGE">();
  readonly brouillons = new Map<string, { op: De<"redaction"> | De<"sortie">; statut: string }>();
  /** Validated réceptions and sorties: what they moved. */
  readonly mouvements = new Map<string, Mouvement>();
  readonly ajustements: string[] = [];
  readonly transferts: string[] = [];
  /** Lines the log must hold, as "ACTION id". */
  readonly journal: string[] = [];

  stock = (citerne: number, proprietaire: Proprietaire) =>
    this.comptes.get(cleCompte(citerne, proprietaire))?.stock;

  /** Asks as if this account had never had a litre, or this draft had not been written. */
  sans<T>(cle: string, question: () => T): T {
    const compte = this.comptes.get(cle), brouillon = this.brouillons.get(cle);
    this.comptes.delete(cle);
    this.brouillons.delete(cle);
    const reponse = question();
    if (compte) this.comptes.set(cle, compte);
    if (brouillon) this.brouillons.set(cle, brouillon);
    return reponse;
  }

  /** Days of an account with the stock at their end, in order. */
  jours(cle: string): [string, Quantite][] {
    let total = RIEN;
    return [...this.comptes.get(cle)!.jours].sort(([a], [b]) => (a < b ? -1 : 1)).map(([jour, q]) => [
      jour,
      total = plus(total, q),
    ]);
  }

  private futurNegatif(citerne: number, proprietaire: Proprietaire, jour: string, q: Quantite): Refus | null {
    const negatif = ({ ambiant, a15 }: Quantite) => ambiant < q.ambiant || a15 < q.a15;
    const jours = this.jours(cleCompte(citerne, proprietaire));
    const ceJour = jours.findLast(([j]) => j <= jour)?.[1] ?? RIEN;
    const premier = negatif(ceJour) ? jour : jours.find(([j, stock]) => j > jour && negatif(stock))?.[0];
    return premier ? refus("STOCK_FUTUR_NEGATIF", { date_jour: premier }) : null;
  }

  /** What the tank holds at the end of this day and of every later one, all owners together, once `ml` have moved. */
  private enCiterne(citerne: number, jour: string, ml: number): [string, number][] {
    const comptes = (["MONALUXE", "PARTENAIRE"] as const).map((p) => cleCompte(citerne, p))
      .filter((cle) => this.comptes.has(cle)).map((cle) => this.jours(cle));
    const jours = [...new Set([jour, ...comptes.flat().map(([j]) => j)])].filter((j) => j >= jour).sort();
    return jours.map((j) => [
      j,
      comptes.reduce((total, compte) => total + (compte.findLast(([k]) => k <= j)?.[1].ambiant ?? 0), ml),
    ]);
  }

  private plein(citerne: number, jour: string, ml: number): Refus | null {
    const [date_jour, stock] = this.enCiterne(citerne, jour, ml).find(([, stock]) => stock > CAPACITE) ?? [];
    return date_jour
      ? refus("CITERNE_PLEINE", { date_jour, volume: ml, libre: Math.max(CAPACITE - stock! + ml, 0) })
      : null;
  }

  private tropBas(citerne: number, jour: string, ml: number): Refus | null {
    const securite = SECURITES[citerne]!;
    const [date_jour, reste] = this.enCiterne(citerne, jour, -ml).find(([, stock]) => stock < securite) ?? [];
    return securite && date_jour
      ? refus("SORTIE_CAPACITE_SECURITE", { date_jour, reste: reste!, capacite_securite: securite })
      : null;
  }

  private manque(stock: Quantite, q: Quantite): Refus | null {
    if (q.ambiant > stock.ambiant) {
      return refus("INSUFFICIENT_STOCK", {
        demande: q.ambiant,
        disponible: stock.ambiant,
        mesure: "volume ambiant",
      });
    }
    if (q.a15 > stock.a15) {
      return refus("INSUFFICIENT_STOCK", { demande: q.a15, disponible: stock.a15, mesure: "volume à 15 °C" });
    }
    return null;
  }

  private indisponible(citerne: number, proprietaire: Proprietaire, jour: string, q: Quantite): Refus | null {
    const stock = this.stock(citerne, proprietaire);
    if (!stock) return refus("SORTIE_STOCK_INTROUVABLE");
    return this.manque(stock, q) ?? this.futurNegatif(citerne, proprietaire, jour, q) ??
      this.tropBas(citerne, jour, q.ambiant);
  }

  private refusDeSortie(op: De<"redaction"> | De<"sortie">): Refus | null {
    if (!op.beneficiaire && op.proprietaire === "MONALUXE") return refus("BENEFICIAIRE_REQUIRED");
    if (future(op.jour)) return refus("DATE_FUTURE");
    return this.indisponible(op.citerne, op.proprietaire, op.jour, quantite(op));
  }

  /** A correction keeps its movement's sense, the bounds of its tank, and a stock that fuel can be. */
  private refusDeCorrection(op: De<"ajustement"> | De<"compensation">, stock: Quantite): Refus | null {
    const { quantite, reste } = this.mouvements.get(op.mouvement)!;
    const sens = Math.sign(quantite.ambiant), delta = this.delta(op), apres = plus(stock, delta);
    for (const mesure of ["ambiant", "a15"] as const) {
      const restera = sens * (reste[mesure] + delta[mesure]);
      if (sens * delta[mesure] < 0 && restera < 0) return refus("AJUSTEMENT_EXCESSIF", { reste: restera });
    }
    const plein = delta.ambiant > 0 ? this.plein(op.citerne, DERNIER_JOUR, delta.ambiant) : null;
    // It counts from today, which may end during a test; no other day here is later.
    if (plein) delete plein.valeurs!.date_jour;
    return this.manque(stock, moins(delta)) ??
      (2 * apres.a15 < apres.ambiant || 2 * apres.a15 > 3 * apres.ambiant
        ? refus("FACTEUR_HORS_BORNES")
        : null) ??
      plein;
  }

  /** Why this request must be refused now; null where it must be accepted. */
  verdict(op: Operation): Refus | null {
    if (!peut(op)) return refus("ROLE_FORBIDDEN");
    switch (op.genre) {
      case "reception": {
        const statut = this.camions.get(op.camion);
        if (!statut) return refus("INTROUVABLE");
        if (statut !== "ARRIVE") return refus("CDR_NON_ARRIVE", { statut });
        return future(op.jour) ? refus("DATE_FUTURE") : this.plein(op.citerne, op.jour, op.ml);
      }
      case "redaction":
      case "reconstruction":
        return null;
      case "sortie":
        return this.refusDeSortie(op);
      case "validation":
      case "rejet": {
        const brouillon = this.brouillons.get(op.id);
        if (!brouillon) return refus("INVALID_ID_OR_STATE");
        const { statut } = brouillon;
        if (statut !== "brouillon") return refus("INVALID_ID_OR_STATE", { statut });
        return op.genre === "rejet" ? null : this.refusDeSortie(brouillon.op);
      }
      case "ajustement":
      case "compensation": {
        const mouvement = this.mouvements.get(op.mouvement);
        // Asked as if the account had never had a litre, no movement of it has been made either.
        const stock = this.stock(op.citerne, op.proprietaire);
        // An adjustment reads its reason first, a compensation its movement.
        const motif = op.motif.length < 10 ? refus("MOTIF_REQUIS") : null;
        if (op.genre === "ajustement" && motif) return motif;
        if (!mouvement || !stock) return refus("INVALID_ID_OR_STATE");
        const { compense, reste } = mouvement;
        if (op.genre === "compensation" && (compense || (!reste.ambiant && !reste.a15))) {
          return refus("INVALID_ID_OR_STATE");
        }
        return motif ?? this.refusDeCorrection(op, stock);
      }
      case "transfert":
        if (future(op.jour)) return refus("DATE_FUTURE");
        return this.indisponible(op.citerne, op.proprietaire, op.jour, quantite(op)) ??
          this.plein(op.vers, op.jour, op.ml);
    }
  }

  private delta(op: De<"ajustement"> | De<"compensation">): Quantite {
    return op.genre === "ajustement"
      ? { ambiant: op.deltaAmbiant, a15: op.delta15 }
      : moins(this.mouvements.get(op.mouvement)!.reste);
  }

  private mouvoir(
    citerne: number,
    proprietaire: Proprietaire,
    jour: string,
    q: Quantite,
    ajuste = RIEN,
  ): void {
    const cle = cleCompte(citerne, proprietaire);
    const compte = this.comptes.get(cle) ?? { stock: RIEN, ajuste: RIEN, jours: new Map() };
    compte.stock = plus(compte.stock, q);
    compte.ajuste = plus(compte.ajuste, ajuste);
    compte.jours.set(jour, plus(compte.jours.get(jour) ?? RIEN, q));
    this.comptes.set(cle, compte);
  }

  private sortir(op: De<"redaction"> | De<"sortie">): void {
    this.mouvoir(op.citerne, op.proprietaire, op.jour, moins(quantite(op)));
    this.mouvements.set(op.id, {
      quantite: moins(quantite(op)),
      reste: moins(quantite(op)),
      compense: false,
    });
    this.brouillons.set(op.id, { op, statut: "validee" });
    this.journal.push(`SORTIE_VALIDEE ${op.id}`);
  }

  /** Does what was accepted. `aujourdhui` is the day an adjustment counted from, as the database wrote it. */
  appliquer(op: Operation, aujourdhui: string): void {
    switch (op.genre) {
      case "reception":
        this.mouvoir(op.citerne, op.proprietaire, op.jour, quantite(op));
        this.mouvements.set(op.id, { quantite: quantite(op), reste: quantite(op), compense: false });
        this.camions.set(op.camion, "DECHARGE");
        this.journal.push(`RECEPTION_CREEE ${op.id}`);
        break;
      case "redaction":
      case "sortie":
        this.brouillons.set(op.id, { op, statut: "brouillon" });
        this.journal.push(`SORTIE_CREEE ${op.id}`);
        if (op.genre === "sortie") this.sortir(op);
        break;
      case "validation":
        this.sortir(this.brouillons.get(op.id)!.op);
        break;
      case "reconstruction":
        this.journal.push("STOCKS_JOURNALIERS_RECONSTRUITS");
        break;
      case "rejet":
        this.brouillons.get(op.id)!.statut = "rejetee";
        this.journal.push(`SORTIE_REJETEE ${op.id}`);
        break;
      case "ajustement":
      case "compensation": {
        const delta = this.delta(op), compensation = op.genre === "compensation";
        this.mouvoir(op.citerne, op.proprietaire, aujourdhui, delta, delta);
        const corrige = this.mouvements.get(op.mouvement)!;
        corrige.reste = plus(corrige.reste, delta);
        corrige.compense ||= compensation;
        this.ajustements.push(
          [op.mouvement, compensation, litres(delta.ambiant), litres(delta.a15)].join(" "),
        );
        this.journal.push(`${compensation ? `${op.type}_COMPENSEE` : "STOCK_AJUSTE"} ${op.mouvement}`);
        break;
      }
      case "transfert":
        this.mouvoir(op.citerne, op.proprietaire, op.jour, moins(quantite(op)));
        this.mouvoir(op.vers, op.proprietaire, op.jour, quantite(op));
        this.transferts.push(op.id);
        this.journal.push(`TRANSFERT_CREE ${op.id}`);
    }
  }
}

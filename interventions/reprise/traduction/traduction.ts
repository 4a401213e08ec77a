// What every part of the translation shares: the rows to write, what is added, what is set aside, and who is who.
import { createHash } from "node:crypto";
import type { Code } from "../examen/codes.ts";
import type { Examen } from "../examen/examen.ts";
import type { Ancienne, Ligne } from "../ancienne/lecture.ts";
import { montrer } from "./lisible.ts";

/** An id drawn from what it stands for: a rehearsal and the real load make the same. */
export function idDe(...quoi: string[]): string {
  const hex = createHash("sha256").update(["reprise", ...quoi].join("\n")).digest("hex");
  const variante = "89ab"[parseInt(hex[16]!, 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variante}${hex.slice(17, 20)}-${
    hex.slice(20, 32)
  }`;
}

/** Whole millilitres as the database reads litres. */
export function litresDe(ml: number): string {
  const sans = Math.abs(ml);
  return `${ml < 0 ? "-" : ""}${Math.floor(sans / 1000)}.${String(sans % 1000).padStart(3, "0")}`;
}

export const litresDits = (ml: number) =>
  `${(ml / 1000).toLocaleString("fr-FR", { maximumFractionDigits: 3 })} L`;

/** Millilitres, as measured and at 15 °C. */
export interface Litres {
  ambiant: number;
  a15: number;
}

export interface Citerne {
  id: string;
  nom: string;
  depot_id: string;
  produit_id: string;
  /** Millilitres. */
  capacite: number;
  capaciteIllisible: boolean;
  ligne: Ligne;
}

/** Litres that moved an account of stock on a day. */
export interface Evenement {
  type: "RECEPTION" | "SORTIE" | "AJUSTEMENT" | "STOCK_INITIAL";
  /** The movement an adjustment of it would name. */
  mouvement_type: string;
  mouvement_id: string;
  jour: string;
  ecrit: string;
  /** Millilitres, negative out. */
  ambiant: number;
  a15: number;
  /** What rounding to the millilitre added, millilitres. */
  reste_ambiant: number;
  reste_15: number;
}

/** A tank, product and owner. */
export interface Compte {
  cle: string;
  citerne: Citerne;
  produit_id: string;
  proprietaire_type: string;
  evenements: Evenement[];
  /** What is left of each movement, adjustments included. */
  nets: Map<string, Litres>;
}

export interface Ajout {
  table: string;
  id: string;
  pourquoi: string;
}

const PREMIER_JOUR = "2020-01-01";

export class Traduction {
  /** Rows to write, by table of ours. */
  readonly tables = new Map<string, Ligne[]>();
  /** Rows here that the source has not. */
  readonly ajouts: Ajout[] = [];
  readonly citernes = new Map<string, Citerne>();
  readonly comptes = new Map<string, Compte>();
  /** Movements that are written here, as an adjustment names them. */
  readonly ecrits = new Set<string>();
  /** Ids of the source that became another one. */
  readonly renvois = new Map<string, string>();
  readonly reprise = idDe("compte");
  /** When the takeover's own adjustments are written. */
  readonly maintenant = new Date().toISOString();
  readonly utilisateurs: Set<string>;
  premierDepot = "";
  readonly #ajoutes = new Set<string>();

  constructor(readonly source: Ancienne, readonly examen: Examen) {
    this.utilisateurs = new Set(source.comptes.map(({ id }) => id as string));
  }

  ecrire(table: string, ligne: Ligne): Ligne {
    if (!this.tables.has(table)) this.tables.set(table, []);
    this.tables.get(table)!.push(ligne);
    return ligne;
  }

  /** Writes, once, a row the source has not, and says why. */
  ajouter(table: string, ligne: Ligne & { id: string }, pourquoi: string): string {
    const cle = `${table} ${ligne.id}`;
    if (!this.#ajoutes.has(cle)) {
      this.#ajoutes.add(cle);
      this.ecrire(table, ligne);
      this.ajouts.push({ table, id: ligne.id, pourquoi });
    }
    return ligne.id;
  }

  /** Keeps a whole row of the source in the log: set aside, or changed beyond what columns can say. */
  conserver(table: string, ligne: Ligne, code: Code): void {
    const id = idDe("conservee", table, code, JSON.stringify(ligne));
    const cible = typeof ligne.id === "string" ? ligne.id : null;
    const dite = JSON.stringify(
      ligne,
      (_, dit) => typeof dit === "number" && !Number.isFinite(dit) ? `${dit}` : dit,
    );
    this.ajouter("log_actions", {
      id,
      user_id: this.reprise,
      action: "REPRISE_LIGNE_CONSERVEE",
      module: table,
      niveau: "WARNING",
      cible_id: cible,
      details: { reprise: "conservee", anomalie: code, ligne: JSON.parse(montrer(dite)) },
    }, "ligne d'origine conservée");
  }

  /** The id here of what the source calls so. */
  renvoi(id: string | null | undefined): string | null {
    return id ? this.renvois.get(id) ?? id : null;
  }

  /** Who wrote it, or the account of the takeover. */
  auteur(id: string | null, table: string, ligne: string, champ: string): string {
    if (id && this.utilisateurs.has(id)) return id;
    this.examen.choisir(
      "AUTEUR_INCONNU",
      table,
      `${ligne} ${champ}`,
      `${champ} : ${id ?? "absent"}`,
      [champ],
    );
    return this.reprise;
  }

  /** A day the database takes: from 2020 to today. */
  jour(dit: string | null, ecrit: string | null, table: string, ligne: string, champ: string): string {
    if (dit && dit >= PREMIER_JOUR && dit <= this.source.aujourdhui && /^\d{4}-/.test(dit)) return dit;
    const repli = ecrit && ecrit >= PREMIER_JOUR && ecrit <= this.source.aujourdhui
      ? ecrit
      : this.source.aujourdhui;
    this.examen.choisir(
      dit ? "DATE_HORS_BORNES" : "DATE_ABSENTE",
      table,
      ligne,
      `${champ} : ${dit ?? "absente"} ; reprise au ${repli}`,
      [champ],
    );
    return repli;
  }

  compte(citerne: Citerne, produit_id: string, proprietaire_type: string): Compte {
    const cle = `${citerne.id} ${produit_id} ${proprietaire_type}`;
    let compte = this.comptes.get(cle);
    if (!compte) {
      compte = { cle, citerne, produit_id, proprietaire_type, evenements: [], nets: new Map() };
      this.comptes.set(cle, compte);
    }
    return compte;
  }
}

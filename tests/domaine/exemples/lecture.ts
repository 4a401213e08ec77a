// What two tellings of the same story have in common: ids by their place in it, days and moments by what they are.
import { createHash } from "node:crypto";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const MOMENT = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g;
const JOUR = /\b\d{4}-\d\d-\d\d\b/g;
/** As a person reads them. */
const JOUR_DIT = /\b\d\d\/\d\d\/\d{4}\b/g;
const MOMENT_DIT = /\b\d\d\/\d\d\/\d{4} \d\d:\d\d\b/g;
const EMPREINTE = /\b(?=[0-9]*[a-f])[0-9a-f]{32,64}\b/g;
/** The year in a number of a series. */
const ANNEE = /(?<=[A-Z]-(?:[A-Z]+-)?)20\d\d(?=-\d)/g;

export const UN_JOUR = "2026-01-15";
export const UN_MOMENT = "2026-01-15T08:30:00+00:00";

/** An id that is the same each time the story comes to this place. */
function idDe(place: string): string {
  const hex = createHash("sha256").update(place).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ]
    .join("-");
}

export class Lecture {
  constructor(
    private readonly origine: string,
    /** Ids, days and moments that the story itself says: they stay as they are. */
    private readonly dits: ReadonlySet<string>,
    private ids = new Map<string, string>(),
    private chapitre = "",
    private rang = 0,
  ) {}

  /** Ids are counted anew in each chapter: one that grows leaves the others' as they were. */
  ouvrir(chapitre: string): void {
    [this.chapitre, this.rang] = [chapitre, 0];
  }

  /** To read what may not be what is looked for; `garder` keeps what it has learnt. */
  essai(): Lecture {
    return new Lecture(this.origine, this.dits, new Map(this.ids), this.chapitre, this.rang);
  }
  garder(essai: Lecture): void {
    [this.ids, this.rang] = [essai.ids, essai.rang];
  }

  /** Whether everything that this names has been met before. */
  connait(valeur: unknown): boolean {
    return [...JSON.stringify(valeur).matchAll(UUID)].every(([id]) => this.dits.has(id) || this.ids.has(id));
  }

  private id(id: string): string {
    if (this.dits.has(id)) return id;
    if (!this.ids.has(id)) this.ids.set(id, idDe(`${this.chapitre} ${++this.rang}`));
    return this.ids.get(id)!;
  }

  private texte(texte: string): string {
    return texte
      .replaceAll(this.origine, "http://127.0.0.1:54321")
      .replace(UUID, (id) => this.id(id.toLowerCase()))
      .replace(MOMENT, (moment) => this.dits.has(String(Date.parse(moment))) ? moment : UN_MOMENT)
      // A day of a moment is that moment's.
      .replace(JOUR, (jour, place, tout) => this.dits.has(jour) || tout[place + 10] === "T" ? jour : UN_JOUR)
      .replace(MOMENT_DIT, "15/01/2026 10:30")
      .replace(JOUR_DIT, "15/01/2026")
      .replace(EMPREINTE, (hex) => createHash("sha512").digest("hex").slice(0, hex.length))
      .replace(ANNEE, "2026");
  }

  lire(valeur: unknown): unknown {
    if (typeof valeur === "string") return this.texte(valeur);
    if (Array.isArray(valeur)) return valeur.map((un) => this.lire(un));
    if (valeur === null || typeof valeur !== "object") return valeur;
    return Object.fromEntries(
      Object.entries(valeur).map(([champ, un]) =>
        champ === "next_cursor" && un !== null
          ? [champ, "eyJ0IjoxfQ"]
          // A telephone's clock less the server's: a second that has just passed, or not yet.
          : champ === "ecart_horloge_s"
          ? [champ, 0]
          : [this.texte(champ), this.lire(un)]
      ),
    );
  }
}

/** What a text names that must stay: its ids, its days, its moments. */
export function ditsPar(texte: string): Set<string> {
  return new Set([
    ...[...texte.matchAll(UUID)].map(([id]) => id.toLowerCase()),
    ...[...texte.matchAll(JOUR)].map(([jour]) => jour),
    ...[...texte.matchAll(MOMENT)].map(([moment]) => String(Date.parse(moment))),
  ]);
}

/** The same without these fields, wherever they are. */
export function sans(valeur: unknown, champs: string[]): unknown {
  if (Array.isArray(valeur)) return valeur.map((un) => sans(un, champs));
  if (valeur === null || typeof valeur !== "object") return valeur;
  return Object.fromEntries(
    Object.entries(valeur).filter(([champ]) => !champs.includes(champ)).map((
      [champ, un],
    ) => [champ, sans(un, champs)]),
  );
}

/** The same, with these values in the place of what these fields say. */
export function taire(valeur: unknown, par: Record<string, unknown>): unknown {
  if (Array.isArray(valeur)) return valeur.map((un) => taire(un, par));
  if (valeur === null || typeof valeur !== "object") return valeur;
  return Object.fromEntries(
    Object.entries(valeur).map(([champ, un]) => [champ, champ in par ? par[champ] : taire(un, par)]),
  );
}

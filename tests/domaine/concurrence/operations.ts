// What people ask of a depot, drawn from a seed: the same seed gives the same requests with the same ids. What the
// seed can't fix is which of eight connections goes first: that is what the judge is for.
import type { Role } from "./depot.ts";

export type Proprietaire = "MONALUXE" | "PARTENAIRE";
export type TypeMouvement = "RECEPTION" | "SORTIE";

interface Mesure {
  citerne: number;
  proprietaire: Proprietaire;
  ml: number;
  celsius: number;
  /** Long past, so that every history is full of back-dated movements; sometimes in the future, to be refused. */
  jour: string;
}
interface Correction {
  type: TypeMouvement;
  mouvement: string;
  /** Where that movement was asked for. */
  citerne: number;
  proprietaire: Proprietaire;
  motif: string;
}
export type Operation =
  & { numero: number; role: Role; id: string }
  & (
    | { genre: "reception"; camion: string } & Mesure
    /** A draft only. */
    | { genre: "redaction"; beneficiaire: boolean } & Mesure
    /** A draft and its validation, in one transaction. */
    | { genre: "sortie"; beneficiaire: boolean } & Mesure
    /** Validates or rejects the draft `id`, whoever else is at it. */
    | { genre: "validation"; citerne: number; proprietaire: Proprietaire }
    | { genre: "rejet" }
    | { genre: "ajustement"; deltaAmbiant: number; delta15: number } & Correction
    | { genre: "compensation" } & Correction
    | { genre: "transfert"; vers: number } & Mesure
    /** The journal computed again from the movements, in the middle of everything: nothing may change. */
    | { genre: "reconstruction" }
  );
export type Genre = Operation["genre"];
export type De<G extends Genre> = Extract<Operation, { genre: G }>;

const JOURS = 40;
const JOUR_FUTUR = "2049-12-31";
const jourNumero = (n: number) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);

/** Small, fast and the same everywhere: mulberry32. */
export function generateur(graine: number) {
  let s = graine >>> 0;
  const bits = () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), s | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const entre = (bas: number, haut: number) => bas + bits() % (haut - bas + 1);
  return {
    entre,
    chance: (surMille: number) => entre(1, 1000) <= surMille,
    parmi: <T>(choix: readonly T[]): T => choix[bits() % choix.length]!,
    uuid: () => {
      const hex = [bits(), bits(), bits(), bits()].map((n) => n.toString(16).padStart(8, "0")).join("");
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    },
  };
}
export type Hasard = ReturnType<typeof generateur>;

const POIDS: [Genre, number][] = [
  ["reception", 26],
  ["sortie", 26],
  ["redaction", 12],
  ["validation", 13],
  ["rejet", 3],
  ["ajustement", 6],
  ["compensation", 8],
  ["transfert", 6],
  ["reconstruction", 1],
];
const GENRES = POIDS.flatMap(([genre, poids]) => Array<Genre>(poids).fill(genre));
const PERMIS: Record<Genre, Role[]> = {
  reception: ["operateur", "gerant", "admin"],
  redaction: ["operateur", "gerant", "admin"],
  sortie: ["gerant", "admin"],
  validation: ["gerant", "admin"],
  rejet: ["gerant", "admin"],
  transfert: ["gerant", "admin"],
  ajustement: ["admin"],
  reconstruction: ["admin"],
  compensation: ["admin"],
};
export const peut = (op: Operation) => PERMIS[op.genre].includes(op.role);

/** An endless run of requests. They refer to recent ones, even to those that were refused or are still under way. */
export function tirage(graine: number) {
  const h = generateur(graine);
  let numero = 0;
  const brouillons: De<"redaction">[] = [];
  const mouvements: (De<"reception"> | De<"sortie"> | De<"redaction">)[] = [];
  const camions: string[] = [];
  const recent = <T>(liste: T[], combien: number) =>
    liste[Math.max(0, liste.length - 1 - h.entre(0, combien))];

  // A thousandth of what every truck announces, which is 40 000 L, would have to be confirmed.
  const litresSurs = (ml: number) => ml > 36_000 && ml < 45_000 ? ml + 10_000 : ml;
  const mesure = (max: number): Mesure => ({
    citerne: h.entre(0, 3),
    proprietaire: h.parmi(["MONALUXE", "PARTENAIRE"]),
    // Now and then a millilitre: what rounds worst.
    ml: h.chance(20) ? h.entre(1, 3) : litresSurs(h.entre(1, max)),
    celsius: h.entre(5, 40),
    jour: h.chance(10) ? JOUR_FUTUR : jourNumero(h.entre(0, JOURS - 1)),
  });
  // Two people often go for the same row at the same moment: the one that was asked about last is asked about again.
  let dernierBrouillon: De<"redaction"> | undefined, dernierVise: typeof mouvements[number] | undefined;
  const correction = (): Correction | undefined => {
    const vise = dernierVise = h.chance(400) && dernierVise ? dernierVise : recent(mouvements, 60);
    return vise && {
      type: vise.genre === "reception" ? "RECEPTION" : "SORTIE",
      mouvement: h.chance(30) ? h.uuid() : vise.id,
      citerne: vise.citerne,
      proprietaire: vise.proprietaire,
      motif: h.chance(20) ? "court" : "essai de concurrence",
    };
  };

  function une(genre: Genre): Operation {
    const role = h.chance(25) ? h.parmi(["operateur", "lecture"] as const) : h.parmi(PERMIS[genre]);
    const base = { numero: numero++, role, id: h.uuid() };
    switch (genre) {
      case "reception": {
        // A truck seen before, perhaps received, perhaps refused; a new one; or one that nobody ever saw.
        const connu = h.chance(60) ? recent(camions, 15) : undefined;
        const camion = connu ?? h.uuid();
        if (!connu && !h.chance(20)) camions.push(camion);
        const op = { ...base, genre, camion, ...mesure(20_000_000) };
        mouvements.push(op);
        return op;
      }
      case "validation":
      case "rejet": {
        const brouillon = dernierBrouillon = h.chance(400) && dernierBrouillon
          ? dernierBrouillon
          : recent(brouillons, 25);
        if (brouillon) {
          const { citerne, proprietaire } = brouillon;
          const id = h.chance(30) ? base.id : brouillon.id;
          return genre === "rejet" ? { ...base, genre, id } : { ...base, genre, id, citerne, proprietaire };
        }
        break;
      }
      case "ajustement": {
        const corrige = correction();
        const ml = h.entre(1, 4_000_000) * h.parmi([-1, 1]);
        if (corrige) return { ...base, genre, ...corrige, deltaAmbiant: ml, delta15: Math.round(ml * 0.99) };
        break;
      }
      case "compensation": {
        const corrige = correction();
        if (corrige) return { ...base, genre, ...corrige };
        break;
      }
      case "reconstruction":
        return { ...base, genre };
      case "transfert": {
        const m = mesure(8_000_000);
        return { ...base, genre, ...m, vers: (m.citerne + h.entre(1, 3)) % 4 };
      }
    }
    const op = {
      ...base,
      genre: genre === "sortie" ? genre : "redaction" as const,
      beneficiaire: !h.chance(15),
      ...mesure(15_000_000),
    } as De<"sortie"> | De<"redaction">;
    if (op.genre === "redaction") brouillons.push(op);
    mouvements.push(op);
    return op;
  }
  return {
    hasard: h,
    /** The next requests, and the trucks that must have arrived before they are made. */
    prendre: (combien: number) => {
      const dejaLa = camions.length;
      const operations = Array.from({ length: combien }, () => une(h.parmi(GENRES)));
      return { operations, camions: camions.slice(dejaLa) };
    },
  };
}

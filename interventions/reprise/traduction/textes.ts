// What ours takes of a row's texts and moments, whichever table it is of: what people read, a page at most, this half-century.
import type { Ligne } from "../ancienne/lecture.ts";
import type { Traduction } from "./traduction.ts";
import { lire, montrer, plaqueLisible } from "./lisible.ts";

const TEXTE_MAX = 2000;
/** Of a text that is only shown. */
const CONSTAT_MAX = 80;
const MOMENT = /_at$|^date_/;

export function rendreLisible(t: Traduction, table: string, ligne: Ligne): Ligne {
  const lue: Ligne = { ...ligne };
  const changes = Object.keys(ligne).filter((nom) => {
    if (typeof ligne[nom] === "string") lue[nom] = lire(nom, ligne[nom]);
    return !Object.is(lue[nom], ligne[nom]);
  });
  if (changes.length) {
    const dit = changes.map((nom) => `${nom} : « ${montrer(ligne[nom] as string).slice(0, CONSTAT_MAX)} »`);
    t.examen.choisir("TEXTE_ILLISIBLE", table, ligne.id as string, dit.join(", "), changes);
    t.conserver(table, ligne, "TEXTE_ILLISIBLE");
  }
  return lue;
}

/** A plate that a row can do without. */
function viderPlaques(t: Traduction, table: string, ligne: Ligne): void {
  const plaques = table === "sorties_produit" ? ["plaque_camion", "plaque_remorque"] : ["plaque_remorque"];
  const faux = plaques.filter((nom) => typeof ligne[nom] === "string" && !plaqueLisible(ligne[nom]));
  if (!faux.length) return;
  const dit = faux.map((nom) => `« ${ligne[nom]} »`).join(", ");
  t.examen.choisir("PLAQUE_ILLISIBLE", table, ligne.id as string, `plaque ${dit}`, [...faux, "note"]);
  ligne.note = [ligne.note, `Plaque d'origine : ${dit}.`].filter(Boolean).join(" ");
  for (const nom of faux) ligne[nom] = null;
}

/** Whether a moment can be: a clock writes none that has not come; a day may be planned. */
const vient = (t: Traduction, nom: string, dit: string) =>
  /^\d{4}-/.test(dit) && dit >= "2000" &&
  (nom.startsWith("date_") ? dit < "2050" : dit.slice(0, 10) <= t.source.aujourdhui);

/** When a row was written, or another moment where nobody can have written it then. */
export const ecritLe = (t: Traduction, dit: string | null, sinon: string): string =>
  dit && vient(t, "created_at", dit) ? dit : sinon;

export function dater(t: Traduction, table: string, ligne: Ligne): void {
  const hors = Object.keys(ligne).filter((nom) =>
    MOMENT.test(nom) && typeof ligne[nom] === "string" && !vient(t, nom, ligne[nom])
  );
  if (!hors.length) return;
  t.examen.choisir(
    "DATE_HORS_BORNES",
    table,
    ligne.id as string,
    hors.map((nom) => `${nom} : ${ligne[nom]}`).join(", "),
    hors,
  );
  for (const nom of hors) ligne[nom] = nom.startsWith("date_") ? t.source.aujourdhui : t.maintenant;
}

/** A row as ours takes its texts and moments; the whole is kept in the log where something is lost. */
export function recevable(t: Traduction, table: string, ancienne: Ligne): Ligne {
  const ligne = rendreLisible(t, table, ancienne);
  viderPlaques(t, table, ligne);
  dater(t, table, ligne);
  const longs = Object.keys(ligne).filter((nom) =>
    typeof ligne[nom] === "string" && [...ligne[nom]].length > TEXTE_MAX
  );
  if (!longs.length) return ligne;
  t.examen.choisir("TEXTE_TROP_LONG", table, ligne.id as string, longs.join(", "), longs);
  t.conserver(table, ligne, "TEXTE_TROP_LONG");
  return {
    ...ligne,
    ...Object.fromEntries(longs.map((nom) => [nom, [...ligne[nom] as string].slice(0, TEXTE_MAX).join("")])),
  };
}

// What ours takes of a row's texts and moments, whichever table it is of: what people read, a page at most, this half-century.
import type { Ligne } from "../ancienne/lecture.ts";
import type { Traduction } from "./traduction.ts";
import { lire, plaqueLisible } from "./lisible.ts";

const TEXTE_MAX = 2000;
const MOMENT = /_at$|^date_/;

export function rendreLisible(t: Traduction, table: string, ligne: Ligne): Ligne {
  const lue: Ligne = { ...ligne };
  const changes = Object.keys(ligne).filter((nom) => {
    if (typeof ligne[nom] === "string") lue[nom] = lire(nom, ligne[nom]);
    return lue[nom] !== ligne[nom];
  });
  if (changes.length) {
    t.examen.choisir("TEXTE_ILLISIBLE", table, ligne.id as string, changes.join(", "), changes);
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

function dater(t: Traduction, table: string, ligne: Ligne): void {
  const hors = Object.keys(ligne).filter((nom) => {
    if (!MOMENT.test(nom) || typeof ligne[nom] !== "string") return false;
    return !(/^\d{4}-/.test(ligne[nom]) && ligne[nom] >= "2000" && ligne[nom] < "2050");
  });
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

// Trucks on their way: what is missing is completed from what was received, and each open one has a plate of its own.
import type { Ligne, Reception } from "../ancienne/lecture.ts";
import { lettresEtChiffres, nomCompare, tiersInconnu } from "./referentiels.ts";
import { motReconnu, plaqueLisible } from "./lisible.ts";
import { recevable } from "./textes.ts";
import { litresDe, type Traduction } from "./traduction.ts";

const ETAPES = ["CHARGEMENT", "TRANSIT", "FRONTIERE", "ARRIVE", "DECHARGE"];

/** Whether nobody can read it for another, and it has a letter or a digit. */
const lisible = (plaque: string) => plaqueLisible(plaque) && !!lettresEtChiffres(plaque);

export const plaqueReprise = (id: string) => `REPRISE${id.replaceAll("-", "").slice(0, 8).toUpperCase()}`;

/** Fills in what ours never leaves empty; one anomaly a truck, which names each value. */
function completer(t: Traduction, cdr: Ligne, recues: Reception[]): Ligne {
  const manques: string[] = [];
  const connus = (table: "fournisseurs" | "depots" | "produits", id: unknown) =>
    t.source[table].some((ligne) => ligne.id === id);
  const ligne: Ligne = { ...cdr };
  if (!connus("fournisseurs", cdr.fournisseur_id)) {
    manques.push("fournisseur_id");
    ligne.fournisseur_id = tiersInconnu(t, "fournisseurs");
  } else ligne.fournisseur_id = t.renvoi(cdr.fournisseur_id as string);
  if (!connus("depots", cdr.depot_destination_id)) {
    manques.push("depot_destination_id");
    ligne.depot_destination_id = t.citernes.get(recues[0]?.citerne_id ?? "")?.depot_id ?? t.premierDepot;
  }
  if (!connus("produits", cdr.produit_id)) {
    manques.push("produit_id");
    ligne.produit_id = recues[0]?.produit_id ??
      t.source.cours_de_route.find(({ produit_id }) => connus("produits", produit_id))?.produit_id ??
      t.source.produits[0]?.id;
  }
  if (!cdr.date_chargement) {
    manques.push("date_chargement");
    ligne.date_chargement = recues[0]?.jour ?? String(cdr.created_at ?? t.source.aujourdhui).slice(0, 10);
  }
  const volume = Number(cdr.volume);
  if (!(volume >= 0.0005 && volume < 1e9)) {
    manques.push("volume");
    const recu = recues.reduce((somme, r) => somme + (r.volume_ambiant.ml ?? 0), 0);
    ligne.volume = recu > 0 ? litresDe(recu) : "1.000";
  }
  if (!ETAPES.includes(cdr.statut as string)) {
    const lu = motReconnu(cdr.statut, [...ETAPES, "ANNULE"]);
    if (!lu) manques.push("statut");
    else {t.examen.choisir("CDR_STATUT_ANCIEN", "cours_de_route", cdr.id as string, `${cdr.statut} : ${lu}`, [
        "statut",
      ]);}
    ligne.statut = lu ?? "CHARGEMENT";
    if (lu === "ANNULE") ligne.motif_annulation = "Reprise : annulé dans l'ancien système";
  }
  if (manques.length) {
    t.examen.choisir(
      "CDR_INCOMPLET",
      "cours_de_route",
      cdr.id as string,
      `${cdr.plaque_camion} : ${manques.map((nom) => `${nom} (${cdr[nom] ?? "absent"})`).join(", ")}`,
      manques,
    );
  }
  return ligne;
}

function rendreLisible(t: Traduction, cdr: Ligne): string {
  const plaque = String(cdr.plaque_camion ?? "").trim().toUpperCase();
  if (lisible(plaque)) return plaque;
  t.examen.choisir("PLAQUE_ILLISIBLE", "cours_de_route", cdr.id as string, `plaque « ${plaque} »`, [
    "plaque_camion",
    "note",
  ]);
  cdr.note = [cdr.note, `Plaque d'origine : « ${plaque} ».`].filter(Boolean).join(" ");
  return plaqueReprise(cdr.id as string);
}

/** Of several open trucks of one plate the most advanced keeps it. */
function distinguer(t: Traduction, ouverts: Ligne[]): void {
  const parPlaque = Map.groupBy(
    ouverts,
    (cdr) => `${cdr.depot_destination_id} ${lettresEtChiffres(cdr.plaque_camion as string)}`,
  );
  const prises = new Set(parPlaque.keys());
  for (const memes of parPlaque.values()) {
    memes.sort((a, b) =>
      ETAPES.indexOf(b.statut as string) - ETAPES.indexOf(a.statut as string) ||
      String(b.date_chargement).localeCompare(String(a.date_chargement)) ||
      String(a.id).localeCompare(String(b.id))
    );
    for (const cdr of memes.slice(1)) {
      const racine = cdr.plaque_camion as string;
      const choix = t.examen.choisir(
        "PLAQUE_EN_DOUBLE",
        "cours_de_route",
        cdr.id as string,
        `${racine}, ${cdr.statut} du ${cdr.date_chargement}`,
        ["plaque_camion", "note", "statut"],
      );
      if (choix === "annuler") {
        Object.assign(cdr, {
          statut: "ANNULE",
          motif_annulation: `Reprise : un autre cours de route du camion ${racine} était ouvert`,
        });
        continue;
      }
      let [plaque, rang] = ["", 2];
      do plaque = `${racine} R${rang++}`; while (
        prises.has(`${cdr.depot_destination_id} ${lettresEtChiffres(plaque)}`)
      );
      prises.add(`${cdr.depot_destination_id} ${lettresEtChiffres(plaque)}`);
      cdr.plaque_camion = plaque;
      cdr.note = [cdr.note, `Plaque d'origine : ${racine}, d'un autre cours de route ouvert.`].filter(Boolean)
        .join(" ");
    }
  }
}

/** The lot a truck brings, where it can be of it. */
function lotDe(t: Traduction, ancien: Ligne, cdr: Ligne): unknown {
  const lot = t.tables.get("fournisseur_lot")?.find(({ id }) => id === cdr.fournisseur_lot_id);
  if (lot && lot.fournisseur_id === cdr.fournisseur_id && lot.produit_id === cdr.produit_id) return lot.id;
  t.examen.choisir(
    "CDR_LOT_INCOMPATIBLE",
    "cours_de_route",
    cdr.id as string,
    `${cdr.plaque_camion}, lot ${lot?.reference ?? cdr.fournisseur_lot_id}`,
    ["fournisseur_lot_id"],
  );
  t.conserver("cours_de_route", ancien, "CDR_LOT_INCOMPATIBLE");
  return null;
}

const STATUTS_LOT = ["ouvert", "cloture", "facture"];

export function traduireLots(t: Traduction): void {
  const pris = new Set<string>();
  for (const ancien of t.source.fournisseur_lot) {
    const lot: Ligne = { ...ancien, fournisseur_id: t.renvoi(ancien.fournisseur_id as string | null) };
    const manques: string[] = [];
    if (!t.source.fournisseurs.some(({ id }) => id === ancien.fournisseur_id)) {
      manques.push("fournisseur_id");
      lot.fournisseur_id = tiersInconnu(t, "fournisseurs");
    }
    if (!t.source.produits.some(({ id }) => id === ancien.produit_id)) {
      manques.push("produit_id");
      lot.produit_id = t.source.produits[0]?.id;
    }
    if (!STATUTS_LOT.includes(ancien.statut as string)) {
      manques.push("statut");
      lot.statut = motReconnu(ancien.statut, STATUTS_LOT) ?? "ouvert";
    }
    const cle = () => `${lot.fournisseur_id} ${lot.produit_id} ${nomCompare(lot.reference as string)}`;
    lot.reference = ((ancien.reference as string | null) ?? "").trim() ||
      `Reprise ${String(lot.id).slice(0, 8)}`;
    const racine = lot.reference;
    for (let rang = 2; pris.has(cle()); rang++) lot.reference = `${racine} (${rang})`;
    pris.add(cle());
    if (lot.reference !== ancien.reference) manques.push("reference");
    if (manques.length) {
      const dit = manques.map((nom) => `${nom} (${ancien[nom] ?? "absent"})`).join(", ");
      t.examen.choisir(
        "LOT_INCOMPLET",
        "fournisseur_lot",
        lot.id as string,
        `${ancien.reference} : ${dit}`,
        manques,
      );
    }
    t.ecrire("fournisseur_lot", recevable(t, "fournisseur_lot", lot));
  }
}

export function traduireCamions(t: Traduction): void {
  const recues = Map.groupBy(t.source.receptions, (r) => r.cours_de_route_id);
  const ecrits: Ligne[] = [];
  for (const ancien of t.source.cours_de_route) {
    const id = ancien.id as string;
    const siennes = recues.get(id) ?? [];
    const cdr = completer(t, ancien, siennes);
    cdr.plaque_camion = rendreLisible(t, cdr);
    const recu = siennes.some(({ statut, citerne_id }) => statut === "validee" && t.citernes.has(citerne_id));
    if (recu && cdr.statut !== "DECHARGE") {
      t.examen.choisir("CDR_RECU_NON_DECHARGE", "cours_de_route", id, `statut ${cdr.statut}`, ["statut"]);
      cdr.statut = "DECHARGE";
      delete cdr.motif_annulation;
    }
    if (cdr.fournisseur_lot_id) cdr.fournisseur_lot_id = lotDe(t, ancien, cdr);
    ecrits.push(t.ecrire("cours_de_route", cdr));
  }
  distinguer(t, ecrits.filter(({ statut }) => statut !== "DECHARGE" && statut !== "ANNULE"));
  for (const cdr of ecrits) Object.assign(cdr, recevable(t, "cours_de_route", cdr));
}

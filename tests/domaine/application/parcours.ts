// What a list of calls cannot see: a truck walked from its announcement to a sortie, screen after screen, as one person.
import assert from "node:assert/strict";
import { demander, type Requete } from "./client.ts";
import type { Ligne } from "./modeles.ts";
import type { Contexte } from "./scene.ts";

/** What the form of a truck sends, all of it, whatever was changed. */
const SAISIS = [
  "fournisseur_id",
  "depot_destination_id",
  "produit_id",
  "fournisseur_lot_id",
  "plaque_camion",
  "plaque_remorque",
  "chauffeur_nom",
  "transporteur",
  "depart_pays",
  "date_chargement",
  "volume",
  "statut",
  "note",
];
const VOLUME_L = 20_000;
const SORTIE_L = 300.25;

/** One person's calls: what is answered, or the refusal. */
function appels(c: Contexte) {
  const faire = async (requete: Requete) => {
    const { statut, corps } = await demander(requete, c.jeton);
    assert.ok(
      statut < 300,
      `${c.role} : ${requete.methode} ${requete.chemin} → ${statut} ${JSON.stringify(corps)}`,
    );
    return corps as Ligne;
  };
  return {
    faire,
    lire: async (chemin: string, parametres: Record<string, string>) =>
      await faire({
        methode: "GET",
        chemin,
        parametres: { select: "*", ...parametres },
      }) as unknown as Ligne[],
    ecrire: (chemin: string, corps: Ligne) =>
      faire({ methode: "POST", chemin, corps, parametres: { select: "id" }, rend: true, une: true }),
  };
}

/** Announced, edited at each step as it was read, received: what nobody changed is as it was, and the truck is emptied. */
export async function camionJusquALaSortie(c: Contexte, valide: boolean): Promise<void> {
  const { faire, lire, ecrire } = appels(c);
  const citerne = { citerne_id: `eq.${c.citerne}`, proprietaire_type: "eq.MONALUXE" };
  const stock = async () => Number((await lire("v_stock_actuel", citerne))[0]!.stock_ambiant);
  const plaque = `P ${c.neuf().slice(0, 8)}`;
  await faire({
    methode: "POST",
    chemin: "cours_de_route",
    corps: {
      ...Object.fromEntries(SAISIS.map((champ) => [champ, null])),
      fournisseur_id: c.fournisseur,
      depot_destination_id: c.depot,
      produit_id: c.produit,
      plaque_camion: plaque,
      plaque_remorque: "",
      date_chargement: c.jour,
      volume: VOLUME_L,
      statut: "CHARGEMENT",
    },
  });
  const sien = async () =>
    (await lire("cours_de_route", { plaque_camion: `eq.${plaque.toUpperCase()}` }))[0]!;
  const { id } = await sien();
  const lui = { id: `eq.${id}` };
  for (const pas of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
    const corps = { statut: pas };
    await faire({
      methode: "PATCH",
      chemin: "cours_de_route",
      parametres: { ...lui, select: "id" },
      corps,
      rend: true,
      une: true,
    });
    const lu = await sien();
    await faire({
      methode: "PATCH",
      chemin: "cours_de_route",
      parametres: lui,
      corps: Object.fromEntries(SAISIS.map((champ) => [champ, lu[champ]])),
    });
    assert.deepEqual({ ...await sien(), updated_at: null }, { ...lu, updated_at: null }, `${c.role}, ${pas}`);
  }

  const avant = await stock();
  await ecrire("receptions", {
    cours_de_route_id: id,
    citerne_id: c.citerne,
    produit_id: c.produit,
    index_avant: 0,
    index_apres: VOLUME_L,
    volume_ambiant: VOLUME_L,
    temperature_ambiante_c: 24,
    densite_observee_kgm3: 835,
    proprietaire_type: "MONALUXE",
    date_reception: c.jour,
  });
  assert.equal((await sien()).statut, "DECHARGE");
  assert.equal(await stock(), avant + VOLUME_L);

  const sortie = await ecrire("sorties_produit", {
    citerne_id: c.citerne,
    produit_id: c.produit,
    client_id: c.client,
    partenaire_id: null,
    index_avant: 100,
    index_apres: 100 + SORTIE_L,
    volume_ambiant: SORTIE_L,
    volume_corrige_15c: SORTIE_L * (1 - 0.00065 * 9),
    temperature_ambiante_c: 24,
    densite_a_15_kgm3: 0.83,
    proprietaire_type: "MONALUXE",
    statut: "validee",
    date_sortie: new Date().toISOString(),
  });
  const [ecrite] = await lire("sorties_produit", { id: `eq.${sortie.id}` });
  assert.equal(ecrite!.statut, valide ? "validee" : "brouillon", c.role);
  assert.equal(await stock(), avant + VOLUME_L - (valide ? SORTIE_L : 0), c.role);
}

/** Writings that no answer follows, as somebody who may not: a screen that hears no error says that it is done. */
export async function ecrituresMuettes(c: Contexte, camion: string): Promise<string[]> {
  const tues: string[] = [];
  const parametres = { id: `eq.${camion}` };
  for (
    const requete of [
      { methode: "PATCH", chemin: "cours_de_route", parametres, corps: { note: c.role } },
      { methode: "PATCH", chemin: "cours_de_route", parametres, corps: { fournisseur_lot_id: null } },
      { methode: "DELETE", chemin: "cours_de_route", parametres },
      { methode: "DELETE", chemin: "fournisseur_lot", parametres: { id: `eq.${c.lot}` } },
      {
        methode: "PATCH",
        chemin: "system_alerts",
        parametres: { id: `eq.${await c.alerte()}` },
        corps: { status: "ACK" },
      },
      {
        methode: "PATCH",
        chemin: "sorties_produit",
        parametres: { id: `eq.${c.sortie}` },
        corps: { note: c.role },
      },
      {
        methode: "PATCH",
        chemin: "profils",
        parametres: { id: `eq.${c.profil}` },
        corps: { nom_complet: c.role },
      },
    ] as const
  ) {
    const { statut } = await demander(requete, c.jeton);
    if (statut < 300) tues.push(`${c.role} : ${requete.methode} ${requete.chemin} → ${statut}`);
  }
  return tues;
}

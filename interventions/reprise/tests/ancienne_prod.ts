// The old PROD, built from its column facts and filled with a history that holds every anomaly the takeover knows.
import postgres from "postgres";
import { emptyProject } from "../../../tests/support/base.ts";
import { createAccount } from "../../../ops/pile/demo_users.ts";
import { ANCIENNE, colonnesConnues } from "../ancienne/ancienne_base.ts";
import { empreinteDe } from "./scene.ts";

type Ligne = Record<string, unknown>;

export const DEPOT = "11111111-1111-1111-1111-111111111111";
export const ESSENCE = "640cf7ec-1616-4503-a484-0a61afb20005";
export const GASOIL = "22222222-2222-2222-2222-222222222222";
export const TANKS = [
  "57da330a-1305-4582-be45-ceab0f1aa795",
  "905b3104-0324-4b5c-ba3d-ae1019746c70",
  "7bf64a46-ca77-4857-af89-2e14d9128473",
  "91d2078b-8e19-43c2-bf33-322a42cd4e94",
  "a76a08a6-9017-421e-b5d3-afe8129a8f9d",
  "6f3e0b4c-abfc-4b67-aaa0-2ca20a59ae1a",
];
const TANK4 = TANKS[3]!;
const FANTOME = "33333333-3333-3333-3333-333333333333";
const FANTOME_VIDE = "44444444-4444-4444-4444-444444444444";
export const J0 = { ambiant: 79_737, a15: 79_202.7621, jour: "2026-02-05" };
export const MOT_DE_PASSE = "un mot de passe d'avant";

/** The same every time: a failure can be looked at again. */
let graine = 42;
const hasard = () => (graine = (graine * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;

let rang = 0;
const id = () => {
  rang++;
  const hex = rang.toString(16).padStart(12, "0");
  return `${(rang % 65536).toString(16).padStart(8, "a")}-0000-4000-8000-${hex}`;
};

export interface Ancienne {
  nom: string;
  url: string;
  base: postgres.Sql;
  lignes: Map<string, Ligne[]>;
  admin: string;
  gerant: string;
  empreinte(): Promise<string>;
}

const moment = (jour: string, minutes = 0) =>
  new Date(Date.parse(`${jour}T06:00:00Z`) + minutes * 60_000).toISOString();
const jourApres = (jour: string, jours: number) =>
  new Date(Date.parse(`${jour}T00:00:00Z`) + jours * 86_400_000).toISOString().slice(0, 10);

class Histoire {
  readonly lignes = new Map<string, Ligne[]>(Object.keys(ANCIENNE).map((table) => [table, []]));
  readonly cumuls = new Map<string, { ambiant: number; a15: number; jour: string }>();

  constructor(readonly admin: string, readonly gerant: string) {}

  poser(table: string, ligne: Ligne): string {
    const posee = { id: id(), created_at: moment("2026-01-10"), ...ligne };
    this.lignes.get(table)!.push(posee);
    return posee.id as string;
  }

  compter(
    citerne: string,
    produit: string,
    proprietaire: string,
    ambiant: number,
    a15: number,
    jour: string,
  ) {
    const cle = `${citerne} ${produit} ${proprietaire}`;
    const cumul = this.cumuls.get(cle) ?? { ambiant: 0, a15: 0, jour };
    this.cumuls.set(cle, { ambiant: cumul.ambiant + ambiant, a15: cumul.a15 + a15, jour });
  }

  camion(ligne: Ligne = {}): string {
    return this.poser("cours_de_route", {
      fournisseur_id: FOURNISSEUR,
      depot_destination_id: DEPOT,
      produit_id: GASOIL,
      plaque_camion: `CD${rang}KT`,
      date_chargement: "2026-01-02",
      volume: "39000",
      statut: "DECHARGE",
      ...ligne,
    });
  }

  recevoir(jour: string, ligne: Ligne = {}): string {
    const ambiant = (ligne.volume_ambiant as number | undefined) ?? 38_000 + Math.floor(hasard() * 1500);
    const a15 = ambiant * (0.9925 + hasard() / 1000);
    const posee: Ligne = {
      cours_de_route_id: "cours_de_route_id" in ligne
        ? ligne.cours_de_route_id
        : this.camion({ date_chargement: jour }),
      citerne_id: TANKS[0],
      produit_id: GASOIL,
      proprietaire_type: "MONALUXE",
      index_avant: 0,
      index_apres: ambiant,
      volume_ambiant: ambiant,
      volume_observe: ambiant,
      volume_15c: a15,
      volume_corrige_15c: a15,
      temperature_ambiante_c: 22.5,
      densite_a_15_kgm3: 843.4,
      statut: "validee",
      created_by: this.gerant,
      date_reception: jour,
      created_at: moment(jour),
      ...ligne,
    };
    const cle = this.poser("receptions", posee);
    if (posee.statut === "validee") {
      const compte = (posee.volume_15c ?? posee.volume_corrige_15c ?? 0) as number;
      const proprietaire = (posee.proprietaire_type as string | null) ?? "MONALUXE";
      this.compter(
        posee.citerne_id as string,
        GASOIL,
        proprietaire,
        posee.volume_ambiant as number,
        compte,
        jour,
      );
      this.tracer("RECEPTION_VALIDE", "receptions", cle, posee, jour);
    }
    return cle;
  }

  sortir(jour: string, ligne: Ligne = {}): string {
    const ambiant = (ligne.volume_ambiant as number | undefined) ?? 12_000 + Math.floor(hasard() * 900);
    const a15 = ambiant * (0.992 + hasard() / 1000);
    const posee: Ligne = {
      citerne_id: TANKS[0],
      produit_id: GASOIL,
      client_id: CLIENT,
      proprietaire_type: "MONALUXE",
      volume_ambiant: ambiant,
      volume_15c: a15,
      volume_corrige_15c: a15,
      temperature_ambiante_c: 24.1,
      densite_a_15: 0.8434,
      statut: "validee",
      plaque_camion: "AB 1234",
      chauffeur_nom: "Ilunga",
      created_by: this.gerant,
      validated_by: this.admin,
      date_sortie: moment(jour, 90),
      created_at: moment(jour, 90),
      ...ligne,
    };
    const cle = this.poser("sorties_produit", posee);
    if (posee.statut === "validee") {
      this.compter(
        posee.citerne_id as string,
        GASOIL,
        (posee.proprietaire_type as string | null) ?? "MONALUXE",
        -(posee.volume_ambiant as number),
        -((posee.volume_15c ?? posee.volume_corrige_15c ?? 0) as number),
        jour,
      );
      this.tracer("SORTIE_VALIDEE", "sorties", cle, posee, jour);
    }
    return cle;
  }

  tracer(action: string, module: string, cible: string, ligne: Ligne, jour: string): void {
    this.poser("log_actions", {
      user_id: this.gerant,
      action,
      module,
      niveau: "INFO",
      cible_id: cible,
      details: {
        citerne_id: ligne.citerne_id,
        volume_ambiant: ligne.volume_ambiant,
        volume_15c: ligne.volume_15c,
        date_jour: jour,
      },
      created_at: ligne.created_at,
    });
  }
}

const CLIENT = "aaaaaaaa-0000-4000-8000-000000000001";
const FOURNISSEUR = "aaaaaaaa-0000-4000-8000-000000000002";
export const PARTENAIRE = "aaaaaaaa-0000-4000-8000-000000000003";

function referentiels(h: Histoire): void {
  h.poser("depots", { id: DEPOT, nom: "Dépôt Daipn", adresse: "Route Kipushi" });
  h.poser("produits", { id: GASOIL, nom: "Gasoil/AGO", code: "G.O", actif: true });
  h.poser("produits", { id: ESSENCE, nom: "Essence", code: null, actif: true });
  TANKS.forEach((tank, n) =>
    h.poser("citernes", {
      id: tank,
      depot_id: DEPOT,
      produit_id: GASOIL,
      nom: `TANK${n + 1}`,
      capacite_totale: n < 4 ? 500_000 : 300_000,
      capacite_securite: 0,
      localisation: "Nord",
      statut: "active",
    })
  );
  h.poser("clients", { id: CLIENT, nom: "Client Lushi", telephone: "+243 000" });
  h.poser("fournisseurs", { id: FOURNISSEUR, nom: "Moil", email: "vente@moil.test" });
  h.poser("partenaires", { id: PARTENAIRE, nom: "Partenaire Sud" });
  h.poser("profils", { user_id: h.admin, nom_complet: "Admin", role: "admin", depot_id: DEPOT });
  h.poser("profils", { user_id: h.gerant, nom_complet: "Gérant", role: "gerant", depot_id: DEPOT });
}

/** What PROD itself holds in April 2026: its opening stock, its trucks, its réceptions. */
function prod(h: Histoire): void {
  h.compter(TANK4, GASOIL, "MONALUXE", J0.ambiant, J0.a15, J0.jour);
  h.poser("log_actions", {
    user_id: null,
    action: "STOCK_INITIAL_DECLARE",
    module: "stocks",
    niveau: "CRITICAL",
    details: {
      actor: "psql-admin",
      citerne_id: TANK4,
      produit_id: GASOIL,
      proprietaire_type: "MONALUXE",
      stock_ambiant: J0.ambiant,
      stock_15c: J0.a15,
      date_jour: J0.jour,
    },
    created_at: moment(J0.jour),
  });
  for (let n = 0; n < 8; n++) {
    h.recevoir(jourApres("2026-02-06", n), { citerne_id: n % 2 ? TANK4 : TANKS[0] });
  }
  h.sortir("2026-02-20", { citerne_id: TANK4 });
  for (const statut of ["CHARGEMENT", "TRANSIT", "FRONTIERE", "ARRIVE"]) h.camion({ statut });
}

/** Every anomaly, each in a row or two of its own. */
function anomalies(h: Histoire): void {
  const { poser } = { poser: h.poser.bind(h) };
  // Reference data
  poser("clients", { nom: "client  LUSHI " });
  poser("clients", { nom: " " });
  poser("clients", { nom: "Clïent-Lushi" });
  poser("clients", { nom: "Écrit on ne sait quand", created_at: null });
  poser("fournisseurs", { nom: "Écrit à jamais", created_at: "infinity" });
  poser("clients", { nom: "Κλιεντ" });
  poser("partenaires", { nom: "Par\u202etenaire", telephone: "+243\u00079" });
  poser("fournisseurs", { nom: "D'un autre temps", created_at: "0026-11-26T00:00:00Z" });
  poser("fournisseurs", { nom: "Bavard", note_supplementaire: "é".repeat(2500) });
  poser("citernes", {
    id: FANTOME,
    depot_id: DEPOT,
    produit_id: GASOIL,
    nom: "TANK TEST",
    capacite_totale: 50_000,
    capacite_securite: 0,
    statut: "active",
  });
  poser("citernes", {
    id: FANTOME_VIDE,
    depot_id: DEPOT,
    produit_id: GASOIL,
    nom: "TANK STAGING 1",
    capacite_totale: 50_000,
    capacite_securite: 0,
    statut: "active",
  });
  for (
    const [nom, capacite_totale] of [["CUVE NAN", "NaN"], ["CUVE SANS FOND", "Infinity"], [
      "CUVE DE MOINS",
      -5,
    ]]
  ) {
    const citerne = { depot_id: DEPOT, produit_id: GASOIL, capacite_securite: "NaN", statut: "Maintenance" };
    const citerne_id = poser("citernes", { ...citerne, nom, capacite_totale });
    h.recevoir("2026-03-04", { citerne_id, volume_ambiant: 700, created_at: "infinity" });
  }
  const sansDepot = poser("citernes", {
    depot_id: null,
    produit_id: GASOIL,
    nom: "CUVE 7",
    capacite_totale: 40_000,
    capacite_securite: 50_000,
    statut: null,
  });
  poser("profils", { user_id: null, nom_complet: "Sans compte", role: "lecture", depot_id: DEPOT });
  poser("profils", { user_id: h.admin, nom_complet: "En double", role: "pca", depot_id: null });
  // Trucks
  h.camion({
    fournisseur_id: null,
    depot_destination_id: null,
    produit_id: null,
    volume: null,
    statut: "TRANSIT",
    plaque_camion: "VIDE1",
  });
  const lot = { fournisseur_id: FOURNISSEUR, produit_id: GASOIL, reference: "LOT-2026-01", statut: "ouvert" };
  const ouvert = poser("fournisseur_lot", lot);
  poser("fournisseur_lot", { ...lot, reference: "lot-2026-01 ", statut: "OUVERT" });
  h.camion({ statut: "TRANSIT", plaque_camion: "LOT1", fournisseur_lot_id: ouvert });
  h.camion({ statut: "TRANSIT", plaque_camion: "LOT2", fournisseur_lot_id: id() });
  h.camion({ statut: "TRANSIT", plaque_camion: "AA 111-BB" });
  for (const statut of ["déchargé", "En transit", "ARRIVÉE", "annulé"]) h.camion({ statut, volume: "NaN" });
  h.camion({ statut: "ARRIVE", plaque_camion: "aa111bb" });
  h.camion({ statut: "TRANSIT", plaque_camion: "АА222ВВ" });
  // Réceptions
  const j = "2026-03-0";
  h.recevoir(`${j}1`, { cours_de_route_id: null });
  h.recevoir(`${j}1`, {
    cours_de_route_id: null,
    proprietaire_type: "PARTENAIRE",
    partenaire_id: PARTENAIRE,
    citerne_id: TANKS[1],
  });
  const deuxFois = h.camion({ statut: "ARRIVE", plaque_camion: "DEUXFOIS1" });
  h.recevoir(`${j}2`, { cours_de_route_id: deuxFois });
  h.recevoir(`${j}3`, { cours_de_route_id: deuxFois });
  h.recevoir(`${j}3`, { volume_15c: null, volume_corrige_15c: null, densite_a_15_kgm3: null });
  h.recevoir(`${j}3`, { volume_15c: 38_111.5, volume_corrige_15c: 38_100, temperature_ambiante_c: 850 });
  h.recevoir(`${j}3`, { created_by: null, densite_a_15_kgm3: 0.84 });
  h.recevoir(`${j}3`, { created_by: "dddddddd-0000-4000-8000-000000000009", proprietaire_type: null });
  h.recevoir(`${j}4`, { produit_id: ESSENCE });
  h.recevoir(`${j}4`, { proprietaire_type: "PARTENAIRE", citerne_id: TANKS[1] });
  h.recevoir("2019-03-04", { created_at: moment(`${j}4`) });
  h.recevoir(`${j}4`, { citerne_id: FANTOME, volume_ambiant: 1000 });
  h.recevoir(`${j}4`, { citerne_id: id(), volume_ambiant: 77 });
  h.recevoir(`${j}4`, { volume_ambiant: 0, volume_15c: 0 });
  h.recevoir(`${j}4`, { statut: "rejetee" });
  h.recevoir(`${j}4`, { statut: "VALIDEE", densite_a_15_kgm3: null, densite_a_15_g_cm3: 0.8421 });
  h.sortir(`${j}4`, { statut: "Rejetée", volume_ambiant: -3 });
  for (const volume_ambiant of ["NaN", "Infinity", 1e300, -5]) {
    poser("receptions", {
      citerne_id: TANKS[1],
      produit_id: GASOIL,
      proprietaire_type: "MONALUXE",
      volume_ambiant,
      index_apres: 1e300,
      statut: "validee",
      date_reception: `${j}4`,
    });
  }
  const corrigee = h.recevoir(`${j}4`, { citerne_id: TANKS[2] });
  h.cumuls.forEach((cumul, cle) => {
    if (!h.lignes.get("citernes")!.some(({ id }) => cle.startsWith(id as string))) h.cumuls.delete(cle);
    else if (cle.startsWith(FANTOME)) cumul.jour = `${j}4`;
  });
  // Sorties
  h.sortir(`${j}5`, { validated_by: null });
  h.sortir(`${j}5`, { client_id: null });
  h.sortir(`${j}5`, { date_sortie: null });
  h.sortir(`${j}5`, { statut: "brouillon" });
  h.sortir(`${j}5`, { statut: "rejetee" });
  // Out of a tank before what filled it, and out of one that never had it.
  h.sortir(`${j}5`, { citerne_id: TANKS[4], volume_ambiant: 20_000 });
  h.recevoir(`${j}7`, { citerne_id: TANKS[4], volume_ambiant: 35_000 });
  // More than the small tank takes, until it is drawn down.
  h.recevoir(`${j}6`, { citerne_id: sansDepot, volume_ambiant: 38_000 });
  h.recevoir(`${j}6`, { citerne_id: sansDepot, volume_ambiant: 6000 });
  h.sortir(`${j}8`, { citerne_id: sansDepot, volume_ambiant: 9000 });
  // Adjustments
  const ajuster = (ligne: Ligne) =>
    poser("stocks_adjustments", {
      mouvement_type: "RECEPTION",
      mouvement_id: corrigee,
      delta_ambiant: 10,
      delta_15c: 10,
      reason: "écart constaté à la jauge du matin",
      created_by: h.admin,
      created_at: moment(`${j}9`),
      depot_id: DEPOT,
      citerne_id: TANKS[2],
      produit_id: GASOIL,
      proprietaire_type: "MONALUXE",
      ...ligne,
    });
  ajuster({});
  ajuster({ reason: "écart", delta_ambiant: -2.123456789012, delta_15c: -2 });
  ajuster({ delta_ambiant: 0, delta_15c: 0 });
  ajuster({ mouvement_id: id() });
  ajuster({ delta_15c: "NaN" });
  h.compter(TANKS[1]!, ESSENCE, "MONALUXE", 700, 699, `${j}9`);
  h.cumuls.set(`${TANKS[5]} ${GASOIL} MONALUXE`, { ambiant: NaN, a15: 5, jour: `${j}9` });
  // Dips and log
  poser("prises_de_hauteur", {
    citerne_id: TANK4,
    volume_mesure: 150_000,
    note: "pige du matin",
    created_at: moment(`${j}9`),
  });
  poser("prises_de_hauteur", { citerne_id: null, volume_mesure: 1 });
  poser("prises_de_hauteur", { citerne_id: TANK4, volume_mesure: "NaN" });
  poser("log_actions", {
    action: "CONNEXION",
    module: "auth",
    niveau: "DEBUG",
    details: null,
    user_id: h.gerant,
  });
  for (const created_at of ["infinity", "2035-01-01T00:00:00Z", null]) {
    poser("log_actions", { action: "AUTRE TEMPS", module: "auth", niveau: "INFO", details: {}, created_at });
  }
  poser("log_actions", { action: "LISTE", module: "auth", niveau: "INFO", details: [1, 2], user_id: null });
  // Stock that only the snapshot knows, and one it has wrong.
  h.compter(TANKS[5]!, GASOIL, "PARTENAIRE", 12_000, 11_900, `${j}9`);
  h.compter(TANKS[2]!, GASOIL, "MONALUXE", 55.5, 54.25, `${j}9`);
}

function etats(h: Histoire): void {
  for (const [cle, { ambiant, a15, jour }] of h.cumuls) {
    const [citerne_id, produit_id, proprietaire_type] = cle.split(" ");
    h.lignes.get("stocks_snapshot")!.push({
      citerne_id,
      produit_id,
      proprietaire_type,
      depot_id: DEPOT,
      stock_ambiant: String(ambiant),
      stock_15c: String(a15),
      last_movement_at: moment(jour, 90),
      updated_at: moment(jour, 90),
    });
    // The day's movement where the stock at its end was meant.
    h.lignes.get("stocks_journaliers")!.push({
      citerne_id,
      produit_id,
      proprietaire_type,
      depot_id: DEPOT,
      date_jour: jour,
      stock_ambiant: ambiant / 2,
      stock_15c: a15 / 2,
      source: "SORTIE",
    });
  }
}

/** Two years of a busy depot: each truck in, three out, in tanks that never run dry nor over. */
function annees(h: Histoire, mouvements: number): void {
  const parJour = Math.ceil(mouvements / 700);
  for (let n = 0; n < mouvements; n++) {
    const jour = jourApres("2024-02-01", Math.floor(n / parJour));
    const tour = Math.floor(n / 4);
    const citerne_id = TANKS[tour % 3];
    const created_at = moment(jour, n % parJour);
    if (n % 4 === 0) h.recevoir(jour, { citerne_id, volume_ambiant: 38_000 + hasard() * 1000, created_at });
    else {h.sortir(jour, {
        citerne_id,
        volume_ambiant: 12_000 + hasard() * 300,
        created_at,
        date_sortie: created_at,
      });}
  }
}

/** Anything beside the takeover's own tables. */
const AUTRES = `
  create table public.system_alerts (id uuid primary key, type text, message text);
  insert into public.system_alerts values ('eeeeeeee-0000-4000-8000-000000000001', 'STOCK', 'écart');
  alter table public.receptions add column depot_id uuid;
  update public.receptions set depot_id = '${DEPOT}' where volume_ambiant = 77;
  create table public.stocks_journaliers_bak as select * from public.stocks_journaliers;`;

export async function ancienneProd(nom: string, mouvements = 0): Promise<Ancienne> {
  const url = await emptyProject(nom);
  const base = postgres(url, { max: 3, onnotice: () => {} });
  for (const table of Object.keys(ANCIENNE)) {
    const colonnes = Object.entries(colonnesConnues(table)).map(([colonne, type]) => `${colonne} ${type}`);
    await base.unsafe(`create table public.${table} (${colonnes.join(", ")})`);
  }
  const admin = (await createAccount(base, "admin@ancienne.test", MOT_DE_PASSE))!.id;
  const gerant = (await createAccount(base, "gerant@ancienne.test", MOT_DE_PASSE))!.id;
  const perdu = (await createAccount(base, "perdu@ancienne.test", MOT_DE_PASSE))!.id;
  await createAccount(base, "oublie@ancienne.test", MOT_DE_PASSE);
  const h = new Histoire(admin, gerant);
  referentiels(h);
  h.poser("profils", { user_id: perdu, nom_complet: "Perdu", role: "chef", depot_id: null });
  annees(h, mouvements);
  prod(h);
  anomalies(h);
  etats(h);
  for (const [table, lignes] of h.lignes) {
    for (let debut = 0; debut < lignes.length; debut += 5000) {
      await base.unsafe(
        `insert into public.${table} select * from json_populate_recordset(null::public.${table}, $1::text::json)`,
        [JSON.stringify(lignes.slice(debut, debut + 5000))],
      );
    }
  }
  await base.unsafe(AUTRES).simple();
  return { nom, url, base, lignes: h.lignes, admin, gerant, empreinte: () => empreinteDe(base) };
}

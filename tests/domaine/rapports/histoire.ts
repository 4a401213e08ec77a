// A depot and whatever may happen there, back-dated as people do: written in one transaction, as those who may.
import fc from "fast-check";
import type postgres from "postgres";
import { createUser } from "../../../ops/pile/demo_users.ts";

export type Tx = postgres.TransactionSql;

export interface Depot {
  id: string;
  zone: string;
  admin: string;
  citernes: [string, string];
  produit: string;
  clients: [string, string];
  partenaire: string;
  fournisseur: string;
}

const GENRES = [
  ...[
    "camion",
    "reception",
    "reception",
    "sortie",
    "sortie",
    "sortie",
    "brouillon",
    "validation",
    "transfert",
  ],
  ...["cession", "ajustement", "prise", "regularisation", "nom"],
] as const;

export interface Acte {
  genre: (typeof GENRES)[number];
  citerne: 0 | 1;
  /** Ours, or the partner's. */
  nous: boolean;
  client: 0 | 1;
  /** Thousandths of what is there, for what leaves. */
  part: number;
  celsius: number;
  /** How many days ago. */
  recul: number;
}

export const RECULS = 4;
export const ACTE: fc.Arbitrary<Acte> = fc.record<Acte>({
  genre: fc.constantFrom(...GENRES),
  citerne: fc.constantFrom(0, 1),
  nous: fc.boolean(),
  client: fc.constantFrom(0, 1),
  part: fc.integer({ min: 1, max: 400 }),
  celsius: fc.integer({ min: 50, max: 400 }).map((dixiemes) => dixiemes / 10),
  recul: fc.integer({ min: 0, max: RECULS }),
});

/** What the rules may say to a history that nobody made sense of. Anything else is a bug. */
const REFUS = [
  ...["INSUFFICIENT_STOCK", "STOCK_FUTUR_NEGATIF", "SORTIE_STOCK_INTROUVABLE", "SORTIE_CAPACITE_SECURITE"],
  ...["CITERNE_PLEINE", "AJUSTEMENT_EXCESSIF", "FACTEUR_HORS_BORNES", "PARTENAIRE_SOLDE_INSUFFISANT"],
  ...["MOUVEMENT_AVANT_STOCK_INITIAL", "VOLUME_TROP_PETIT", "SNAPSHOT_VIDE", "REGULARISATION_DEPASSEE"],
  ...[
    "REGULARISATION_SANS_ECART",
    "INVALID_ID_OR_STATE",
    "JAUGE_SUPERIEURE_CAPACITE",
    "REGULARISATION_DEJA_FAITE",
  ],
  ...["VOLUME_AMBIANT_NON_POSITIF", "DATE_FUTURE"],
];

export async function ouvrir(sql: postgres.Sql, zone: string): Promise<Depot> {
  const insert = async (table: string, row: Record<string, string | number>): Promise<string> =>
    (await sql`insert into ${sql(`public.${table}`)} ${sql(row)} returning id`)[0]!.id;
  const [nom] = crypto.randomUUID().split("-");
  const id = await insert("depots", { nom: `Dépôt ${nom}`, fuseau: zone });
  const produit = await insert("produits", { nom: `Gasoil ${nom}`, code: nom! });
  const citerne = (nom: string) =>
    insert("citernes", {
      depot_id: id,
      produit_id: produit,
      nom,
      capacite_totale: 300_000,
      capacite_securite: 100,
    });
  await createUser(sql, {
    email: `${nom}@essai.test`,
    password: "x",
    role: "admin",
    depotId: id,
    nom: `Admin ${nom}`,
  });
  const [{ user_id: admin }] = await sql<[{ user_id: string }]>`
    select user_id from public.profils where depot_id = ${id}`;
  return {
    id,
    zone,
    admin,
    produit,
    citernes: [await citerne("A"), await citerne("B")],
    clients: [await insert("clients", { nom: `Un ${nom}` }), await insert("clients", { nom: `Deux ${nom}` })],
    partenaire: await insert("partenaires", { nom: `Partenaire ${nom}` }),
    fournisseur: await insert("fournisseurs", { nom: `Fournisseur ${nom}` }),
  };
}

export const seDire = (tx: Tx, d: Depot) =>
  tx`select set_config('request.jwt.claims',
       ${JSON.stringify({ sub: d.admin, role: "authenticated", aal: "aal2" })}, true)`;

const ilYA = (tx: Tx, d: Depot, jours: number) => tx`(private.jour_au_depot(${d.id}, now()) - ${jours}::int)`;
const ce_qui_part = (tx: Tx, d: Depot, a: Acte) =>
  tx`(select greatest(1, round(coalesce(sum(s.stock_ambiant), 0) * ${a.part} / 1000)) from public.stocks_snapshot s
       where s.citerne_id = ${d.citernes[a.citerne]}
         and s.proprietaire_type = ${a.nous ? "MONALUXE" : "PARTENAIRE"})`;
/** At the very first and last moments of a day, too: never later than now. */
const moment = (tx: Tx, d: Depot, a: Acte) =>
  tx`least(now(), (${ilYA(tx, d, a.recul)} + (case ${a.part}::int % 3 when 0 then time '00:00' when 1
       then time '23:59:59.999999' else time '12:00' end))::timestamp at time zone ${d.zone})`;

const sortie = (tx: Tx, d: Depot, a: Acte) =>
  tx<[{ id: string }]>`
    insert into public.sorties_produit (citerne_id, proprietaire_type, partenaire_id, client_id, volume_ambiant,
      temperature_ambiante_c, densite_a_15_kgm3, date_sortie)
    values (${d.citernes[a.citerne]}, ${a.nous ? "MONALUXE" : "PARTENAIRE"}, ${
    a.nous ? null : d.partenaire
  }, ${d.clients[a.client]}, ${ce_qui_part(tx, d, a)}, ${a.celsius}, 840, ${moment(tx, d, a)}) returning id`;

const FAIRE: Record<Acte["genre"], (tx: Tx, d: Depot, a: Acte) => Promise<unknown>> = {
  camion: async (tx, d, a) => {
    const [{ id }] = await tx<[{ id: string }]>`
      insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
      values (${d.fournisseur}, ${d.id}, ${d.produit}, ${crypto.randomUUID().slice(0, 8)}, ${
      a.part * 100
    }) returning id`;
    for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"].slice(0, a.part % 4)) {
      await tx`update public.cours_de_route set statut = ${statut}, note = 'vu' where id = ${id}`;
    }
    if (a.part % 4 < 3) return;
    const charge = { bl_numero: `BL ${a.part}`, date_bl: "2026-01-05", base: "L15", quantite: a.part * 100 };
    if (a.part % 3) await tx`select public.enregistrer_chargement(${id}, ${tx.json(charge)})`;
    // One truck in two tanks, the second on the day after: at times of the next month.
    const recues = a.nous
      ? [[a.recul, 0.5], [Math.max(a.recul - 1, 0), 0.5]] as const
      : [[a.recul, 1]] as const;
    await tx`
      insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c,
        densite_a_15_kgm3, date_reception)
      select ${id}, x.citerne::uuid, x.litres, ${a.celsius}, 840, private.jour_au_depot(${d.id}, now()) - x.recul
        from jsonb_to_recordset(${
      tx.json(
        recues.map(([recul, part], i) => ({
          citerne: d.citernes[i ? 1 - a.citerne : a.citerne]!,
          recul,
          litres: a.part * 100 * part,
        })),
      )
    }) x (citerne text, recul int, litres numeric)`;
  },
  reception: (tx, d, a) =>
    tx`
    insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant,
      temperature_ambiante_c, densite_a_15_kgm3, date_reception)
    values (${d.citernes[a.citerne]}, 'PARTENAIRE', ${d.partenaire}, ${a.part * 40}, ${a.celsius}, 840,
      ${ilYA(tx, d, a.recul)})`,
  sortie: async (tx, d, a) => {
    const [{ id }] = await sortie(tx, d, a);
    await tx`select public.validate_sortie(${id})`;
  },
  brouillon: (tx, d, a) => sortie(tx, d, a),
  validation: (tx, d) =>
    tx`select public.validate_sortie(s.id) from (
         select id from public.sorties_produit where depot_id = ${d.id} and statut = 'brouillon' limit 1) s`,
  transfert: (tx, d, a) =>
    tx`
    insert into public.transferts (citerne_source_id, citerne_destination_id, proprietaire_type, volume_ambiant,
      temperature_ambiante_c, densite_a_15_kgm3, date_jour)
    values (${d.citernes[a.citerne]}, ${d.citernes[1 - a.citerne]!}, ${a.nous ? "MONALUXE" : "PARTENAIRE"},
      ${ce_qui_part(tx, d, a)}, ${a.celsius}, 840, ${ilYA(tx, d, a.recul)})`,
  cession: (tx, d, a) =>
    tx`select public.ceder(${d.citernes[a.citerne]}, ${d.partenaire},
         ${a.nous ? "VERS_PARTENAIRE" : "VERS_MONALUXE"}, 'VENTE', ${ce_qui_part(tx, d, a)}, 'un arrangement',
         p_date_jour => ${ilYA(tx, d, a.recul)})`,
  ajustement: (tx, d, a) =>
    tx`
    insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
    select 'RECEPTION', r.id, ${a.part - 200.5}::numeric / 10, ${
      a.part - 200.5
    }::numeric / 10, 'une mesure relue'
      from public.receptions r where r.depot_id = ${d.id} order by md5(r.id::text || ${a.part}) limit 1`,
  prise: (tx, d, a) =>
    tx`insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c, densite_a_15_kgm3, mesuree_le)
       select ${d.citernes[a.citerne]}, greatest(0, coalesce(sum(s.stock_ambiant), 0) + ${
      a.part - 200
    }), ${a.celsius}, 840, ${a.nous ? null : new Date(Date.now() - a.recul * 7_200_000)}
         from public.stocks_snapshot s where s.citerne_id = ${d.citernes[a.citerne]}`,
  regularisation: (tx, d) =>
    tx`select public.regulariser(p.id, 'écart du jaugeage') from (
         select id from public.prises_de_hauteur where depot_id = ${d.id} order by id desc limit 1) p`,
  nom: async (tx, d, a) => {
    await tx`update public.clients set nom = nom || '*' where id = ${d.clients[a.client]}`;
    await tx`update public.citernes set nom = nom || '*' where id = ${d.citernes[a.citerne]}`;
  },
};

/** Does what the rules let be done of it, and counts it. */
export async function jouer(tx: Tx, d: Depot, actes: Acte[], faits: Map<string, number>): Promise<void> {
  for (const acte of actes) {
    await tx.savepoint(async (essai) => {
      await FAIRE[acte.genre](essai, d, acte);
      faits.set(acte.genre, (faits.get(acte.genre) ?? 0) + 1);
    }).catch((error) => {
      if (!REFUS.includes(error.message)) throw error;
    });
  }
}

export const exigerTousLesGenres = (faits: Map<string, number>) =>
  [...new Set(GENRES)].filter((genre) => !faits.get(genre));

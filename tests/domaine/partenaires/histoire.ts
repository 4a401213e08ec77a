// What partners may do at a depot of a test's own, drawn as histories: each act, and what the rules may say to it.
import fc from "fast-check";
import type postgres from "postgres";
import { createUser } from "../../../ops/pile/demo_users.ts";

export interface Depot {
  admin: string;
  citernes: [string, string];
  client: string;
  depot: string;
  produit: string;
  partenaires: [string, string, string];
}
interface Acte {
  genre:
    | "reception"
    | "sortie"
    | "transfert"
    | "ajustement"
    | "compensation"
    | "initial"
    | "attribution"
    | "regularisation"
    | "cession"
    | "pret"
    | "camion prete";
  citerne: 0 | 1;
  qui: 0 | 1 | 2;
  /** Litres of what comes; of what is there, thousandths, for what leaves. */
  part: number;
  celsius: number;
  jour: number;
}

export const NOM = "essai_partenaires";
const jour = (recul: number) => new Date(Date.now() - recul * 86_400_000).toISOString().slice(0, 10);

export async function ouvrir(sql: postgres.Sql): Promise<Depot> {
  const insert = async (table: string, row: Record<string, string | number>): Promise<string> =>
    (await sql`insert into ${sql(`public.${table}`)} ${sql(row)} returning id`)[0]!.id;
  const depot = await insert("depots", { nom: "Essai", code: "ESSAI" });
  const produit = await insert("produits", { nom: "Gasoil", code: "G.O" });
  const citerne = (nom: string) =>
    insert("citernes", { depot_id: depot, produit_id: produit, nom, capacite_totale: 10_000_000 });
  const partenaire = (nom: string) => insert("partenaires", { nom });
  await createUser(sql, {
    email: "admin@essai.test",
    password: "x",
    role: "admin",
    depotId: depot,
    nom: "admin",
  });
  await sql`update public.feature_flags set enabled = true where key = 'astm_53b'`;
  const [{ admin }] = await sql<[{ admin: string }]>`select user_id as admin from public.profils`;
  const citernes: [string, string] = [await citerne("A"), await citerne("B")];
  // What Monaluxe has there to cede and to lend.
  await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
    await tx`
      select public.declarer_stock_initial(c, 'MONALUXE', 20100, 20000, 'un inventaire', ${jour(9)})
        from unnest(${citernes}::uuid[]) c`;
  });
  return {
    depot,
    produit,
    citernes,
    client: await insert("clients", { nom: "Client" }),
    partenaires: [await partenaire("Un"), await partenaire("Deux"), await partenaire("Trois")],
    admin,
  };
}

export type Tx = postgres.TransactionSql;
export const FAIRE: Record<Acte["genre"], (tx: Tx, d: Depot, a: Acte) => Promise<unknown>> = {
  reception: (tx, d, a) =>
    tx`
    insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant,
      temperature_ambiante_c, densite_a_15_kgm3, date_reception)
    values (${d.citernes[a.citerne]}, 'PARTENAIRE', ${d.partenaires[a.qui]}, ${
      a.part * 40
    }, ${a.celsius}, 840,
      ${jour(a.jour)})`,
  sortie: async (tx, d, a) => {
    const [{ id }] = await tx<[{ id: string }]>`
      insert into public.sorties_produit (citerne_id, proprietaire_type, partenaire_id, client_id, volume_ambiant,
        temperature_ambiante_c, densite_a_15_kgm3, date_sortie)
      select ${d.citernes[a.citerne]}, 'PARTENAIRE', ${d.partenaires[a.qui]}, ${d.client},
             greatest(1, round(coalesce(sum(s.stock_ambiant), 0) * ${a.part} / 1000)), ${a.celsius}, 840, ${
      jour(a.jour)
    }
        from public.stocks_snapshot s
       where s.citerne_id = ${d.citernes[a.citerne]} and s.proprietaire_type = 'PARTENAIRE' returning id`;
    await tx`select public.validate_sortie(${id})`;
  },
  transfert: (tx, d, a) =>
    tx`
    insert into public.transferts (citerne_source_id, citerne_destination_id, proprietaire_type, volume_ambiant,
      temperature_ambiante_c, date_jour)
    select ${d.citernes[a.citerne]}, ${d.citernes[1 - a.citerne]!}, 'PARTENAIRE',
           greatest(1, round(coalesce(sum(s.stock_ambiant), 0) * ${a.part} / 1000)), ${a.celsius}, ${
      jour(a.jour)
    }
      from public.stocks_snapshot s
     where s.citerne_id = ${d.citernes[a.citerne]} and s.proprietaire_type = 'PARTENAIRE'`,
  ajustement: (tx, _d, a) =>
    tx`
    insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
    select m.mouvement_type, m.mouvement_id, ${a.part - 500.5} / 10.0, ${
      a.part - 500.5
    } / 10.0, 'une mesure relue'
      from public.v_mouvements_stock m
     where m.mouvement_type in ('RECEPTION', 'SORTIE', 'STOCK_INITIAL', 'TRANSFERT')
     order by md5(m.mouvement_id::text || ${a.part}) limit 1`,
  compensation: (tx, _d, a) =>
    tx`
    select private.compenser(m.mouvement_type, m.mouvement_id, 'un mouvement repris')
      from (select * from public.v_mouvements_stock m
             where m.mouvement_type in ('RECEPTION', 'SORTIE', 'STOCK_INITIAL')
             order by md5(m.mouvement_id::text || ${a.part}) limit 1) m`,
  initial: async (tx, d, a) => {
    const [{ id }] = await tx<[{ id: string }]>`
      select public.declarer_stock_initial(${d.citernes[a.citerne]}, 'PARTENAIRE', ${a.part * 30 + 1},
        ${a.part * 30}, 'un inventaire', ${jour(a.jour)}) as id`;
    await tx`
      select public.repartir_stock_initial(${id}, jsonb_build_array(
        jsonb_build_object('partenaire_id', ${d.partenaires[a.qui]}::uuid, 'volume_ambiant', ${
      a.part * 7
    }::numeric,
                           'volume_15c', ${a.part * 7}::numeric),
        jsonb_build_object('partenaire_id', ${d.partenaires[(a.qui + 1) % 3]!}::uuid, 'volume_ambiant', ${
      a.part * 5
    }::numeric,
                           'volume_15c', ${a.part * 4.999}::numeric)))`;
  },
  attribution: (tx, d, a) =>
    tx`
    select public.attribuer_stock_partenaire(${d.depot}, ${d.produit}, ${d.partenaires[a.qui]},
      round(c.solde_15c * ${a.part} / 1000, 3), 'un bon retrouvé', ${jour(a.jour)})
      from public.comptes_partenaires c where c.partenaire_id is null and c.solde_15c > 1`,
  regularisation: async (tx, d, a) => {
    const [{ id }] = await tx<[{ id: string }]>`
      insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c)
      select ${
      d.citernes[a.citerne]
    }, round(coalesce(sum(s.stock_ambiant), 0) * (990 + ${a.part} / 50.0) / 1000, 3),
             ${a.celsius}
        from public.stocks_snapshot s where s.citerne_id = ${d.citernes[a.citerne]} returning id`;
    await tx`select public.regulariser(${id}, 'écart de la jauge accepté')`;
  },
  cession: (tx, d, a) =>
    tx`
    select public.ceder(${d.citernes[a.citerne]}, ${d.partenaires[a.qui]}, ${
      a.part % 2 ? "VERS_MONALUXE" : "VERS_PARTENAIRE"
    }, 'VENTE', greatest(1, round(coalesce(sum(s.stock_15c), 0) * ${a.part} / 1000, 3)), 'une vente au dépôt',
      case when ${a.part} % 3 = 0 then round(sum(s.stock_15c) * ${a.part} * (1 + ${a.celsius} / 1000.0) / 1000, 3) end,
      p_date_jour => ${jour(a.jour)})
      from public.stocks_snapshot s where s.citerne_id = ${d.citernes[a.citerne]}
       and s.proprietaire_type = ${a.part % 2 ? "PARTENAIRE" : "MONALUXE"}`,
  pret: async (tx, d, a) => {
    const [ouvert] = await tx<{ id: string }[]>`
      select id from public.prets where partenaire_id = ${d.partenaires[a.qui]}
       order by md5(id::text || ${a.part}) limit 1`;
    if (!ouvert || a.part % 5 === 0) {
      await tx`
        select public.ouvrir_pret(${d.depot}, ${d.produit}, ${d.partenaires[a.qui]}, ${
        a.part % 2 ? "PRETE" : "EMPRUNTE"
      }, ${a.part * 20}, '2035-01-01', 'le camion est en retard')`;
    }
    await tx`
      select public.ceder(${d.citernes[a.citerne]}, v.partenaire_id,
               case when (v.sens = 'PRETE') = (n.nature <> 'RESTITUTION') then 'VERS_PARTENAIRE' else 'VERS_MONALUXE' end,
               n.nature, greatest(1, case n.nature when 'RESTITUTION' then least(v.solde_15c, ${a.part}) else ${a.part} end),
               'le prêt convenu', p_pret_id => v.id, p_date_jour => ${jour(a.jour)})
        from public.v_prets v
       cross join (select (array['EMPRUNT', 'RESTITUTION', 'RESTITUTION', 'CORRECTION'])[1 + ${a.part} % 4] as nature) n
       where v.partenaire_id = ${
      d.partenaires[a.qui]
    } order by v.statut, md5(v.id::text || ${a.part}) limit 1`;
  },
  "camion prete": async (tx, d, a) => {
    const [{ id }] = await tx<[{ id: string }]>`
      insert into public.sorties_produit (citerne_id, partenaire_id, volume_ambiant, temperature_ambiante_c,
        densite_a_15_kgm3, date_sortie)
      values (${d.citernes[a.citerne]}, ${d.partenaires[a.qui]}, ${a.part}, ${a.celsius}, 840, ${
      jour(a.jour)
    })
      returning id`;
    await tx`select public.validate_sortie(${id})`;
    await tx`
      select public.rattacher_au_pret(p.id, 'SORTIE', ${id}) from public.prets p
       where p.partenaire_id = ${d.partenaires[a.qui]!} order by p.id limit 1`;
  },
};

export const ACTE = fc.record<Acte>({
  genre: fc.constantFrom(
    ...[
      "reception",
      "reception",
      "sortie",
      "sortie",
      "transfert",
      "ajustement",
      "compensation",
      "initial",
    ] as const,
    "attribution",
    "regularisation",
    "regularisation",
    ...["cession", "cession", "pret", "pret", "camion prete"] as const,
  ),
  citerne: fc.constantFrom(0, 1),
  qui: fc.constantFrom(0, 1, 2),
  part: fc.integer({ min: 1, max: 1000 }),
  celsius: fc.integer({ min: -50, max: 500 }).map((dixiemes) => dixiemes / 10),
  jour: fc.integer({ min: 0, max: 4 }),
});
/** What the rules may say to a history that nobody made sense of. Anything else is a bug. */
export const REFUS = [
  ...["INSUFFICIENT_STOCK", "STOCK_FUTUR_NEGATIF", "SORTIE_STOCK_INTROUVABLE", "SNAPSHOT_VIDE"],
  ...["PARTENAIRE_SOLDE_INSUFFISANT", "AJUSTEMENT_EXCESSIF", "FACTEUR_HORS_BORNES", "INVALID_ID_OR_STATE"],
  "DENSITE_OBSERVEE_REQUISE",
  "MOUVEMENT_AVANT_STOCK_INITIAL",
  ...["REGULARISATION_SANS_15C", "REGULARISATION_DEPASSEE", "REGULARISATION_SANS_ECART"],
  ...["PRET_INCOHERENT", "PRET_CLOS", "PRET_DEPASSE", "VOLUME_AMBIANT_NON_POSITIF"],
];

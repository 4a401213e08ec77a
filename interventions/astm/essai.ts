// smoke: runbook 5.1 to 5.5 on the test tank, while writes are frozen: in the name of the only one who may write, under
// the same policies and rules as through REST. `smoke` does it through the doors, as every role, once writes are open.
import { amener, chaineParSql, livrer } from "../../ops/commun/chaine.ts";
import { type Etape, Refus } from "../../ops/commun/deroulement.ts";
import { TOLERANCE_L } from "../../ops/commun/constantes.ts";
import { litres } from "../../ops/commun/francais.ts";
import type { Sql } from "../../ops/commun/connection.ts";
import { variableCiterneEssai } from "../../ops/exploitation/cible/variables.ts";
import { enExploitation, TIERS } from "../../ops/exploitation/smoke/mouvements.ts";
import { NoGo } from "../../ops/commun/failure.ts";
import { enTantQue } from "../../ops/exploitation/gel/gel.ts";
import { type ContexteAstm, exigerStocksAccordes } from "./etape.ts";
import { exigerGel } from "./etat.ts";

const SORTIE_L = 1000;
/** Begins the note of everything these tests write. */
const MARQUE = "Essai de la migration ASTM 53B";
const MOTIF = `${MARQUE} : repris`;

interface Citerne {
  id: string;
  nom: string;
  depot_id: string;
  produit_id: string;
  produit_code: string;
  statut: string;
  libre: number;
}

interface Cas {
  source: string;
  reference: string;
  volume_observe_l: number;
  temperature_echantillon_c: number;
  temperature_produit_c: number;
  densite_observee_kgm3: number;
  volume_15c_attendu_l: number;
}

const mesures = (cas: Cas) => ({
  temperature_ambiante_c: cas.temperature_produit_c,
  temperature_echantillon_c: cas.temperature_echantillon_c,
  densite_observee_kgm3: cas.densite_observee_kgm3,
});

interface Stock {
  ambiant: number;
  a_15c: number;
  jour_ambiant: number;
  jour_15c: number;
}

interface Essai {
  operateur: string;
  citerne: Citerne;
  cas: Cas;
  avant: Stock;
  reception?: { id: string; ambiant: number; a_15c: number };
  sortie?: { id: string; ambiant: number; a_15c: number };
}

const exiger = (vrai: boolean, sinon: string) => {
  if (!vrai) throw new NoGo(sinon);
};

async function lireStock(sql: Sql, citerne: string): Promise<Stock> {
  const [stock] = await sql<Stock[]>`
    select coalesce(sum(s.stock_ambiant), 0)::float8 as ambiant, coalesce(sum(s.stock_15c), 0)::float8 as a_15c,
           coalesce(sum(j.stock_ambiant), 0)::float8 as jour_ambiant, coalesce(sum(j.stock_15c), 0)::float8 as jour_15c
      from public.stocks_snapshot s
     cross join lateral (
       select v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
        where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id and v.proprietaire_type = s.proprietaire_type
        order by v.date_jour desc limit 1) j
     where s.citerne_id = ${citerne} and s.proprietaire_type = 'MONALUXE'`;
  return stock!;
}

/** Demands that stock and day moved by these litres, to the millilitre. */
async function exigerMouvement(
  sql: Sql,
  citerne: string,
  depuis: Stock,
  ambiant: number,
  a_15c: number,
  quoi: string,
) {
  const apres = await lireStock(sql, citerne);
  const ml = (nombre: number) => Math.round(nombre * 1000);
  exiger(
    ml(apres.ambiant) === ml(depuis.ambiant + ambiant) && ml(apres.a_15c) === ml(depuis.a_15c + a_15c),
    `${quoi} : le stock devait bouger de ${ambiant} L (${a_15c} L à 15 °C), il est passé de ${depuis.ambiant} ` +
      `(${depuis.a_15c}) à ${apres.ambiant} (${apres.a_15c}).`,
  );
  exiger(
    ml(apres.jour_ambiant) === ml(apres.ambiant) && ml(apres.jour_15c) === ml(apres.a_15c),
    `${quoi} : stocks_journaliers dit ${apres.jour_ambiant} L (${apres.jour_15c}), le stock ${apres.ambiant} (${apres.a_15c}).`,
  );
  return apres;
}

async function exigerAuJournal(sql: Sql, action: string, cible: string) {
  const [{ n }] = await sql<[{ n: number }]>`
    select count(*)::int as n from public.log_actions where action = ${action} and cible_id = ${cible}`;
  exiger(n === 1, `log_actions : une ligne ${action} attendue pour ${cible}, ${n} lue(s).`);
}

async function choisirCiterne({ sql, cible, dossier }: ContexteAstm, dite?: string): Promise<Citerne> {
  const { env } = dossier.contenu;
  const variable = variableCiterneEssai(env);
  const voulue = dite ?? cible.variables[variable];
  if (!voulue) {
    throw new Refus("CITERNE_TEST_REQUISE", `Désignez la citerne d'essai : --citerne <id>, ou ${variable}.`);
  }
  const [citerne] = await sql<Citerne[]>`
    select c.id, c.nom, c.depot_id, c.produit_id, p.code as produit_code, c.statut,
           (c.capacite_totale - coalesce((select sum(s.stock_ambiant) from public.stocks_snapshot s
                                           where s.citerne_id = c.id), 0))::float8 as libre
      from public.citernes c join public.produits p on p.id = c.produit_id
     where c.id::text = ${voulue}`;
  if (citerne?.statut !== "active") {
    throw new Refus("CITERNE_TEST_REQUISE", `${voulue} ne désigne aucune citerne active.`);
  }
  if (env === "prod" && enExploitation(citerne)) {
    throw new Refus(
      "CITERNE_TEST_REQUISE",
      `${citerne.nom} contient le carburant de PROD : réservez-en une aux essais.`,
    );
  }
  return citerne;
}

/** The first golden case of the tank's product that the tank has room for. */
async function choisirCas(sql: Sql, { produit_code, libre, nom }: Citerne): Promise<Cas> {
  const [cas] = await sql<Cas[]>`
    select source, reference, volume_observe_l::float8, temperature_echantillon_c::float8,
           temperature_produit_c::float8, densite_observee_kgm3::float8, volume_15c_attendu_l::float8
      from public.golden_cases
     where produit_code = ${produit_code} and volume_observe_l <= ${libre}
     order by source, length(reference), reference limit 1`;
  if (!cas) {
    throw new Refus(
      "CITERNE_TEST_REQUISE",
      `Aucun camion de référence ${produit_code} ne tient dans ${nom} (${litres(libre)} libres).`,
    );
  }
  return cas;
}

/** Supplier or client of the tests, made once, found again afterwards. */
async function tiers(tx: Sql, table: "fournisseurs" | "clients"): Promise<string> {
  const [ligne] = await tx<{ id: string }[]>`
    with fait as (insert into ${
    tx(`public.${table}`)
  } (nom) values (${TIERS}) on conflict do nothing returning id)
    select id from fait union all select id from ${tx(`public.${table}`)} where nom = ${TIERS}`;
  return ligne!.id;
}

async function recevoir(contexte: ContexteAstm, essai: Essai): Promise<string> {
  const { sql } = contexte;
  const { operateur, citerne, cas } = essai;
  const note = `${MARQUE}, ${cas.source} ${cas.reference}, compensé aussitôt`;
  const recue = await enTantQue(sql, operateur, async (tx) => {
    const recue = await amener(chaineParSql(tx), {
      fournisseur_id: await tiers(tx, "fournisseurs"),
      depot_destination_id: citerne.depot_id,
      produit_id: citerne.produit_id,
      plaque_camion: `ESSAI-${crypto.randomUUID().slice(0, 8)}`,
      volume: cas.volume_observe_l,
      note,
    }, { citerne_id: citerne.id, volume_ambiant: cas.volume_observe_l, ...mesures(cas), note });
    return {
      id: recue.id,
      ambiant: Number(recue.volume_ambiant),
      a_15c: Number(recue.volume_15c),
      methode: recue.methode_15c as string,
    };
  }, "authenticated");
  essai.reception = recue;
  const ecart = Math.round((recue.a_15c - cas.volume_15c_attendu_l) * 10) / 10;
  contexte.faits.ecart_camion_essai_l = ecart;
  exiger(
    recue.methode !== "LEGACY",
    "La réception a suivi l'ancien calcul : astm_53b est-il allumé pour l'opérateur ?",
  );
  exiger(
    Math.abs(ecart) <= TOLERANCE_L,
    `${litres(recue.a_15c)} à 15 °C au lieu de ${
      litres(cas.volume_15c_attendu_l)
    } (${cas.source}) : écart ${ecart} L.`,
  );
  await exigerMouvement(sql, citerne.id, essai.avant, recue.ambiant, recue.a_15c, "crédit");
  await exigerAuJournal(sql, "RECEPTION_CREEE", recue.id);
  return `${litres(recue.ambiant)} → ${litres(recue.a_15c)} à 15 °C (${recue.methode}), ${cas.source} ` +
    `${litres(cas.volume_15c_attendu_l)}, écart ${ecart} L ; stock crédité, RECEPTION_CREEE au journal`;
}

async function sortir({ sql }: ContexteAstm, essai: Essai): Promise<string> {
  const { operateur, citerne, cas } = essai;
  const depuis = await lireStock(sql, citerne.id);
  const sortie = await enTantQue(sql, operateur, async (tx) => {
    const id = await livrer(chaineParSql(tx), {
      citerne_id: citerne.id,
      client_id: await tiers(tx, "clients"),
      volume_ambiant: Math.min(SORTIE_L, cas.volume_observe_l),
      ...mesures(cas),
      note: `${MARQUE}, compensé aussitôt`,
    });
    const [ligne] = await tx<{ id: string; statut: string; ambiant: number; a_15c: number }[]>`
      select id, statut, volume_ambiant::float8 as ambiant, volume_15c::float8 as a_15c
        from public.sorties_produit where id = ${id}`;
    return ligne!;
  }, "authenticated");
  essai.sortie = sortie;
  exiger(sortie.statut === "validee", `La sortie est « ${sortie.statut} » après validate_sortie.`);
  await exigerMouvement(sql, citerne.id, depuis, -sortie.ambiant, -sortie.a_15c, "débit");
  await exigerAuJournal(sql, "SORTIE_VALIDEE", sortie.id);
  return `${litres(sortie.ambiant)} (${
    litres(sortie.a_15c)
  } à 15 °C) par validate_sortie ; validee, stock débité, ` +
    "SORTIE_VALIDEE au journal";
}

interface Laisse {
  id: string;
  type: "sortie" | "reception";
  brouillon: boolean;
}

/** Takes back every test movement that still weighs on the stock: of this run, or of one that was killed. */
async function reprendre(sql: Sql, operateur: string): Promise<number> {
  const laisses = await sql<Laisse[]>`
    select m.id, m.type, m.brouillon from (
      select s.id, 'sortie' as type, s.statut = 'brouillon' as brouillon, s.created_at from public.sorties_produit s
       where s.note like ${`${MARQUE}%`} and s.statut <> 'rejetee'
      union all
      select r.id, 'reception', false, r.created_at from public.receptions r where r.note like ${`${MARQUE}%`}) m
     where not exists (select from public.stocks_adjustments a
                        where a.mouvement_id = m.id and a.mouvement_type = upper(m.type) and a.compensation)
     order by m.type desc, m.created_at`;
  for (const { id, type, brouillon } of laisses) {
    await enTantQue(sql, operateur, async (tx) => {
      if (brouillon) await tx`select public.rejeter_sortie(${id}, ${MOTIF})`;
      else await tx`select ${tx(`admin_compensate_${type}`)}(${id}, ${MOTIF})`;
    }, "authenticated");
  }
  return laisses.length;
}

export function etapesEssai(options: { citerne?: string }): Etape<ContexteAstm>[] {
  const essai = {} as Essai;
  return [
    {
      titre: "5.1 Connexion et lecture des dépôts, sans erreur RLS",
      faire: async (contexte) => {
        essai.operateur = (await exigerGel(contexte.sql, contexte.dossier.contenu.env)).operateur;
        const depots = await enTantQue(
          contexte.sql,
          essai.operateur,
          (tx) => tx<{ nom: string }[]>`select nom from public.depots order by nom`,
          "authenticated",
        );
        exiger(depots.length > 0, "L'opérateur ne voit aucun dépôt.");
        return depots.map(({ nom }) => nom).join(", ");
      },
    },
    {
      titre: "Reprendre ce qu'un essai interrompu aurait laissé",
      faire: async ({ sql }) => {
        const repris = await reprendre(sql, essai.operateur);
        return repris ? `${repris} mouvement(s)` : "rien";
      },
    },
    {
      titre: "5.2 Stock initial de la citerne d'essai",
      faire: async (contexte) => {
        essai.citerne = await choisirCiterne(contexte, options.citerne);
        essai.cas = await choisirCas(contexte.sql, essai.citerne);
        essai.avant = await lireStock(contexte.sql, essai.citerne.id);
        Object.assign(contexte.faits, { citerne: essai.citerne.nom, stock_avant: essai.avant });
        return `${essai.citerne.nom} : ${litres(essai.avant.ambiant)} ambiants, ${
          litres(essai.avant.a_15c)
        } à 15 °C`;
      },
    },
    { titre: "5.3 Réception contrôlée", faire: (contexte) => recevoir(contexte, essai) },
    { titre: "5.4 Sortie contrôlée", faire: (contexte) => sortir(contexte, essai) },
    {
      titre: "Compenser l'essai",
      malgreEchec: () => !!essai.avant,
      faire: async ({ sql, faits }) => {
        const { operateur, citerne, avant, reception, sortie } = essai;
        const repris = await reprendre(sql, operateur);
        Object.assign(faits, { reception: reception?.id, sortie: sortie?.id });
        await exigerMouvement(sql, citerne.id, avant, 0, 0, "compensation");
        return `${repris} mouvement(s) compensé(s), aucun supprimé ; stock de ${citerne.nom} revenu à ` +
          `${litres(avant.ambiant)} et ${litres(avant.a_15c)} à 15 °C`;
      },
    },
    {
      titre: "5.5 Cohérence après l'opération",
      faire: async ({ sql }) => {
        const [{ negatifs, doublons }] = await sql<[{ negatifs: number; doublons: number }]>`
          select (select count(*)::int from public.stocks_journaliers where stock_ambiant < 0 or stock_15c < 0) as negatifs,
                 (select count(*)::int from (select from public.stocks_journaliers
                   group by citerne_id, produit_id, proprietaire_type, date_jour having count(*) > 1) d) as doublons`;
        exiger(!negatifs, `${negatifs} jour(s) de stock négatif.`);
        exiger(!doublons, `${doublons} jour(s) en double dans stocks_journaliers.`);
        await exigerStocksAccordes(sql);
        return "aucune valeur négative, aucun jour en double, aucun désaccord, aucune erreur P0001";
      },
    },
  ];
}

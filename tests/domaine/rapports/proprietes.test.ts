// What every report promises, over any history: what a day ends with the next begins with, tanks and owners add up, and
// what was known at a moment is said the same for ever. RAPPORTS_HISTOIRES: how many histories.
import assert from "node:assert/strict";
import fc from "fast-check";
import type postgres from "postgres";
import { connect } from "../../../ops/commun/connection.ts";
import { Rapport } from "../../../supabase/functions/_shared/rapport/forme.ts";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { test } from "../../support/monde.ts";
import { sansSuite } from "../../support/sans_suite.ts";
import { ACTE, type Depot, exigerTousLesGenres, jouer, ouvrir, RECULS, seDire, type Tx } from "./histoire.ts";

const NOM = "essai_rapports";
const HISTOIRES = Number(Deno.env.get("RAPPORTS_HISTOIRES") || 4);
/** East and west of UTC, half an hour off, and where an hour is missing or twice there. */
const ZONES = ["Africa/Lubumbashi", "Pacific/Kiritimati", "America/St_Johns", "Europe/Paris"];

type Ligne = Rapport["sections"][number]["lignes"][number];
const milli = (valeur: unknown) => Math.round(Number(valeur ?? 0) * 1000);
const FLUX = [
  ...[
    "ouverture",
    "receptions",
    "sorties",
    "transferts",
    "cessions",
    "initiaux",
    "ajustements",
    "dilatations",
  ],
];

async function tirer(
  tx: Tx,
  d: Depot,
  nom: string,
  du: string | null,
  au: string | null,
  connuA: string | null,
) {
  const parametres = nom === "releve_partenaire"
    ? { partenaire_id: d.partenaire, produit_id: d.produit }
    : {};
  const [{ rapport }] = await tx<[{ rapport: unknown }]>`
    select private.rapport(${nom}, ${d.id}, ${du}, ${au}, ${connuA}, ${tx.json(parametres)}) as rapport`;
  return Rapport.parse(rapport);
}

const section = (rapport: Rapport, cle: string) => rapport.sections.find((une) => une.cle === cle)!;
const cle = (ligne: Ligne) => `${ligne.citerne} ${ligne.proprietaire}`;
const parCompte = (lignes: Ligne[], valeur: string) =>
  new Map(
    lignes.map((ligne) => [cle(ligne), milli(ligne[valeur])] as const).filter(([, litres]) => litres !== 0),
  );

/** R2 and R3 of the days of a depot, one after the other; the last one ends with the stock there is. */
async function exigerJours(tx: Tx, d: Depot, jours: string[]): Promise<Rapport[]> {
  const rapports: Rapport[] = [];
  for (const jour of jours) rapports.push(await tirer(tx, d, "journalier", jour, null, null));
  for (const quoi of ["stock_15c", "stock_ambiant"]) {
    for (const [i, rapport] of rapports.entries()) {
      const { lignes, totaux } = section(rapport, quoi);
      for (const ligne of lignes) {
        assert.equal(FLUX.reduce((somme, flux) => somme + milli(ligne[flux]), 0), milli(ligne.cloture), quoi);
      }
      for (const valeur of [...FLUX, "cloture"]) {
        const somme = lignes.reduce((total, ligne) => total + milli(ligne[valeur]), 0);
        assert.equal(milli(totaux![valeur]), somme, `the tanks are the depot: ${valeur}`);
      }
      const proprietaires = section(rapport, "proprietaires").lignes;
      const suffixe = quoi === "stock_15c" ? "15c" : "ambiant";
      assert.equal(
        proprietaires.reduce((total, ligne) => total + milli(ligne[`cloture_${suffixe}`]), 0),
        milli(totaux!.cloture),
        "the owners are the depot",
      );
      if (suffixe === "ambiant") {
        const citernes = section(rapport, "citernes").totaux!;
        assert.equal(
          milli(citernes.stock),
          milli(totaux!.cloture),
          "the tanks of a day hold what it ends with",
        );
        assert.equal(milli(citernes.place), milli(citernes.capacite) - milli(citernes.stock));
      }
      const suivant = rapports[i + 1];
      if (!suivant) continue;
      assert.deepEqual(
        parCompte(section(suivant, quoi).lignes, "ouverture"),
        parCompte(lignes, "cloture"),
        `a day begins with what the one before it ended with: ${quoi}`,
      );
    }
  }
  const [{ a_15 }] = await tx<[{ a_15: number }]>`
    select coalesce(sum(stock_15c), 0)::float8 as a_15 from public.v_stock_actuel where depot_id = ${d.id}`;
  assert.equal(
    milli(section(rapports.at(-1)!, "stock_15c").totaux!.cloture),
    milli(a_15),
    "the stock there is",
  );
  const [{ brouillons }] = await tx<[{ brouillons: number }]>`
    select count(*)::int as brouillons from public.sorties_produit
     where depot_id = ${d.id} and statut = 'brouillon'`;
  assert.equal(section(rapports.at(-1)!, "brouillons").lignes.length, brouillons, "every draft that waits");
  return rapports;
}

/** R5: what the app adds itself, from the tables, by the instants of its own clock. */
async function exigerKpi(tx: Tx, d: Depot, jour: string): Promise<void> {
  const [{ kpi, recu, sorti }] = await tx<[{ kpi: Record<string, never>; recu: object; sorti: object }]>`
    with recus as (
      select r.volume_ambiant, coalesce(r.volume_15c, r.volume_corrige_15c) as a_15, r.proprietaire_type
        from public.receptions r join public.citernes c on c.id = r.citerne_id
       where r.statut = 'validee' and r.date_reception = ${jour}::date and c.depot_id = ${d.id}
    ), sortis as (
      select s.volume_ambiant, coalesce(s.volume_15c, s.volume_corrige_15c) as a_15, s.proprietaire_type
        from public.sorties_produit s join public.citernes c on c.id = s.citerne_id
       where s.statut = 'validee' and c.depot_id = ${d.id}
         and s.date_sortie >= ${jour}::date::timestamp at time zone ${d.zone}
         and s.date_sortie < (${jour}::date + 1)::timestamp at time zone ${d.zone}
    ), dits as (select 'recu' as sens, * from recus union all select 'sorti', * from sortis)
    select public.kpi_jour(${d.id}, ${jour}) as kpi, r.dit as recu, s.dit as sorti
      from (select jsonb_build_object('count', count(*), 'volume_ambient', coalesce(sum(volume_ambiant), 0), 'volume_15c',
              coalesce(sum(a_15), 0), 'count_monaluxe', count(*) filter (where proprietaire_type = 'MONALUXE'),
              'count_partenaire', count(*) filter (where proprietaire_type = 'PARTENAIRE')) as dit
              from dits where sens = 'recu') r,
           (select jsonb_build_object('count', count(*), 'volume_ambient', coalesce(sum(volume_ambiant), 0), 'volume_15c',
              coalesce(sum(a_15), 0), 'count_monaluxe', count(*) filter (where proprietaire_type = 'MONALUXE'),
              'count_partenaire', count(*) filter (where proprietaire_type = 'PARTENAIRE')) as dit
              from dits where sens = 'sorti') s`;
  assert.deepEqual(
    { recu: kpi.receptions_today, sorti: kpi.sorties_today },
    { recu, sorti },
    `kpi_jour ${jour}`,
  );
}

/** Gains and losses of some days are the same in the report, in its view, and in the lists of trucks and of dips. */
async function exigerGainsPertes(tx: Tx, d: Depot, du: string, au: string): Promise<void> {
  const dit = await tirer(tx, d, "gains_pertes", du, au, null);
  const lignes = (cle: string) => section(dit, cle).lignes;
  const vus = await tx<{ nature: string; attendu: number; constate: number }[]>`
    select v.nature, v.attendu::float8, v.constate::float8 from public.v_gains_pertes v
     where v.depot_id = ${d.id} and v.date_jour between ${du} and ${au}`;
  const camions = await tx<{ charge: number; recu: number }[]>`
    select t.charge::float8, t.recu::float8 from public.v_ecarts_transit t
     where t.compare and t.depot_id = ${d.id} and t.date_jour between ${du} and ${au}`;
  const prises = await tx<{ livres: number; mesure: number }[]>`
    select e.stock_comptable_15c::float8 as livres, e.volume_15c::float8 as mesure from public.v_ecarts_inventaire e
     where e.depot_id = ${d.id} and e.date_jour between ${du} and ${au}`;
  const paires = <T>(faits: readonly T[], un: (fait: T) => unknown, autre: (fait: T) => unknown) =>
    faits.map((fait) => `${milli(un(fait))} ${milli(autre(fait))}`).sort();
  const vue = (nature: string) =>
    paires(vus.filter((un) => un.nature === nature), (un) => un.attendu, (un) => un.constate);
  // One without a bill of lading is told by what it brought alone.
  const charges = lignes("transit").filter((un) => un.charge != null);
  const transit = paires(charges, (un) => un.charge, (un) => un.recu);
  assert.deepEqual(vue("TRANSIT"), transit, `trucks of ${du} to ${au}: the view`);
  assert.deepEqual(
    paires(camions, (un) => un.charge, (un) => un.recu),
    transit,
    `trucks of ${du} to ${au}: the list`,
  );
  const jauges = paires(lignes("jaugeages"), (un) => un.theorique_15c, (un) => un.mesure_15c);
  assert.deepEqual(vue("DEPOT"), jauges, `dips of ${du} to ${au}: the view`);
  assert.deepEqual(
    paires(prises, (un) => un.livres, (un) => un.mesure),
    jauges,
    `dips of ${du} to ${au}: the list`,
  );
  const { gain_15c } = (await tx`select public.kpi_finance(${d.id}, ${du}, ${au}) as kpi`)[0]!.kpi;
  assert.equal(
    milli(gain_15c),
    milli(section(dit, "pertes").totaux!.gain),
    `what the gauge gained, ${du} to ${au}`,
  );
  const { debit } = section(dit, "pertes").totaux!;
  const livre = section(await tirer(tx, d, "livre", du, au, null), "mouvements").lignes;
  const sorti = livre.filter((un) =>
    /^(Sortie|Transfert)/.test(String(un.mouvement)) && Number(un.delta_15c) < 0
  )
    .reduce((somme, un) => somme - milli(un.delta_15c), 0);
  assert.equal(milli(debit), sorti, `what left the tanks, ${du} to ${au}`);
}

/** Every report of these days, as it was known at a moment, or now. */
async function tousLesRapports(tx: Tx, d: Depot, jours: string[], connuA: string | null) {
  const dits: [string, Rapport][] = [];
  const [compte] = await tx`
    select from public.comptes_partenaires where depot_id = ${d.id} and partenaire_id = ${d.partenaire}`;
  const seuls = await tx<{ nom: string }[]>`
    select c.nom from private.catalogue_rapports() c
     where not exists (select from unnest(c.parametres) p (nom) where p.nom not like '%?') order by c.rang`;
  assert.ok(seuls.length >= 8, "every report that must be told nothing but its days");
  for (const nom of [...seuls.map(({ nom }) => nom), ...(compte ? ["releve_partenaire"] : [])]) {
    dits.push([nom, await tirer(tx, d, nom, jours[0]!, jours.at(-1)!, connuA)]);
  }
  return dits;
}

async function enTantQueLecteur<T>(tx: Tx, travail: () => Promise<T>): Promise<T> {
  await tx`set local role authenticated`;
  const fait = await travail();
  await tx`reset role`;
  return fait;
}

async function eprouver(sql: postgres.Sql, zone: string, faits: Map<string, number>): Promise<void> {
  const d = await ouvrir(sql, zone);
  await fc.assert(
    fc.asyncProperty(
      fc.array(ACTE, { minLength: 8, maxLength: 24 }),
      fc.array(ACTE, { minLength: 3, maxLength: 10 }),
      (avant, apres) =>
        sansSuite(sql, async (tx) => {
          await seDire(tx, d);
          const jours = [
            ...(await tx<{ jour: string }[]>`
            select (private.jour_au_depot(${d.id}, now()) - n)::text as jour
              from generate_series(${RECULS + 1}::int, 0, -1) n`),
          ].map(({ jour }) => jour);
          for (const citerne of d.citernes) {
            await tx`select public.declarer_stock_initial(${citerne}, 'MONALUXE', 30000, 29800, 'un inventaire',
                       ${jours[1]!}::date)`;
          }
          await jouer(tx, d, avant, faits);
          const premiers = await enTantQueLecteur(tx, async () => {
            await exigerJours(tx, d, jours);
            for (const jour of jours) await exigerKpi(tx, d, jour);
            const milieu = jours.length >> 1;
            await exigerGainsPertes(tx, d, jours[0]!, jours[milieu - 1]!);
            await exigerGainsPertes(tx, d, jours[milieu]!, jours.at(-1)!);
            await exigerGainsPertes(tx, d, jours[0]!, jours.at(-1)!);
            return await tousLesRapports(tx, d, jours, null);
          });
          await jouer(tx, d, apres, faits);
          await enTantQueLecteur(tx, async () => {
            const moment = premiers[0]![1].entete.connu_a;
            for (const [nom, premier] of premiers) {
              const alors = await tirer(tx, d, nom, jours[0]!, jours.at(-1)!, premier.entete.connu_a);
              assert.deepEqual(alors.sections, premier.sections, `${nom}, as it was known`);
              assert.equal(alors.entete.sha256, premier.entete.sha256, nom);
            }
            await exigerJours(tx, d, jours);
            // What the book says now and did not then is what was written since, and no other line.
            const [{ ecrits }] = await tx<[{ ecrits: number }]>`
              select count(*)::int as ecrits from public.v_mouvements_stock m
               where m.depot_id = ${d.id} and m.mouvement_id in (
                 select e.mouvement_id from private.ecrits_apres(${d.id}, ${moment}) e)`;
            const livre = await tirer(tx, d, "livre", jours[0]!, jours.at(-1)!, null);
            const avantLui = premiers.find(([nom]) => nom === "livre")![1];
            assert.equal(
              section(livre, "mouvements").lignes.length - section(avantLui, "mouvements").lignes.length,
              ecrits,
            );
          });
        }),
    ),
    { numRuns: Math.ceil(HISTOIRES / ZONES.length) },
  );
}

test("a day ends with what the next begins with, tanks and owners add up, and what was known stays said", async (t) => {
  await declaredProject(NOM, { seed: false });
  const sql = connect(asSuperuser(NOM));
  const faits = new Map<string, number>();
  try {
    for (const zone of ZONES) await t.step(`any history, ${zone}`, () => eprouver(sql, zone, faits));
  } finally {
    await sql.end();
  }
  // A few histories may well never meet one of them.
  if (HISTOIRES >= 40) assert.deepEqual(exigerTousLesGenres(faits), [], "nothing of these was ever done");
});

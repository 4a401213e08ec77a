// The life of alerts, whatever happens and in whatever order: facts that come, go and flap, people who move alerts
// meanwhile, passes at once, escalation. What is always true is held after each step.
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Sql } from "../../../ops/commun/connection.ts";
import { connect, inDatabase } from "../../../ops/commun/connection.ts";
import { superuserUrl, test } from "../../support/monde.ts";
import { type Boite, ouvrirBoite } from "../envois/depot.ts";

const HISTOIRES = Number(Deno.env.get("ALERTES_HISTOIRES") ?? 8);
const GRAINE = Number(Deno.env.get("ALERTES_GRAINE") ?? Date.now() % 1e9);
const CITERNES = ["TANK1", "TANK2"];

type Geste =
  | { quoi: "stock"; citerne: number; proprietaire: "MONALUXE" | "PARTENAIRE"; litres: number }
  | { quoi: "passer"; fois: number }
  | { quoi: "acquitter" | "resoudre"; laquelle: number }
  | { quoi: "vieillir"; heures: number };

const geste: fc.Arbitrary<Geste> = fc.oneof(
  fc.record({
    quoi: fc.constant("stock" as const),
    citerne: fc.nat(CITERNES.length - 1),
    proprietaire: fc.constantFrom("MONALUXE" as const, "PARTENAIRE" as const),
    litres: fc.constantFrom(-5, 100, 600_000),
  }),
  fc.record({ quoi: fc.constant("passer" as const), fois: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ quoi: fc.constantFrom("acquitter" as const, "resoudre" as const), laquelle: fc.nat(5) }),
  fc.record({ quoi: fc.constant("vieillir" as const), heures: fc.constantFrom(1, 3, 30) }),
);

interface Scene {
  boite: Boite;
  /** Above every trigger: what only an accident of the database does. */
  superuser: Sql;
  directeur: string;
}

async function monter(): Promise<Scene> {
  const boite = await ouvrirBoite("alertes");
  const superuser = connect(inDatabase(superuserUrl, boite.sql.options.database));
  const [{ id: directeur }] = await superuser<[{ id: string }]>`
    insert into auth.users (id, email, aud, role)
    values (gen_random_uuid(), 'directeur@exemple.cd', 'authenticated', 'authenticated') returning id`;
  await superuser`insert into public.profils (user_id, role, email) values (${directeur}, 'directeur', 'directeur@exemple.cd')`;
  await boite.regle({
    canal: "EMAIL",
    roles: ["directeur"],
    severity_min: "WARN",
    evenements: ["OPEN", "REOPEN", "RESOLVED", "ACK"],
  });
  await boite.regle({
    canal: "WEBHOOK",
    destination: "https://hooks.example.com/",
    secret_nom: "WEBHOOK_SECRET",
    codes: ["STOCK_NEGATIF"],
  });
  return { boite, superuser, directeur };
}

async function faire({ boite: { sql }, superuser, directeur }: Scene, un: Geste): Promise<void> {
  switch (un.quoi) {
    case "stock":
      await superuser.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx`alter table public.stocks_snapshot drop constraint if exists stocks_snapshot_stock_check`;
        await tx`
          insert into public.stocks_snapshot (citerne_id, produit_id, depot_id, proprietaire_type, stock_ambiant, stock_15c,
                                              dernier_jour)
          select c.id, c.produit_id, c.depot_id, ${un.proprietaire}, ${un.litres}, ${un.litres}, current_date
            from public.citernes c where c.nom = ${CITERNES[un.citerne]!}
          on conflict (citerne_id, produit_id, proprietaire_type)
          do update set stock_ambiant = excluded.stock_ambiant, stock_15c = excluded.stock_15c`;
      });
      break;
    case "passer":
      await Promise.all(Array.from({ length: un.fois }, () => sql`select private.surveiller()`));
      break;
    case "vieillir":
      await superuser.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx`
          update public.system_alerts set ouverte_le = ouverte_le - ${`${un.heures} hours`}::interval,
                 resolved_at = resolved_at - ${`${un.heures} hours`}::interval`;
      });
      break;
    default: {
      const alertes = await sql<{ id: string }[]>`select id from public.system_alerts order by id`;
      const id = alertes[un.laquelle]?.id;
      if (!id) return;
      const fonction = un.quoi === "acquitter" ? "acquitter_alerte" : "resoudre_alerte";
      await sql.begin(async (tx) => {
        await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: directeur })}, true)`;
        await tx`select ${tx(`public.${fonction}`)}(${id}, 'essai')`;
      }).catch((error) => assert.match(error.message, /ALERTE_ETAT/));
    }
  }
}

const vide = async (requete: PromiseLike<Iterable<unknown>>, quoi: string) =>
  assert.deepEqual([...await requete], [], quoi);

async function toujours({ sql }: Boite): Promise<void> {
  await vide(
    sql`
      select a.id, a.status, d.type from public.system_alerts a
      join lateral (select e.type from public.alertes_evenements e where e.alerte_id = a.id and e.type <> 'ESCALADE'
                     order by e.ordre desc limit 1) d on true
       where case d.type when 'REOPEN' then 'OPEN' else d.type end <> a.status`,
    "A4: the last event of an alert is its status",
  );
  await vide(
    sql`
      select e.id, e.type, r.id as regle, count(x.envoi_id) as envois
        from public.alertes_evenements e
        join public.system_alerts a on a.id = e.alerte_id
        join public.notifications_regles r on r.actif and e.type = any (r.evenements)
         and (r.severity_min = 'WARN' or a.severity = 'CRITICAL') and (r.codes is null or a.check_code = any (r.codes))
        left join private.envois_evenements x on x.evenement_id = e.id and x.cible = r.id::text
       where a.check_code <> 'ENVOI_MORT' group by e.id, r.id having count(x.envoi_id) <> 1`,
    "A5: every event is told once to each rule that matches",
  );
  await vide(
    sql`
      select e.id from public.alertes_evenements e
       where e.type = 'ESCALADE'
         and (select count(*) from private.envois_evenements x where x.evenement_id = e.id) <> 1`,
    "A5: every escalation is told once",
  );
  await vide(
    sql`select check_code, entity_id from public.system_alerts group by 1, 2, entity_type having count(*) > 1`,
    "one alert a key",
  );
}

async function apresUnPassage({ sql }: Boite): Promise<void> {
  await sql`select private.surveiller()`;
  await vide(
    sql`
      select coalesce(a.check_code, v.check_code) as check_code, a.id, v.entity_id
        from (select * from public.system_alerts where presente) a
        full join (select distinct check_code, entity_type, entity_id from public.v_integrity_checks) v
             using (check_code, entity_type, entity_id)
       where a.id is null or v.entity_id is null`,
    "A1: what is present is what is found",
  );
  const compter = async () =>
    (await sql<[{ n: number }]>`select count(*)::int as n from public.alertes_evenements`)[0].n;
  const avant = await compter();
  await Promise.all([1, 2, 3].map(() => sql`select private.surveiller()`));
  assert.equal(await compter(), avant, "A2, A3: passes without a change, three at once, write no event");
}

test("A1 to A5 hold after any history of facts, people and passes", async () => {
  const scene = await monter();
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(geste, { minLength: 5, maxLength: 25 }), async (gestes) => {
        for (const un of gestes) await faire(scene, un);
        await toujours(scene.boite);
        await apresUnPassage(scene.boite);
        await toujours(scene.boite);
      }),
      { numRuns: HISTOIRES, seed: GRAINE, endOnFailure: true },
    );
  } finally {
    await scene.superuser.end();
    await scene.boite.fermer();
  }
});

test("a check that cannot look says so, keeps no other from looking and lets nothing be taken for gone", async () => {
  const { boite, superuser } = await monter();
  const { sql } = boite;
  try {
    await faire({ boite, superuser, directeur: "" }, {
      quoi: "stock",
      citerne: 0,
      proprietaire: "MONALUXE",
      litres: -5,
    });
    await sql`select private.surveiller()`;
    await sql.unsafe(`
      create or replace function private.controles_citernes() returns setof private.fait_controle
      language plpgsql stable as $$ begin perform 1 / 0; end $$`);
    await sql`select private.surveiller()`;
    const alertes = await sql`
      select check_code, status, presente from public.system_alerts
       where check_code in ('STOCK_NEGATIF', 'CONTROLE_EN_PANNE') order by 1`;
    assert.deepEqual([...alertes], [
      { check_code: "CONTROLE_EN_PANNE", status: "OPEN", presente: true },
      { check_code: "STOCK_NEGATIF", status: "OPEN", presente: true },
    ]);
  } finally {
    await superuser.end();
    await boite.fermer();
  }
});

test("a digest goes at the next seven o'clock of its depot, wherever that is, with all that joined it", async () => {
  const { boite, superuser } = await monter();
  const { sql } = boite;
  try {
    const quand = (fuseau: string, moment: string) =>
      sql.begin(async (tx) => {
        const [{ depot }] = await tx<[{ depot: string }]>`
          insert into public.depots (nom, fuseau) values (gen_random_uuid(), ${fuseau}) returning id as depot`;
        const [{ le }] = await tx<[{ le: string }]>`
          select to_char(private.prochain_resume(${depot}, ${moment}) at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as le`;
        return le;
      });
    assert.equal(await quand("Africa/Lubumbashi", "2026-11-26T04:59:59Z"), "2026-11-26 05:00");
    assert.equal(await quand("Africa/Lubumbashi", "2026-11-26T05:00:00Z"), "2026-11-27 05:00");
    assert.equal(await quand("Africa/Kinshasa", "2026-11-26T05:00:00Z"), "2026-11-26 06:00");
    assert.equal(await quand("Africa/Kinshasa", "2026-12-31T23:30:00Z"), "2027-01-01 06:00");

    await Promise.all([1, 2, 3, 4].map(() => boite.ouvrir("WARN")));
    const resumes = await sql`
      select e.statut, e.contenu, count(x.evenement_id)::int as evenements, e.prochain_essai > now() as plus_tard
        from public.envois e join private.envois_evenements x on x.envoi_id = e.id
       where e.objet_type = 'RESUME' group by e.id`;
    assert.deepEqual([...resumes], [{ statut: "A_ENVOYER", contenu: null, evenements: 4, plus_tard: true }]);
    await boite.avancer();
    const pris = await sql<{ contenu: { texte: string }; destinataires: string[] }[]>`
      select contenu, destinataires from private.prendre_envois(10) where canal = 'EMAIL'`;
    assert.deepEqual(pris.map(({ destinataires }) => destinataires), [["directeur@exemple.cd"]]);
    assert.equal(pris[0]!.contenu.texte.match(/Stock négatif : essai\./g)?.length, 4);
    await boite.ouvrir("WARN");
    const [{ n }] = await sql<[{ n: number }]>`
      select count(*)::int as n from public.envois where objet_type = 'RESUME'`;
    assert.equal(n, 2, "what comes after it has gone is for the next day's");
  } finally {
    await superuser.end();
    await boite.fermer();
  }
});

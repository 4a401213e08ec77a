// A clerk's mistake, put right as docs/corrections.md says: the depot ends as one where it was never made.
import assert from "node:assert/strict";
import type { Row } from "../../ops/pile/client.ts";
import { type Monde, monde, refus, sql, test } from "../support/monde.ts";

const MESURES = { temperature_ambiante_c: 24, temperature_echantillon_c: 26, densite_observee_kgm3: 833.4 };
const VOLUME = 30_000;
/** Litres at 15 °C of these measures. */
const a15 = (litres: number) => litres * (1 - 0.00085 * (24 - 15));

interface Erreur {
  quoi: string;
  juste(m: Monde): Promise<unknown>;
  /** The mistake, then what corrects it. */
  corrigee(m: Monde): Promise<void>;
}

const ajuster = async (m: Monde, type: string, id: unknown, delta_ambiant: number, delta_15c: number) =>
  await (await m.personne("admin")).call("POST", "stocks/ajustements", {
    mouvement_type: type,
    mouvement_id: id,
    delta_ambiant,
    delta_15c: Math.round(delta_15c * 1000) / 1000,
    reason: "erreur de saisie relue le soir",
  });

const compenser = async (m: Monde, type: "reception" | "sortie", id: unknown) => {
  const { supabase } = await m.personne("admin");
  const { error } = await supabase.rpc(`admin_compensate_${type}`, {
    p_id: id,
    p_reason: "saisi par erreur, repris le soir",
  });
  assert.equal(error, null);
};

const ceder = async (m: Monde, partenaire_id: string, sens: string, { volume_ambiant, volume_15c }: Row) =>
  await (await m.personne("gerant")).call("POST", "stocks/cessions", {
    citerne_id: m.citernes[0],
    partenaire_id,
    sens,
    nature: "CORRECTION",
    volume_ambiant,
    volume_15c,
    motif: "porté au mauvais propriétaire",
  });

/** With the measures of what it corrects: the same litres at 15 °C come of them. */
const transferer = async (m: Monde, de: 0 | 1, volume_ambiant: number) =>
  await (await m.personne("gerant")).call("POST", "stocks/transferts", {
    citerne_source_id: m.citernes[de],
    citerne_destination_id: m.citernes[1 - de],
    volume_ambiant,
    ...MESURES,
    note: "mis dans la mauvaise citerne",
  });

const dePartenaire = async (m: Monde, partenaire_id: string) =>
  await (await m.personne("operateur")).call("POST", "receptions", {
    citerne_id: m.citernes[0],
    proprietaire_type: "PARTENAIRE",
    partenaire_id,
    volume_ambiant: 7_000,
    ...MESURES,
  });

const sortir = async (m: Monde, volume_ambiant: number, plus: object = {}) =>
  await (await m.personne("gerant")).call("POST", "sorties?valider=true", {
    citerne_id: m.citernes[0],
    client_id: m.client,
    volume_ambiant,
    ...MESURES,
    ...plus,
  });

const autrePartenaire = async (): Promise<string> =>
  (await sql`insert into public.partenaires (nom) values (gen_random_uuid()) returning id`)[0]!.id;

const recevoir = (m: Monde, volume = VOLUME, plus: object = {}) =>
  m.recevoir(volume, { ...MESURES, ...plus });

const ERREURS: Erreur[] = [
  {
    quoi: "another volume in a réception",
    juste: (m) => recevoir(m),
    corrigee: async (m) => {
      const { id, volume_15c } = await recevoir(m, 29_000);
      await ajuster(m, "RECEPTION", id, 1_000, a15(VOLUME) - Number(volume_15c));
    },
  },
  {
    quoi: "another temperature in a réception: the litres at 15 °C alone",
    juste: (m) => recevoir(m),
    corrigee: async (m) => {
      const { id, volume_15c } = await recevoir(m, VOLUME, {
        temperature_ambiante_c: 14,
        temperature_echantillon_c: 14,
      });
      await ajuster(m, "RECEPTION", id, 0, a15(VOLUME) - Number(volume_15c));
    },
  },
  {
    quoi: "the other tank of the same product",
    juste: (m) => recevoir(m),
    corrigee: async (
      m,
    ) => (await recevoir(m, VOLUME, { citerne_id: m.citernes[1] }), void await transferer(m, 1, VOLUME)),
  },
  {
    quoi: "the same truck announced and received twice",
    juste: (m) => recevoir(m),
    corrigee: async (m) => {
      await recevoir(m);
      await compenser(m, "reception", (await recevoir(m)).id);
    },
  },
  {
    quoi: "a partner's fuel, by another partner's name",
    juste: (m) => dePartenaire(m, m.partenaire),
    corrigee: async (m) => {
      const autre = await autrePartenaire();
      const recue = await dePartenaire(m, autre);
      await ceder(m, autre, "VERS_MONALUXE", recue);
      await ceder(m, m.partenaire, "VERS_PARTENAIRE", recue);
    },
  },
  {
    quoi: "our fuel, as a partner's",
    juste: (m) => recevoir(m, 7_000),
    corrigee: async (m) =>
      void await ceder(m, m.partenaire, "VERS_MONALUXE", await dePartenaire(m, m.partenaire)),
  },
  {
    quoi: "another volume in a sortie",
    juste: async (m) => (await recevoir(m), await sortir(m, 5_000)),
    corrigee: async (m) => {
      await recevoir(m);
      const { id, volume_15c } = await sortir(m, 50);
      await ajuster(m, "SORTIE", id, -4_950, Number(volume_15c) - a15(5_000));
    },
  },
  {
    quoi: "another client in a sortie",
    juste: async (m) => (await recevoir(m), await sortir(m, 5_000)),
    corrigee: async (m) => {
      await recevoir(m);
      const [{ id: autre }] =
        await sql`insert into public.clients (nom) values (gen_random_uuid()) returning id` as [Row];
      await compenser(m, "sortie", (await sortir(m, 5_000, { client_id: autre })).id);
      await sortir(m, 5_000);
    },
  },
  {
    quoi: "the other tank in a sortie",
    juste: async (
      m,
    ) => (await recevoir(m),
      await recevoir(m, VOLUME, { citerne_id: m.citernes[1] }),
      await sortir(m, 5_000)),
    corrigee: async (m) => {
      await recevoir(m);
      await recevoir(m, VOLUME, { citerne_id: m.citernes[1] });
      await sortir(m, 5_000, { citerne_id: m.citernes[1] });
      await transferer(m, 0, 5_000);
    },
  },
  {
    quoi: "another volume in a transfer: its two tanks",
    juste: async (m) => (await recevoir(m), await transferer(m, 0, 6_000)),
    corrigee: async (m) => {
      await recevoir(m);
      const { id, volume_15c } = await transferer(m, 0, 60);
      await ajuster(m, "TRANSFERT", id, 5_940, a15(6_000) - Number(volume_15c));
    },
  },
];

/** Litres of each tank and owner, and of each partner, to the millilitre. */
async function laisses(m: Monde) {
  const stocks = await sql`
    select array_position(${m.citernes}::uuid[], s.citerne_id) as citerne, s.proprietaire_type, s.stock_ambiant::text,
           s.stock_15c::text
      from public.v_stock_actuel s where s.depot_id = ${m.depot} and (s.stock_ambiant, s.stock_15c) <> (0, 0) order by 1, 2`;
  const comptes = await sql`
    select c.partenaire_id = ${m.partenaire} as lui, c.solde_15c::text from public.v_comptes_partenaires c
     where c.depot_id = ${m.depot} and c.solde_15c <> 0 order by 1, 2`;
  return { stocks: [...stocks], comptes: [...comptes] };
}

for (const { quoi, juste, corrigee } of ERREURS) {
  test(`${quoi}: corrected, the depot holds what it would have`, async () => {
    const [jumeau, m] = [await monde(), await monde()];
    await juste(jumeau);
    await corrigee(m);
    const attendu = await laisses(jumeau);
    assert.ok(attendu.stocks.length > 0);
    assert.deepEqual(await laisses(m), attendu);
  });
}

test("and stock is still the sum of its movements", async () => {
  assert.deepEqual([...await sql`select * from public.verifier_stocks()`], []);
});

test("cubic metres typed as litres are read again before a truck is closed by them", async () => {
  const m = await monde();
  const cours_de_route_id = await m.camionArrive(38_000);
  const { code, detail } = await refus(recevoir(m, 38, { cours_de_route_id }));
  assert.equal(code, "VOLUME_HORS_ANNONCE");
  assert.match(detail!, /38.000 L et 38 L/);
  assert.equal((await recevoir(m, 38, { cours_de_route_id, confirmer: true })).volume_ambiant, 38);
});

import assert from "node:assert/strict";
import { REAL_TRUCKS } from "../../supabase/seeds/camions.ts";
import { monde, refus, sql, test } from "../support/monde.ts";
import { selonLaNorme } from "../support/norme.ts";

const EXPECTED = [39048, 39143, 39020, 36845, 38151, 39165, 37227, 33274];

test("the switch-over to the standard", async (t) => {
  const [m, elsewhere] = await Promise.all([monde(), monde()]);
  const admin = await m.personne("admin");
  const gerant = await m.personne("gerant");
  const before = await m.recevoir(REAL_TRUCKS[0]!.volume_ambiant, REAL_TRUCKS[0]);

  await selonLaNorme({ depots: [m.depot] }, admin, async () => {
    await t.step("on for one depot: its eight real trucks are SEP's to the litre", async () => {
      for (const [index, truck] of REAL_TRUCKS.entries()) {
        const reception = await m.recevoir(truck.volume_ambiant, truck);
        assert.equal(reception.volume_15c, EXPECTED[index]);
        assert.equal(reception.methode_15c, "MPMS_11_1_1980");
      }
    });
    await t.step("another depot keeps the historical way", async () => {
      const reception = await elsewhere.recevoir(REAL_TRUCKS[0]!.volume_ambiant, REAL_TRUCKS[0]);
      assert.equal(reception.methode_15c, "LEGACY");
    });
    await t.step("what the client computed is kept in the log, not used", async () => {
      const reception = await m.recevoir(39_296, { ...REAL_TRUCKS[0], volume_corrige_15c: 39_300 });
      assert.equal(reception.volume_15c, 39_048);
      const [line] = await sql`select details from public.log_actions where cible_id = ${reception.id}`;
      assert.equal(line!.details.parametres_15c.volume_15c_client, 39_300);
    });
    await t.step("the product's temperature serves for a sample that has none", async () => {
      const { temperature_echantillon_c: _, ...truck } = REAL_TRUCKS[3]!;
      assert.equal((await m.recevoir(truck.volume_ambiant, truck)).volume_15c, EXPECTED[3]);
    });
    await t.step(
      "without density, or without the product's temperature, it refuses and nothing moves",
      async () => {
        const density = await refus(m.recevoir(1_000, { temperature_ambiante_c: 20 }));
        assert.deepEqual([density.status, density.code], [422, "DENSITE_OBSERVEE_REQUISE"]);
        const temperature = await refus(m.recevoir(1_000, {
          temperature_ambiante_c: null,
          temperature_echantillon_c: 20,
          densite_observee_kgm3: 837,
        }));
        assert.equal(temperature.code, "TEMPERATURE_REQUISE");
      },
    );
    await t.step("outside the standard's domain it refuses, naming the bound", async () => {
      const problem = await refus(
        m.recevoir(1_000, { densite_observee_kgm3: 450, temperature_ambiante_c: 20 }),
      );
      assert.equal(problem.code, "ASTM_HORS_DOMAINE");
      assert.match(problem.detail, /653/);
    });
    await t.step("a draft written before is validated the new way", async () => {
      const draft = await m.rediger(1_000, { densite_observee_kgm3: 837, temperature_ambiante_c: 20 });
      const sortie = await gerant.call("POST", `sorties/${draft.id}/valider`);
      assert.deepEqual([sortie.methode_15c, sortie.volume_15c], ["MPMS_11_1_1980", 996]);
    });
    await t.step("astm/comparer is open to this depot, and says 8 of 8 at 0 L", async () => {
      const { data } = await gerant.call<{ data: { source: string; ecart_l: number }[] }>(
        "POST",
        "astm/comparer",
        {},
      );
      assert.deepEqual(
        data.filter(({ source }) => source === "SEP").map(({ ecart_l }) => ecart_l),
        Array(8).fill(0),
      );
    });
    await t.step("and closed to the other", async () => {
      const problem = await refus((await elsewhere.personne("gerant")).call("POST", "astm/comparer", {}));
      assert.deepEqual([problem.status, problem.code], [403, "FLAG_INACTIF"]);
    });
  });

  const { data } = await gerant.supabase.auth.getUser();
  await selonLaNorme({ users: [data.user!.id] }, admin, async () => {
    await t.step("on for one user: theirs and nobody else's", async () => {
      const reception = {
        ...REAL_TRUCKS[0],
        citerne_id: m.citernes[1],
        cours_de_route_id: await m.camionArrive(),
      };
      const theirs = await gerant.call("POST", "receptions", reception);
      assert.equal(theirs.methode_15c, "MPMS_11_1_1980");
      assert.equal((await m.recevoir(1_000, { temperature_ambiante_c: 20 })).methode_15c, "LEGACY");
    });
  });

  await t.step("a movement keeps the method it was recorded with, however the flag moves", async () => {
    const now = await gerant.call("GET", `receptions/${before.id}`);
    assert.deepEqual([now.methode_15c, now.volume_15c], ["LEGACY", before.volume_15c]);
  });

  await t.step("a validated figure can be computed again from what its row holds", async () => {
    const rows = await sql`
      select r.volume_15c::float8 as ecrit, c.volume_15c_l as recalcule
        from public.receptions r
       cross join lateral astm.calculer_15c(
               r.parametres_15c ->> 'groupe', r.densite_observee_kgm3, r.temperature_echantillon_c,
               r.temperature_ambiante_c, r.volume_ambiant, r.methode_15c,
               (r.parametres_15c ->> 'correction_verre')::boolean, 0, (r.parametres_15c ->> 'arrondir')::boolean) c
       where r.depot_id = ${m.depot} and r.methode_15c <> 'LEGACY'`;
    assert.ok(rows.length > 8);
    assert.deepEqual(rows.filter(({ ecrit, recalcule }) => ecrit !== recalcule), []);
  });
});

test("astm/calculer answers from the database, recording nothing", async (t) => {
  const m = await monde();
  const lecture = await m.personne("lecture");
  const [truck] = REAL_TRUCKS;
  const demande = {
    groupe: "B",
    densite_observee_kgm3: truck!.densite_observee_kgm3,
    temperature_echantillon_c: truck!.temperature_echantillon_c,
    temperature_produit_c: truck!.temperature_ambiante_c,
    volume_observe_l: truck!.volume_ambiant,
  };
  await t.step("a real truck", async () => {
    assert.deepEqual(await lecture.call("POST", "astm/calculer", demande), {
      densite_15c_kgm3: 847.4,
      vcf: 0.9937,
      volume_15c_l: 39_048,
      methode: "MPMS_11_1_1980",
    });
  });
  await t.step("what it cannot compute is refused with the engine's own code", async () => {
    const code = async (changes: object) =>
      (await refus(lecture.call("POST", "astm/calculer", { ...demande, ...changes }))).code;
    assert.equal(await code({ densite_observee_kgm3: null }), "DENSITE_OBSERVEE_REQUISE");
    assert.equal(
      await code({ temperature_echantillon_c: null, temperature_produit_c: null }),
      "TEMPERATURE_REQUISE",
    );
    assert.equal(await code({ temperature_produit_c: 151 }), "ASTM_HORS_DOMAINE");
    assert.equal(await code({ volume_observe_l: 0 }), "ASTM_HORS_DOMAINE");
    assert.equal(await code({ groupe: "E" }), "VALIDATION");
  });
});

// What a clerk types of a movement: odd readings are taken and told, impossible ones refused by the field they stand in.
import assert from "node:assert/strict";
import type { Person } from "../../ops/pile/client.ts";
import { type Monde, monde, refus, sql, test } from "../support/monde.ts";
import { selonLaNorme } from "../support/norme.ts";

interface Avertis {
  id?: string;
  prise_de_hauteur_id?: string;
  avertissements: { code: string; phrase: string }[];
}
const BON = { temperature_ambiante_c: 22, densite_observee_kgm3: 836 };

/** Every way fuel is measured at a depot, by its door, with these readings: what it answers. */
async function voies(m: Monde): Promise<Record<string, (lu: object) => Promise<Avertis>>> {
  const [operateur, gerant] = await Promise.all([m.personne("operateur"), m.personne("gerant")]);
  const [citerne_id, autre] = m.citernes;
  const poser = (person: Person, porte: string, corps: object) =>
    person.call<Avertis & { id: string }>("POST", porte, corps);
  return {
    réception: (lu) => m.recevoir(1000, lu) as unknown as Promise<Avertis>,
    "réception d'un partenaire": (lu) =>
      poser(operateur, "receptions", {
        citerne_id,
        proprietaire_type: "PARTENAIRE",
        partenaire_id: m.partenaire,
        volume_ambiant: 1000,
        ...lu,
      }),
    "sortie validée": async (lu) => poser(gerant, `sorties/${(await m.rediger(500, lu)).id}/valider`, {}),
    transfert: (lu) =>
      poser(gerant, "stocks/transferts", {
        citerne_source_id: citerne_id,
        citerne_destination_id: autre,
        volume_ambiant: 100,
        ...lu,
      }),
    jauge: ({ temperature_ambiante_c: temperature_c, ...lu }: { temperature_ambiante_c?: number }) =>
      poser(operateur, "stocks/prises-de-hauteur", { citerne_id, volume_mesure: 9000, temperature_c, ...lu }),
  };
}

/** What is in force here only, around one test. */
const iciSelonLaNorme = async (m: Monde, work: () => Promise<void>) => {
  await selonLaNorme({ depots: [m.depot] }, await m.personne("admin"), async () => {
    await m.recevoir(10_000, BON);
    await work();
  });
};

test("sample and product far apart, or a density unlike the tank's, are taken and told, in the answer and the log", async () => {
  const m = await monde();
  await iciSelonLaNorme(m, async () => {
    for (const [voie, mesurer] of Object.entries(await voies(m))) {
      const juste = await mesurer(BON);
      assert.deepEqual(juste.avertissements, [], voie);
      const douteuse = await mesurer({ ...BON, temperature_echantillon_c: 32.1, densite_observee_kgm3: 833 });
      const codes = douteuse.avertissements.map(({ code }) => code);
      assert.deepEqual(codes, ["TEMPERATURES_ECARTEES", "DENSITE_ECARTEE"], voie);
      for (const { phrase } of douteuse.avertissements) assert.match(phrase, /vérifiez/, voie);
      const [ligne] = await sql`
        select details -> 'avertissements' as dits from public.log_actions
         where details ->> 'id' = ${douteuse.id ?? douteuse.prise_de_hauteur_id!}
            or cible_id = ${douteuse.id ?? douteuse.prise_de_hauteur_id!}
         order by created_at desc limit 1`;
      assert.deepEqual(ligne!.dits, douteuse.avertissements, `${voie}: the log says so too`);
      const justeAuBord = await mesurer({
        ...BON,
        temperature_echantillon_c: 32,
        densite_observee_kgm3: 830,
      });
      assert.ok(!justeAuBord.avertissements.some(({ code }) => code === "TEMPERATURES_ECARTEES"), voie);
    }
  });
});

test("a density in kg/L is the same density, at every door", async () => {
  const m = await monde();
  await iciSelonLaNorme(m, async () => {
    for (const [voie, mesurer] of Object.entries(await voies(m))) {
      const lue = await mesurer({ ...BON, densite_observee_kgm3: 0.836 }) as Avertis & Record<string, number>;
      assert.equal(lue.densite_observee_kgm3, 836, voie);
    }
  });
});

test("a temperature outside what its depot holds for plausible is refused by the field it was typed in; the depot sets the range", async () => {
  const m = await monde();
  const admin = await m.personne("admin");
  await iciSelonLaNorme(m, async () => {
    const regler = async (temperature_max_c: number) => {
      const { error } = await admin.supabase.from("depots").update({ temperature_max_c }).eq(
        "id",
        m.depot,
      );
      assert.equal(error, null);
    };
    for (const [voie, mesurer] of Object.entries(await voies(m))) {
      const champ = voie === "jauge" ? "temperature_c" : "temperature_ambiante_c";
      await mesurer({ ...BON, temperature_ambiante_c: 45, temperature_echantillon_c: 44 });
      await regler(40);
      const produit = await refus(mesurer({ ...BON, temperature_ambiante_c: 45 }));
      assert.equal(produit.code, "TEMPERATURE_HORS_PLAGE", voie);
      assert.deepEqual(produit.valeurs, { champ, temperature: 45, min: -10, max: 40 }, voie);
      const echantillon = await refus(mesurer({ ...BON, temperature_echantillon_c: 41 }));
      assert.equal(echantillon.valeurs?.champ, "temperature_echantillon_c", voie);
      if (voie !== "jauge") {
        const sans = await refus(mesurer({ ...BON, temperature_ambiante_c: null }));
        assert.deepEqual([sans.code, sans.valeurs?.champ], [
          "TEMPERATURE_REQUISE",
          champ,
        ], voie);
      }
      await regler(60);
    }
  });
});

test("a volume that makes no litre at 15 °C is refused by the field it was typed in", async () => {
  const m = await monde();
  const { "sortie validée": _, jauge: __, ...voiesVolume } = await voies(m);
  await iciSelonLaNorme(m, async () => {
    for (const [voie, mesurer] of Object.entries(voiesVolume)) {
      const { code, valeurs } = await refus(mesurer({ ...BON, volume_ambiant: 0.4 }));
      assert.equal(code, "VOLUME_TROP_PETIT", voie);
      assert.deepEqual(valeurs, { champ: "volume_ambiant", volume: 0.4 }, voie);
    }
    for (
      const [lu, champ] of [
        [{ volume_ambiant: null, volume_observe: 0.4 }, "volume_observe"],
        [{ volume_ambiant: null, index_avant: 100, index_apres: 100.4 }, "index_apres"],
      ] as const
    ) {
      const { code, valeurs } = await refus(m.recevoir(1000, { ...BON, ...lu }));
      assert.deepEqual([code, valeurs?.champ], ["VOLUME_TROP_PETIT", champ]);
    }
    const petite = (lu: object) =>
      m.rediger(1, { ...BON, ...lu }).then(async ({ id }) =>
        (await m.personne("gerant")).call("POST", `sorties/${id}/valider`)
      );
    for (
      const [lu, champ] of [
        [{ volume_ambiant: 0.4 }, "volume_ambiant"],
        [{ volume_ambiant: null, index_avant: 100, index_apres: 100.4 }, "index_apres"],
      ] as const
    ) {
      const { code, valeurs } = await refus(petite(lu));
      assert.deepEqual([code, valeurs?.champ], ["VOLUME_TROP_PETIT", champ]);
    }
  });
});

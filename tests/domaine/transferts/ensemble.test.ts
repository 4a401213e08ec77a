// Fuel between two depots, by the doors and by eight at once.
import assert from "node:assert/strict";
import type { Person, Row } from "../../../ops/pile/client.ts";
import { fetchPorte, type Monde, monde, refus, stock, test, token } from "../../support/monde.ts";
import { depotLointain } from "./reponses.ts";

const expedier = (qui: Person, source: string, depot: string, volume_ambiant: number) =>
  qui.call("POST", "stocks/transferts-depots", {
    citerne_source_id: source,
    depot_destination_id: depot,
    volume_ambiant,
    temperature_ambiante_c: 15,
  });
const recevoir = (qui: Person, { id }: Row, citerne_id: string, volume_ambiant: number) =>
  qui.call("POST", `stocks/transferts-depots/${id}/recevoir`, {
    citerne_id,
    volume_ambiant,
    temperature_ambiante_c: 15,
  });
const perdre = (qui: Person, { id }: Row) =>
  qui.call("POST", `stocks/transferts-depots/${id}/perdu`, { motif: "camion accidenté en route" });

/** What each was told: done, or the code of the refusal. */
async function dits(appels: Promise<unknown>[]): Promise<string[]> {
  const issues = await Promise.allSettled(appels);
  return (await Promise.all(
    issues.map((issue) =>
      issue.status === "fulfilled" ? "fait" : refus(Promise.reject(issue.reason)).then(({ code }) => code)
    ),
  )).sort();
}
const reste = async (qui: Person, citerne: string) => (await stock(qui, citerne)).MONALUXE?.stock_15c ?? 0;

async function exigerPreuves(qui: Person): Promise<void> {
  for (const preuve of ["verifier_stocks", "verifier_mouvements"] as const) {
    assert.deepEqual((await qui.supabase.rpc(preuve)).data, [], preuve);
  }
}
async function deuxDepots(): Promise<{ m: Monde; loin: { depot: string; citerne: string }; admin: Person }> {
  const m = await monde();
  const [loin, admin] = await Promise.all([depotLointain(m), m.personne("admin")]);
  await m.recevoir(1000);
  return { m, loin, admin };
}

test("eight who receive one transfer, or declare it lost, at once: one of them does, and it is counted once", async () => {
  const { m, loin, admin } = await deuxDepots();
  const envoye = await expedier(await m.personne("gerant"), m.citernes[0], loin.depot, 400);
  const issues = await dits(
    Array.from(
      { length: 8 },
      (_, i) => i % 4 === 3 ? perdre(admin, envoye) : recevoir(admin, envoye, loin.citerne, 399),
    ),
  );
  assert.deepEqual(issues, [...Array(7).fill("TRANSFERT_ETAT"), "fait"]);
  const { data: [fini] } = await admin.call<{ data: Row[] }>(
    "GET",
    `stocks/transferts-depots?depot_id=${loin.depot}`,
  );
  const arrive = fini!.statut === "RECU" ? 399 : 0;
  assert.equal(await reste(admin, loin.citerne), arrive);
  assert.equal(await reste(admin, m.citernes[0]), 600);
  assert.equal(fini!.perte_15c, 400 - arrive);
});

test("eight who send at once cannot send more than the tank has", async () => {
  const { m, loin, admin } = await deuxDepots();
  const gerant = await m.personne("gerant");
  const issues = await dits(
    Array.from({ length: 8 }, () => expedier(gerant, m.citernes[0], loin.depot, 300)),
  );
  assert.deepEqual(issues, [...Array(5).fill("INSUFFICIENT_STOCK"), ...Array(3).fill("fait")]);
  const { data } = await gerant.call<{ data: Row[] }>("GET", `stocks/en-transit?depot_id=${m.depot}`);
  assert.deepEqual(data.map(({ stock_15c }) => stock_15c), [300, 300, 300]);
  assert.equal(await reste(admin, m.citernes[0]), 100);
  await exigerPreuves(gerant);
});

test("eight transfers that cross, sent and received at once both ways: each goes through", async () => {
  const { m, loin, admin } = await deuxDepots();
  await recevoir(admin, await expedier(admin, m.citernes[0], loin.depot, 500), loin.citerne, 500);
  const envois = await Promise.all(
    Array.from(
      { length: 8 },
      (_, i) =>
        i % 2 ? expedier(admin, m.citernes[0], loin.depot, 100) : expedier(admin, loin.citerne, m.depot, 100),
    ),
  );
  const issues = await dits(
    envois.map((envoi, i) => recevoir(admin, envoi, i % 2 ? loin.citerne : m.citernes[0], 100)),
  );
  assert.deepEqual(issues, Array(8).fill("fait"));
  assert.equal(await reste(admin, m.citernes[0]), 500);
  assert.equal(await reste(admin, loin.citerne), 500);
});

test("the same request twice sends once", async () => {
  const { m, loin } = await deuxDepots();
  const gerant = await m.personne("gerant");
  const init = {
    method: "POST",
    headers: {
      authorization: `Bearer ${await token(gerant)}`,
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
    },
    body: JSON.stringify({
      citerne_source_id: m.citernes[0],
      depot_destination_id: loin.depot,
      volume_ambiant: 100,
      temperature_ambiante_c: 15,
    }),
  };
  const reponses = [
    await fetchPorte("stocks/transferts-depots", init),
    await fetchPorte("stocks/transferts-depots", init),
  ];
  assert.deepEqual(reponses.map(({ status }) => status), [201, 201]);
  const [un, deux] = await Promise.all(reponses.map((reponse) => reponse.json()));
  assert.equal(un.id, deux.id);
  assert.equal(await reste(gerant, m.citernes[0]), 900);
});

test("both depots see a transfer and what it lost on the way, and a third sees nothing", async () => {
  const [{ m, loin, admin }, ailleurs] = await Promise.all([deuxDepots(), monde()]);
  const [gerant, tiers] = await Promise.all([m.personne("gerant"), ailleurs.personne("gerant")]);
  const envoye = await expedier(gerant, m.citernes[0], loin.depot, 500);
  const recu = await recevoir(admin, envoye, loin.citerne, 496);
  assert.deepEqual(
    [recu.statut, recu.perte_15c, recu.perte_pour_mille, recu.franchise_15c, recu.excedent_15c],
    ["RECU", 4, 8, 1.5, 2.5],
  );
  const voir = async (qui: Person) =>
    (await qui.call<{ data: Row[] }>("GET", "stocks/transferts-depots")).data.map(({ id }) => id);
  assert.ok((await voir(gerant)).includes(envoye.id));
  assert.deepEqual(await voir(tiers), []);
  assert.equal((await refus(recevoir(tiers, envoye, ailleurs.citernes[0], 1))).code, "INTROUVABLE");
  const { data } = await admin.supabase.from("ecarts").select("domaine, statut, ecart, excedent")
    .eq("reference_type", "TRANSFERT_DEPOT").eq("reference_id", envoye.id);
  assert.deepEqual(data, [{ domaine: "TRANSPORTEUR", statut: "OUVERT", ecart: -4, excedent: 2.5 }]);
});

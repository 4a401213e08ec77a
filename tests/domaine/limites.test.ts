import { attendre } from "../support/attente.ts";
import assert from "node:assert/strict";
import { porteur, signer } from "../support/jetons.ts";
import { fetchPorte, monde, sql, test, token } from "../support/monde.ts";

/** As if this person had just asked so often; a minute ahead, so that no minute begins anew while the test runs. */
async function avoirDemande(user: string, route: string, nombre: number): Promise<void> {
  await sql`insert into private.limites_compteurs
            values (${user}, ${route}, date_trunc('minute', clock_timestamp()) + interval '1 minute', ${nombre})
            on conflict (user_id, route) do update set minute = excluded.minute, nombre = excluded.nombre`;
}

async function nombre(user: string, route: string): Promise<number | undefined> {
  const [row] =
    await sql`select nombre from private.limites_compteurs where user_id = ${user} and route = ${route}`;
  return row?.nombre;
}

/** A process says what it has counted about once a second: how many there are once it has said it, or more. */
const nombreDit = (user: string, route: string, attendu: number): Promise<number> =>
  attendre(`${attendu} requests counted at ${route}`, async () => {
    const dit = await nombre(user, route) ?? 0;
    return dit >= attendu && dit;
  }) as Promise<number>;

async function quelquUn() {
  const m = await monde();
  const operateur = await m.personne("operateur");
  const { data } = await operateur.supabase.auth.getUser();
  return { m, user: data.user!.id, headers: porteur(await token(operateur)) };
}

test("who asks too often is told so and for how long, and nothing is done", async () => {
  const { m, user, headers } = await quelquUn();
  await avoirDemande(user, "POST sorties/", 600);
  const body = JSON.stringify({ citerne_id: m.citernes[0], volume_ambiant: 1, temperature_ambiante_c: 15 });
  const cle = { "idempotency-key": crypto.randomUUID() };
  const answer = await fetchPorte("sorties", { method: "POST", headers: { ...headers, ...cle }, body });
  const problem = await answer.json();
  assert.deepEqual([answer.status, problem.code], [429, "TROP_DE_DEMANDES"]);
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  const attendre = Number(answer.headers.get("retry-after"));
  assert.ok(attendre >= 1 && attendre <= 60, `${attendre}`);
  const [{ combien }] = await sql<[{ combien: number }]>`
    select count(*)::int as combien from public.sorties_produit where created_by = ${user}`;
  assert.equal(combien, 0);
  // The key was not spent on the refusal.
  await avoirDemande(user, "POST sorties/", 0);
  const again = await fetchPorte("sorties", { method: "POST", headers: { ...headers, ...cle }, body });
  assert.equal(again.status, 201);
  await again.body?.cancel();
});

test("a request that is refused, or undone, has been counted all the same", async () => {
  const { m, user, headers } = await quelquUn();
  await avoirDemande(user, "POST sorties/", 0);
  const send = async (body: string) => {
    const answer = await fetchPorte("sorties", { method: "POST", headers, body });
    await answer.body?.cancel();
    return answer.status;
  };
  assert.equal(await send("{"), 422);
  assert.equal(
    await send(
      JSON.stringify({ citerne_id: crypto.randomUUID(), volume_ambiant: 1, temperature_ambiante_c: 15 }),
    ),
    422,
  );
  assert.equal(
    await send(JSON.stringify({ citerne_id: m.citernes[0], volume_ambiant: 1, temperature_ambiante_c: 15 })),
    201,
  );
  assert.equal(await nombreDit(user, "POST sorties/", 3), 3);
});

test("somebody without a profile is counted, somebody without a session leaves no count", async () => {
  const sub = crypto.randomUUID();
  const route = "GET stocks/kpi";
  await avoirDemande(sub, route, 1200);
  const answer = await fetchPorte("stocks/kpi", { headers: porteur(await signer({ sub })) });
  assert.equal((await answer.json()).code, "TROP_DE_DEMANDES");
  const nobody = crypto.randomUUID();
  const forged = await signer({ sub: nobody }, {
    cle: new TextEncoder().encode("un autre secret que le bon"),
  });
  assert.equal((await fetchPorte("stocks/kpi", { headers: porteur(forged) })).status, 401);
  assert.equal(await nombre(nobody, route), undefined);
});

test("what a process has counted and not said yet counts as what it has said", async () => {
  const { m, user, headers } = await quelquUn();
  await avoirDemande(user, "POST sorties/", 597);
  const body = JSON.stringify({ citerne_id: m.citernes[0], volume_ambiant: 1, temperature_ambiante_c: 15 });
  const statuts = await Promise.all(Array.from({ length: 8 }, async () => {
    const answer = await fetchPorte("sorties", { method: "POST", headers, body });
    await answer.body?.cancel();
    return answer.status;
  }));
  assert.deepEqual(statuts.filter((statut) => statut === 201).length, 3);
  assert.deepEqual(statuts.filter((statut) => statut === 429).length, 5);
});

test("many requests at once are all counted", async () => {
  const { user, headers } = await quelquUn();
  await avoirDemande(user, "GET stocks/kpi", 0);
  await Promise.all(
    Array.from(
      { length: 20 },
      () => fetchPorte("stocks/kpi", { headers }).then((answer) => answer.body?.cancel()),
    ),
  );
  assert.equal(await nombreDit(user, "GET stocks/kpi", 20), 20);
});

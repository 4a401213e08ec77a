import assert from "node:assert/strict";
import { porteur } from "../../support/jetons.ts";
import { monde, status, test, token } from "../../support/monde.ts";
import { RELATIONS } from "./matrice.ts";

test("through REST nobody is told an estimate, which would count what they do not see", async () => {
  const entetes = {
    ...porteur(await token(await (await monde()).personne("operateur"))),
    apikey: status.ANON_KEY,
  };
  const demandes: [methode: string, plus: Record<string, string>][] = [
    ["GET", { prefer: "count=planned" }],
    ["GET", { prefer: "return=representation,count=estimated", range: "0-0" }],
    ["HEAD", { prefer: "count=planned" }],
    ["GET", { accept: "application/vnd.pgrst.plan+json" }],
  ];
  await Promise.all(
    Object.keys(RELATIONS).filter((nom) => !nom.includes(".")).map(async (nom) => {
      for (const [method, plus] of demandes) {
        const answer = await fetch(`${status.API_URL}/rest/v1/${nom}?select=*`, {
          method,
          headers: { ...entetes, ...plus },
        });
        const said = await answer.text();
        assert.equal(answer.status, 422, `${method} ${nom} ${JSON.stringify(plus)} : ${said}`);
        assert.equal(answer.headers.get("content-range"), null);
        if (method === "GET") assert.equal(JSON.parse(said).message, "ESTIMATION_INTERDITE");
      }
    }),
  );
  const exact = await fetch(`${status.API_URL}/rest/v1/depots?select=id`, {
    headers: { ...entetes, prefer: "count=exact" },
  });
  assert.deepEqual(
    [exact.status, (await exact.json()).length],
    [200, 1],
    "an exact count stays: of what they see",
  );
  assert.match(exact.headers.get("content-range")!, /\/1$/);
});

import assert from "node:assert/strict";
import { exportJWK, exportSPKI, generateKeyPair, type JWK } from "jose";
import { verificateur } from "../../supabase/functions/_shared/identity.ts";
import { cle, porteur, signer } from "../support/jetons.ts";
import { fetchPorte, type Monde, monde, sql, status, test } from "../support/monde.ts";

const now = () => Math.floor(Date.now() / 1000);
const ISSUER = `${status.API_URL}/auth/v1`;

const sansSignature = (claims: object) =>
  [{ alg: "none", typ: "JWT" }, claims].map((part) => btoa(JSON.stringify(part)).replaceAll("=", "")).join(
    ".",
  );

/** An operator's token spoilt in each way a token can be; without the spoiling it would pass. */
async function mauvais(sub: string): Promise<Record<string, string>> {
  const good = { sub, role: "authenticated", aud: "authenticated", exp: now() + 3600 };
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  return {
    "an expired one": await signer({ sub, iat: now() - 7200, exp: now() - 3600 }),
    "one that is not valid yet": await signer({ sub, nbf: now() + 3600 }),
    "one signed in the future": await signer({ sub, iat: now() + 3600, exp: now() + 7200 }),
    "one that never expires": await signer({ sub, exp: undefined }),
    "another project's": await signer({ sub, iss: "https://autre.supabase.co/auth/v1" }, {
      cle: cle("le secret d'un autre projet, assez long"),
    }),
    "one signed with another key": await signer({ sub }, { cle: cle("n'importe quel secret, assez long") }),
    "one of another issuer": await signer({ sub, iss: "https://autre.supabase.co/auth/v1" }),
    "one for another audience": await signer({ sub, aud: "ailleurs" }),
    "one for no audience": await signer({ sub, aud: undefined }),
    "one that is not signed": `${sansSignature(good)}.`,
    "one that is not signed, with something behind": `${sansSignature(good)}.AAAA`,
    "HS256 signed with a public key, as PEM": await signer({ sub }, {
      cle: cle(await exportSPKI(publicKey)),
    }),
    "HS256 signed with a public key, as JWK": await signer({ sub }, {
      cle: cle(JSON.stringify(await exportJWK(publicKey))),
    }),
    "ES256 by a key the project doesn't publish": await signer({ sub, iss: ISSUER }, {
      cle: privateKey,
      entete: { alg: "ES256", kid: "inconnue" },
    }),
    "a publishable key": "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH",
    "the anonymous key": status.ANON_KEY,
    "the service key": status.SERVICE_ROLE_KEY,
    "one without a user": await signer({}),
    "one whose user is no UUID": await signer({ sub: "admin" }),
    "one that claims to be the service": await signer({ sub, role: "service_role" }),
    "one that claims to be anonymous": await signer({ sub, role: "anon" }),
    "one that claims to be the database": await signer({ sub, role: "postgres" }),
    "one without a role": await signer({ sub, role: undefined }),
    "something that is no token": "bonjour",
  };
}

async function operateur(m: Monde): Promise<string> {
  const { data } = await (await m.personne("operateur")).supabase.auth.getUser();
  return data.user!.id;
}

const camion = (m: Monde) => ({
  fournisseur_id: m.fournisseur,
  depot_destination_id: m.depot,
  produit_id: m.produit,
  plaque_camion: crypto.randomUUID().toUpperCase(),
  volume: 1,
});

async function traces(plaque: string): Promise<number> {
  const [row] = await sql`
    select count(*)::int as combien from public.log_actions where details ->> 'plaque_camion' = ${plaque}`;
  return row!.combien;
}

test("a token that is not a user's of this project opens no door, and leaves no line in the log", async (t) => {
  const m = await monde();
  const sub = await operateur(m);
  const open = (jeton: string, body: object) =>
    fetchPorte("cours-de-route", { method: "POST", headers: porteur(jeton), body: JSON.stringify(body) });
  for (const [what, jeton] of Object.entries(await mauvais(sub))) {
    await t.step(what, async () => {
      const body = camion(m);
      const answer = await open(jeton, body);
      assert.deepEqual([answer.status, (await answer.json()).code], [401, "NON_AUTHENTIFIE"]);
      assert.equal(await traces(body.plaque_camion), 0);
    });
  }
  await t.step("none at all", async () => {
    const answer = await fetchPorte("cours-de-route");
    assert.deepEqual([answer.status, (await answer.json()).code], [401, "NON_AUTHENTIFIE"]);
  });
  const good = {
    "but for the spoiling it would have passed": await signer({ sub }),
    "and with the project named as its issuer": await signer({ sub, iss: ISSUER }),
    "and by the secret that is being replaced": await signer({ sub }, {
      cle: cle(Deno.env.get("JWT_SECRET_PRECEDENT")!),
    }),
  };
  for (const [what, jeton] of Object.entries(good)) {
    await t.step(what, async () => {
      const body = camion(m);
      const answer = await open(jeton, body);
      await answer.body?.cancel();
      assert.deepEqual([answer.status, await traces(body.plaque_camion)], [201, 1]);
    });
  }
});

test("REST lets none of them write either, and says 401 to all that it can tell", async (t) => {
  const m = await monde();
  const tokens = await mauvais(await operateur(m));
  // REST believes what is signed: it reads neither audience nor issuer and takes the role it is told, here and on a
  // hosted project. Whoever has the secret to sign these has the service key too.
  const believed = [
    "one of another issuer",
    "one for another audience",
    "one for no audience",
    "one that never expires",
  ]
    .concat("one that claims to be the service", "one that claims to be the database");
  // These are nobody who may write: not a bad token, but a role or a user without rights.
  const powerless = [
    "the anonymous key",
    "the service key",
    "one without a user",
    "one whose user is no UUID",
  ]
    .concat("one that claims to be anonymous", "one without a role");
  for (const [what, jeton] of Object.entries(tokens).filter(([what]) => !believed.includes(what))) {
    await t.step(what, async () => {
      const body = camion(m);
      const answer = await fetch(`${status.API_URL}/rest/v1/cours_de_route`, {
        method: "POST",
        headers: { ...porteur(jeton), apikey: status.ANON_KEY, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      await answer.body?.cancel();
      if (powerless.includes(what)) {
        assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status}`);
      } else assert.equal(answer.status, 401);
      assert.equal(await traces(body.plaque_camion), 0);
    });
  }
});

/** A project that signs with keys it publishes, and may publish others later. */
async function projet() {
  const paires = await Promise.all(
    ["ES256", "RS256"].map((alg) => generateKeyPair(alg, { extractable: true })),
  );
  const keys: JWK[] = await Promise.all(
    paires.map(async ({ publicKey }, i) => ({
      ...await exportJWK(publicKey),
      kid: `cle-${i}`,
      alg: ["ES256", "RS256"][i]!,
    })),
  );
  let publiees = keys;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => Response.json({ keys: publiees }),
  );
  const origin = `http://127.0.0.1:${server.addr.port}`;
  return {
    keys,
    publier: (some: JWK[]) => publiees = some,
    jeton: (i: number, claims: object = {}) =>
      signer({ sub: crypto.randomUUID(), iss: `${origin}/auth/v1`, ...claims }, {
        cle: paires[i]!.privateKey,
        entete: { alg: keys[i]!.alg!, kid: keys[i]!.kid },
      }),
    verifier: (secrets: string[] = []) => {
      const check = verificateur({ jwks: new URL(origin), emetteur: `${origin}/auth/v1`, secrets });
      return (jeton: string) => check(`Bearer ${jeton}`).then(() => "accepté", ({ message }) => message);
    },
    fermer: () => server.shutdown(),
  };
}

test("while a signing key is replaced, tokens of both are accepted; afterwards only of the one that is published", async () => {
  const p = await projet();
  const [old, young] = [await p.jeton(0), await p.jeton(1)];
  const during = p.verifier();
  assert.deepEqual([await during(old), await during(young)], ["accepté", "accepté"]);
  p.publier([p.keys[1]!]);
  const after = p.verifier();
  assert.deepEqual([await after(old), await after(young)], ["NON_AUTHENTIFIE", "accepté"]);
  await p.fermer();
});

test("a published key signs as what it is: never as a shared secret, for no other issuer", async (t) => {
  const p = await projet();
  const check = p.verifier();
  const sub = crypto.randomUUID();
  const bad = {
    "no issuer": await p.jeton(0, { iss: undefined }),
    "another issuer": await p.jeton(0, { iss: ISSUER }),
    "another audience": await p.jeton(0, { aud: "ailleurs" }),
    "expired": await p.jeton(0, { exp: now() - 60 }),
    "not valid yet": await p.jeton(0, { nbf: now() + 60 }),
    "no user": await p.jeton(0, { sub: undefined }),
    "another role": await p.jeton(0, { role: "service_role" }),
    "the public key as a secret": await signer({ sub }, {
      cle: cle(JSON.stringify(p.keys[0])),
      entete: { alg: "HS256", kid: "cle-0" },
    }),
    "an empty secret": await signer({ sub }, { cle: cle("\0") }),
  };
  assert.equal(await check(await p.jeton(0)), "accepté");
  for (const [what, jeton] of Object.entries(bad)) {
    await t.step(what, async () => assert.equal(await check(jeton), "NON_AUTHENTIFIE"));
  }
  await p.fermer();
});

test("a project that moves from a secret to keys accepts both; without the secret, HS256 is nothing", async () => {
  const p = await projet();
  const legacy = await signer({ sub: crypto.randomUUID() }, { cle: cle("le secret d'avant, assez long") });
  const both = p.verifier(["le secret d'avant, assez long"]);
  assert.deepEqual([await both(legacy), await both(await p.jeton(0))], ["accepté", "accepté"]);
  assert.equal(await p.verifier()(legacy), "NON_AUTHENTIFIE");
  await p.fermer();
});

test("where the published keys can't be had, nobody is told that their session is over", async () => {
  const p = await projet();
  const jeton = await p.jeton(0);
  await p.fermer();
  assert.equal(await p.verifier()(jeton), "SERVICE_INDISPONIBLE");
});

// How the gateway asks: whatever way a server cuts its answer into pieces, it is handed on whole, or not at all.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ask, SHORT_BYTES } from "../../ops/pile/upstream.ts";

const octets = (dits: string) => Uint8Array.from(dits, (caractere) => caractere.charCodeAt(0));

/** A server that says to each connection in turn what its line says, piece by piece, and what it was asked. */
async function serveur(
  connexions: { dits: Uint8Array[]; ferme?: true }[],
  essai: (origine: string, demandes: string[]) => Promise<void>,
): Promise<void> {
  const ecoute = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const demandes: string[] = [];
  const ouvertes: Deno.Conn[] = [];
  const servi = (async () => {
    for (const { dits, ferme } of connexions) {
      const connexion = await ecoute.accept();
      ouvertes.push(connexion);
      const lu = new Uint8Array(SHORT_BYTES);
      demandes.push(new TextDecoder("latin1").decode(lu.subarray(0, (await connexion.read(lu)) ?? 0)));
      for (const dit of dits) await connexion.write(dit);
      if (ferme) connexion.close();
    }
  })();
  try {
    await essai(`http://127.0.0.1:${ecoute.addr.port}`, demandes);
    await servi;
  } finally {
    ecoute.close();
    for (const connexion of ouvertes) {
      try {
        connexion.close();
      } catch { /* closed already */ }
    }
  }
}

const demande = (methode = "GET", corps?: string) =>
  new Request("http://depot.test/", {
    method: methode,
    body: corps,
    headers: { "x-dit": "é", "x-vide": "" },
  });

const enMorceaux = (corps: string, tailles: number[]) => {
  let reste = corps;
  let dits = "";
  for (const taille of [...tailles, corps.length]) {
    const morceau = reste.slice(0, taille);
    reste = reste.slice(taille);
    if (morceau) dits += `${morceau.length.toString(16)};x=1\r\n${morceau}\r\n`;
  }
  return `${dits}0\r\nx-fin: 1\r\n\r\n`;
};

test("an answer is the same, in one piece or byte by byte, with its length or in chunks", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ maxLength: 200, unit: "binary-ascii" }),
      fc.option(fc.array(fc.nat({ max: 60 }), { maxLength: 5 })),
      fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 6 }),
      async (corps, tailles, coupes) => {
        const entete = tailles ? "transfer-encoding: chunked" : `content-length: ${corps.length}`;
        const dit = octets(
          `HTTP/1.1 201 Created\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n${entete}\r\n\r\n` +
            (tailles ? enMorceaux(corps, tailles) : corps),
        );
        const dits: Uint8Array[] = [];
        let debut = 0;
        for (const coupe of coupes) dits.push(dit.subarray(debut, debut += coupe));
        await serveur([{ dits: [...dits, dit.subarray(debut)] }], async (origine) => {
          const reponse = await ask(origine, demande(), "/a?b", undefined);
          assert.equal(reponse.status, 201);
          assert.deepEqual(reponse.headers.getSetCookie(), ["a=1", "b=2"]);
          assert.equal(await reponse.text(), corps);
        });
      },
    ),
    { numRuns: 60 },
  );
});

test("what is asked goes on as it came, its length said anew", async () => {
  await serveur(
    [{ dits: [octets("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")] }],
    async (origine, demandes) => {
      const corps = octets('{"é":1}');
      await ask(origine, demande("POST", "x"), "/sorties?valider=true", corps);
      const [entetes, suite] = demandes[0]!.split("\r\n\r\n");
      const lignes = entetes!.split("\r\n");
      assert.equal(lignes[0], "POST /sorties?valider=true HTTP/1.1");
      assert.ok(lignes.includes("x-dit: é"));
      assert.ok(lignes.includes("accept-encoding: identity"));
      assert.deepEqual(lignes.filter((ligne) => ligne.startsWith("content-length")), ["content-length: 7"]);
      assert.equal(suite, '{"é":1}');
    },
  );
});

test("an answer without a body is whole at once, whatever length it says", async () => {
  for (
    const [methode, tete] of [["HEAD", "200 OK\r\ncontent-length: 900"], [
      "GET",
      "304 Not Modified\r\netag: 1",
    ], [
      "GET",
      "204 No Content",
    ]]
  ) {
    await serveur([{ dits: [octets(`HTTP/1.1 ${tete}\r\n\r\n`)] }], async (origine) => {
      const reponse = await ask(origine, demande(methode), "/", undefined);
      assert.equal(reponse.status, Number(tete!.slice(0, 3)));
      assert.equal(await reponse.text(), "");
    });
  }
});

test("what a server says before its answer is not its answer", async () => {
  const dits = [octets("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\nok")];
  await serveur([{ dits }], async (origine) => {
    const reponse = await ask(origine, demande(), "/", undefined);
    assert.deepEqual([reponse.status, await reponse.text()], [202, "ok"]);
  });
});

test("a long answer comes as it is said, whole", async () => {
  const long = "x".repeat(3 * SHORT_BYTES);
  for (
    const dit of [
      `content-length: ${long.length}\r\n\r\n${long}`,
      `transfer-encoding: chunked\r\n\r\n${enMorceaux(long, [10, 70_000])}`,
    ]
  ) {
    await serveur([{ dits: [octets(`HTTP/1.1 200 OK\r\n${dit}`)] }], async (origine) => {
      const reponse = await ask(origine, demande(), "/", undefined);
      assert.equal(await reponse.text(), long);
    });
  }
});

test("a server that hangs up before it has answered, or before the end, has not answered", async () => {
  for (
    const dit of ["", "HTTP/1.1 200 OK\r\ncont", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"]
  ) {
    await serveur([{ dits: [octets(dit)], ferme: true }], async (origine) => {
      await assert.rejects(ask(origine, demande(), "/", undefined));
    });
  }
});

test("a long answer that is cut is cut for who reads it, never ended as if it were whole", async () => {
  const debut = `HTTP/1.1 200 OK\r\ncontent-length: ${4 * SHORT_BYTES}\r\n\r\n${"x".repeat(2 * SHORT_BYTES)}`;
  await serveur([{ dits: [octets(debut)], ferme: true }], async (origine) => {
    const reponse = await ask(origine, demande(), "/", undefined);
    await assert.rejects(reponse.text());
  });
});

test("a connection serves one request after the other, and none after an answer that closes it", async () => {
  const ok = octets("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1");
  const fin = octets("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1\r\n\r\n2");
  await serveur([{ dits: [fin], ferme: true }, { dits: [ok] }], async (origine) => {
    assert.equal(await (await ask(origine, demande(), "/", undefined)).text(), "2");
    assert.equal(await (await ask(origine, demande(), "/", undefined)).text(), "1");
  });
});

// Functions at rest: what nobody asks ends, and is there again when it is asked; nothing in hand is cut.
import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { type OnDemand, onDemand, startChild } from "../../ops/pile/child.ts";
import { makeRoom, putToRest } from "../../ops/pile/rest.ts";

/** Says its number, then what the address it is given answers, when that answers. */
const FONCTION = `Deno.serve((demande) => {
  const suite = demande.headers.get("suite");
  const corps = new ReadableStream({
    async start(sortie) {
      const dire = (texte) => sortie.enqueue(new TextEncoder().encode(texte));
      dire(String(Deno.pid) + " ");
      if (suite) dire(await (await fetch(suite)).text());
      sortie.close();
    },
  });
  return new Response(corps);
});`;

/** As long as it takes. */
const UNE_MINUTE = 60_000;

/** So many functions of a test's, each in a process of its own; of them so many awake at once. */
async function fonctions(
  combien: number,
  essai: (fonctions: OnDemand[]) => Promise<void>,
  awakeMax = Infinity,
): Promise<void> {
  const dossier = await Deno.makeTempDir({ prefix: "monaluxe repos " });
  const module = join(dossier, "fonction.ts");
  await Deno.writeTextFile(module, FONCTION);
  const toutes: OnDemand[] = Array.from({ length: combien }, (_, rang) =>
    onDemand(() =>
      startChild({
        name: `La fonction ${rang}`,
        module: pathToFileURL(module).href,
        permissions: ["--allow-net", `--allow-read=${dossier}`],
        environment: {},
        log: () => {},
      }), () => makeRoom(toutes, { awakeMax }, UNE_MINUTE)));
  try {
    await essai(toutes);
  } finally {
    await Promise.all(toutes.map((une) => une.stop()));
    await Deno.remove(dossier, { recursive: true });
  }
}

const numero = (fonction: OnDemand): Promise<string> =>
  fonction.ask(async (origine) => (await fetch(origine)).text());

function vit(numero: string): boolean {
  try {
    return process.kill(Number(numero), 0);
  } catch {
    return false;
  }
}

/** An address that answers « fin » once it is let. */
async function barriere(essai: (adresse: string, ouvrir: () => void) => Promise<void>): Promise<void> {
  const { promise: ouverte, resolve: ouvrir } = Promise.withResolvers<void>();
  const serveur = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async () => {
    await ouverte;
    return new Response("fin");
  });
  try {
    await essai(`http://127.0.0.1:${serveur.addr.port}`, ouvrir);
  } finally {
    ouvrir();
    await serveur.shutdown();
  }
}

test("a function that nobody has asked for its time rests, and its next request starts it again", async () => {
  await fonctions(1, async ([une]) => {
    const premiere = await numero(une!);
    putToRest([une!], { unasked: Infinity, awakeMax: 1, lately: 0 });
    assert.equal(await numero(une!), premiere);
    putToRest([une!], { unasked: -1, awakeMax: 1, lately: 0 });
    assert.equal(une!.started(), false);
    assert.notEqual(await numero(une!), premiere);
  });
});

test("of too many awake, those longest unasked rest, and none that was asked lately", async () => {
  await fonctions(3, async (toutes) => {
    for (const une of toutes) await numero(une);
    const eveillees = () => toutes.map((une) => une.started());
    putToRest(toutes, { unasked: Infinity, awakeMax: 1, lately: Infinity });
    assert.deepEqual(eveillees(), [true, true, true]);
    putToRest(toutes, { unasked: Infinity, awakeMax: 1, lately: 0 });
    assert.deepEqual(eveillees(), [false, false, true]);
  });
});

test("before one more starts than may be awake, the one longest unasked has ended", async () => {
  await fonctions(3, async (toutes) => {
    const premiers: string[] = [];
    for (const une of toutes) premiers.push(await numero(une));
    assert.deepEqual(premiers.map(vit), [false, true, true]);
    assert.notEqual(await numero(toutes[0]!), premiers[0]);
    assert.deepEqual(premiers.map(vit), [false, false, true]);
  }, 2);
});

test("several that are asked at once make room for each other, and each answers", async () => {
  await fonctions(4, async (toutes) => {
    const reponses = await Promise.all([...toutes, ...toutes].map(numero));
    assert.deepEqual(reponses.filter((reponse) => !/^\d+ $/.test(reponse)), []);
  }, 1);
});

test("where all are being asked, one more starts all the same, and waits for none", async () => {
  await barriere(async (suite, ouvrir) => {
    await fonctions(2, async ([occupee, libre]) => {
      const reponse = occupee!.ask(async (origine) => (await fetch(origine, { headers: { suite } })).text());
      assert.match(await numero(libre!), /^\d+ $/);
      assert.equal(occupee!.started(), true);
      ouvrir();
      assert.match(await reponse, /fin$/);
    }, 1);
  });
});

test("a function that is being asked does not rest", async () => {
  await barriere(async (suite, ouvrir) => {
    await fonctions(2, async ([occupee, libre]) => {
      const reponse = occupee!.ask(async (origine) => (await fetch(origine, { headers: { suite } })).text());
      await numero(libre!);
      putToRest([occupee!, libre!], { unasked: -1, awakeMax: 0, lately: 0 });
      assert.deepEqual([occupee!.started(), libre!.started()], [true, false]);
      ouvrir();
      assert.match(await reponse, /fin$/);
    });
  });
});

test("an answer that is still being read when its function goes to rest comes whole", async () => {
  await barriere(async (suite, ouvrir) => {
    await fonctions(1, async ([une]) => {
      const reponse = await une!.ask((origine) => fetch(origine, { headers: { suite } }));
      const lecture = reponse.body!.pipeThrough(new TextDecoderStream()).getReader();
      const debut = (await lecture.read()).value!;
      putToRest([une!], { unasked: -1, awakeMax: 1, lately: 0 });
      assert.notEqual(await numero(une!), debut);
      ouvrir();
      assert.equal((await lecture.read()).value, "fin");
      assert.equal((await lecture.read()).done, true);
    });
  });
});

// Webhooks out against a real server: signed as Standard Webhooks has it, tried again where that makes sense, and never
// sent to an address that is not public.
import assert from "node:assert/strict";
import { Webhook } from "standardwebhooks";
import { publique } from "../../../supabase/functions/envois/webhook.ts";
import { test } from "../../support/monde.ts";
import { ouvrierSur, ouvrirBoite } from "./depot.ts";

const secret = () => `whsec_${btoa(crypto.randomUUID())}`;
const [NEUF, ANCIEN] = [secret(), secret()];

interface Recu {
  corps: string;
  entetes: Record<string, string>;
}

/** A receiver that answers what it is told to, in turn; then 200. */
function recepteur() {
  const recus: Recu[] = [];
  const reponses: (number | Response | "silence")[] = [];
  const fin = new AbortController();
  const serveur = Deno.serve(
    { signal: fin.signal, port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (demande) => {
      recus.push({ corps: await demande.text(), entetes: Object.fromEntries(demande.headers) });
      const reponse = reponses.shift() ?? 200;
      if (reponse === "silence") return await new Promise<Response>(() => {});
      return reponse instanceof Response ? reponse : new Response(null, { status: reponse });
    },
  );
  return {
    recus,
    reponses,
    adresse: `http://127.0.0.1:${serveur.addr.port}/alertes`,
    stop: () => (fin.abort(), serveur.finished),
  };
}

async function scene() {
  const [boite, la] = [await ouvrirBoite("webhook"), recepteur()];
  const { vider, fonction } = await ouvrierSur(boite, {
    WEBHOOK_SECRET_ESSAI: NEUF,
    WEBHOOK_SECRET_ESSAI_PRECEDENT: ANCIEN,
  });
  return {
    boite,
    la,
    vider,
    regle: (destination = la.adresse, secret_nom = "WEBHOOK_SECRET_ESSAI") =>
      boite.regle({ canal: "WEBHOOK", destination, secret_nom }),
    fermer: async () => {
      await fonction.stop();
      await la.stop();
      await boite.fermer();
    },
  };
}

test("a webhook is signed by the new secret and by the one before, and says what happened to which alert", async () => {
  const { boite, la, vider, regle, fermer } = await scene();
  try {
    const id = await regle();
    const alerte = await boite.ouvrir("WARN");
    await boite.sql`update public.notifications_regles set severity_min = 'WARN' where id = ${id}`;
    await boite
      .sql`update public.system_alerts set status = 'RESOLVED', resolved_at = now() where id = ${alerte}`;
    assert.equal((await vider()).envoyes, 1, "a machine is told of a WARN at once");
    const [{ corps, entetes }] = la.recus as [Recu];
    for (const s of [NEUF, ANCIEN]) {
      const dit = new Webhook(s).verify(corps, entetes) as { type: string; data: { id: string } };
      assert.deepEqual([dit.type, dit.data.id], ["alerte.resolved", alerte]);
    }
    assert.throws(() => new Webhook(secret()).verify(corps, entetes));
    assert.throws(() => new Webhook(NEUF).verify(`${corps} `, entetes));
    assert.equal(entetes["webhook-id"], `msg_${(await boite.envois(id))[0]!.id}`);
  } finally {
    await fermer();
  }
});

test("what an answer means: another try, the end, or the end of the rule", async (t) => {
  const { boite, la, vider, regle, fermer } = await scene();
  try {
    const id = await regle();
    for (const statut of [408, 409, 425, 429, 500, 503]) {
      await t.step(`${statut}: tried again, under the same id`, async () => {
        la.reponses.push(statut);
        await boite.ouvrir();
        assert.equal((await vider()).remis, 1);
        await boite.avancer();
        assert.equal((await vider()).envoyes, 1);
        const [un, deux] = la.recus.slice(-2);
        assert.equal(un!.entetes["webhook-id"], deux!.entetes["webhook-id"]);
      });
    }
    for (const statut of [400, 401, 404, 422]) {
      await t.step(`${statut}: dead at once`, async () => {
        la.reponses.push(statut);
        await boite.ouvrir();
        assert.equal((await vider()).morts, 1);
      });
    }
    await t.step("a redirection is not followed", async () => {
      la.reponses.push(new Response(null, { status: 307, headers: { location: `${la.adresse}/ailleurs` } }));
      const avant = la.recus.length;
      await boite.ouvrir();
      assert.equal((await vider()).morts, 1);
      assert.equal(la.recus.length, avant + 1);
    });
    await t.step("silence is tried again, and holds no other message up", async () => {
      la.reponses.push("silence");
      await boite.ouvrir();
      await boite.ouvrir();
      const { remis, envoyes } = await vider();
      assert.deepEqual([remis, envoyes], [1, 1]);
    });
    await t.step("410: dead, and the rule is off", async () => {
      await boite.avancer();
      await vider();
      la.reponses.push(410);
      await boite.ouvrir();
      assert.equal((await vider()).morts, 1);
      await boite.ouvrir();
      assert.equal((await vider()).pris, 0);
      const [{ actif }] = await boite.sql<[{ actif: boolean }]>`
        select actif from public.notifications_regles where id = ${id}`;
      assert.equal(actif, false);
    });
    await t.step("without its secret nothing goes unsigned", async () => {
      await regle(la.adresse, "WEBHOOK_SECRET_ABSENT");
      const avant = la.recus.length;
      await boite.ouvrir();
      assert.equal((await vider()).remis, 1);
      assert.equal(la.recus.length, avant);
    });
  } finally {
    await fermer();
  }
});

test("no webhook goes to an address that is not public, however it is written", async (t) => {
  const { boite, la, vider, fermer } = await scene();
  const port = new URL(la.adresse).port;
  try {
    for (
      const adresse of [
        ...[
          "https://10.0.0.1/",
          "https://169.254.169.254/latest",
          "https://[::ffff:10.0.0.1]/",
        ],
        ...[
          "https://[fd00::1]/",
          "https://192.168.1.1.nip.io@10.0.0.1/",
          "http://example.com/",
        ],
        ...[`https://0.0.0.0:${port}/`, "https://100.64.0.1/", "https://[64:ff9b::a00:1]/"],
      ]
    ) {
      await t.step(adresse, async () => {
        // As one that got into the table by another way than the rule's: the worker refuses by itself.
        await boite.sql`update public.notifications_regles set actif = false`;
        const id = await boite.regle({
          canal: "WEBHOOK",
          destination: adresse,
          secret_nom: "WEBHOOK_SECRET_ESSAI",
        });
        await boite.ouvrir();
        assert.equal((await vider()).morts, 1);
        assert.equal((await boite.envois(id))[0]!.dernier_code, "ADRESSE_INTERDITE");
        await assert.rejects(
          boite.sql`select private.destination_permise('WEBHOOK', ${adresse})`.execute(),
          /ADRESSE_INTERDITE/,
        );
      });
    }
    await t.step("nor in PROD to this machine, which staging may write to", async () => {
      await boite.sql`select private.destination_permise('WEBHOOK', ${la.adresse})`;
      await boite.sql`select private.destination_permise('WEBHOOK', 'https://hooks.example.com/a?b=c')`;
      await boite.sql`update public.app_settings set value = 'prod' where key = 'env'`;
      await boite.sql`update public.notifications_regles set actif = false`;
      const adresses = [
        la.adresse,
        `https://0x7f.1:${port}/`,
        `https://2130706433:${port}/`,
        `https://localhost:${port}/`,
      ];
      for (const destination of adresses) {
        await boite.regle({ canal: "WEBHOOK", destination, secret_nom: "WEBHOOK_SECRET_ESSAI", env: "prod" });
      }
      await boite.ouvrir();
      assert.equal((await vider()).morts, adresses.length);
      await assert.rejects(
        boite.sql`select private.destination_permise('WEBHOOK', ${la.adresse})`.execute(),
        /ADRESSE_INTERDITE/,
      );
    });
    assert.equal(la.recus.length, 0);
  } finally {
    await fermer();
  }
});

Deno.test("only what a public network routes is a public address", () => {
  for (const adresse of ["8.8.8.8", "1.1.1.1", "2606:4700::1111"]) {
    assert.equal(publique(adresse), true, adresse);
  }
  for (
    const adresse of [
      ...[
        "127.0.0.1",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.0.1",
        "169.254.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
      ],
      ...[
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
      ],
      ...["", "localhost", "1"],
    ]
  ) {
    assert.equal(publique(adresse), false, adresse);
  }
});

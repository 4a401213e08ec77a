// E-mail against a real SMTP server that accepts, refuses, delays and drops; and as files.
import assert from "node:assert/strict";
import { simpleParser } from "mailparser";
import { status, test } from "../../support/monde.ts";
import { ouvrierSur, ouvrirBoite } from "./depot.ts";
import { startSmtp } from "./smtp.ts";

const ADRESSE = "operateur@exemple.cd";

async function scene() {
  const [boite, smtp] = [await ouvrirBoite("courriel"), await startSmtp()];
  const { vider, fonction } = await ouvrierSur(boite, {
    ...smtp.reglages,
    COURRIEL_DE: "Monaluxe <alertes@monaluxe.cd>",
  });
  const regle = await boite.regle({ canal: "EMAIL", destination: ADRESSE });
  return {
    boite,
    smtp,
    vider,
    regle,
    fermer: async () => {
      await fonction.stop();
      await smtp.stop();
      await boite.fermer();
    },
  };
}

test("what happens to an alert reaches its address, whatever the server does meanwhile", async (t) => {
  const { boite, smtp, vider, regle, fermer } = await scene();
  try {
    await t.step(
      "a message arrives once, with the words of the alert and the id of the message",
      async () => {
        await boite.ouvrir();
        assert.deepEqual(await vider(), { pris: 1, envoyes: 1, remis: 0, morts: 0 });
        const [envoi] = await boite.envois(regle);
        assert.equal(envoi!.statut, "ENVOYE");
        const { to, subject, text, messageId, from } = await simpleParser(smtp.recus[0]!);
        assert.equal(Array.isArray(to) ? undefined : to?.text, ADRESSE);
        assert.equal(from?.text, '"Monaluxe" <alertes@monaluxe.cd>');
        assert.equal(subject, "[Monaluxe staging] STOCK_NEGATIF : Stock négatif : essai.");
        assert.match(text!, /Stock négatif : essai\./);
        assert.equal(messageId, `<${envoi!.id}@monaluxe.cd>`);
        await vider();
        assert.equal(smtp.recus.length, 1, "none goes after ENVOYE");
      },
    );

    await t.step("an address refused for good is dead at once, and harms no other message", async () => {
      const mauvaise = await boite.regle({ canal: "EMAIL", destination: "inconnu@exemple.cd" });
      smtp.refuser = { adresse: "inconnu@exemple.cd", code: 550 };
      await boite.ouvrir();
      const { envoyes, morts } = await vider();
      assert.deepEqual([envoyes, morts], [1, 1]);
      const [mort] = await boite.envois(mauvaise);
      assert.deepEqual([mort!.statut, mort!.dernier_code], ["MORT", "550"]);
      await boite.sql`update public.notifications_regles set actif = false where id = ${mauvaise}`;
    });

    await t.step("« later » is tried again after a minute or so, with the same id", async () => {
      smtp.refuser = { adresse: ADRESSE, code: 451, fois: 1 };
      await boite.ouvrir();
      assert.equal((await vider()).remis, 1);
      const [{ attente }] = await boite.sql<[{ attente: number }]>`
        select extract(epoch from prochain_essai - now())::float8 as attente from public.envois
         where statut = 'A_ENVOYER'`;
      assert.ok(attente > 50 && attente < 70, String(attente));
      await boite.avancer();
      assert.equal((await vider()).envoyes, 1);
    });

    await t.step("a letter to several that is put off for one goes again to that one alone", async () => {
      const plusieurs = await boite.regle({ canal: "EMAIL", roles: ["admin", "directeur"] });
      const [un, autre] = ["admin@exemple.cd", "directeur@exemple.cd"];
      for (const email of [un, autre]) {
        await boite.sql`
          insert into auth.users (id, email) values (gen_random_uuid(), ${email})`;
        await boite.sql`
          insert into public.profils (user_id, role, email)
          select id, ${email.split("@")[0]!}, email from auth.users where email = ${email}`;
      }
      await boite.sql`update public.notifications_regles set actif = id = ${plusieurs}`;
      smtp.refuser = { adresse: autre, code: 450, fois: 1 };
      smtp.destinataires.length = 0;
      await boite.ouvrir();
      assert.equal((await vider()).remis, 1);
      await boite.avancer();
      assert.equal((await vider()).envoyes, 1);
      assert.deepEqual(smtp.destinataires, [[un], [autre]]);
      await boite.sql`update public.notifications_regles set actif = id = ${regle}`;
    });

    await t.step(
      "a server that takes no letter of this sender kills none: it goes once that is mended",
      async () => {
        smtp.refuserExpediteur = 550;
        await boite.ouvrir();
        assert.equal((await vider()).remis, 1);
        smtp.refuserExpediteur = undefined;
        await boite.avancer();
        assert.equal((await vider()).envoyes, 1);
      },
    );

    await t.step("a connection dropped under the message sends it again", async () => {
      const avant = smtp.recus.length;
      smtp.couper = 1;
      await boite.ouvrir();
      assert.equal((await vider()).remis, 1);
      await boite.avancer();
      assert.equal((await vider()).envoyes, 1);
      assert.equal(smtp.recus.length, avant + 1);
    });

    await t.step("a wrong password is tried again, and is told nowhere", async () => {
      smtp.motDePasse = "un autre";
      await boite.ouvrir();
      assert.equal((await vider()).remis, 1);
      const dits = await boite.sql<{ dit: string }[]>`
        select to_jsonb(e)::text as dit from public.envois e
        union all select to_jsonb(l)::text from public.log_actions l`;
      assert.equal(dits.filter(({ dit }) => dit.includes("un mot de passe SMTP")).length, 0);
      smtp.motDePasse = "un mot de passe SMTP";
      await boite.avancer();
      assert.equal((await vider()).envoyes, 1);
    });

    await t.step(
      "a message nobody takes is dead after its last try, and is an alert that sends nothing",
      async () => {
        smtp.refuser = { adresse: ADRESSE, code: 451 };
        await boite.ouvrir();
        for (let essai = 1; essai <= 7; essai++) {
          await boite.avancer();
          await vider();
        }
        const mort = (await boite.envois(regle)).at(-1)!;
        assert.deepEqual([mort.statut, mort.essais], ["MORT", 7]);
        await boite.sql`select public.sync_system_alerts_from_integrity(10000)`;
        const [compte] = await boite.sql`
          select count(distinct a.id)::int as alertes, count(e.id)::int as messages
            from public.system_alerts a left join public.envois e on e.objet_id = a.id
           where a.check_code = 'ENVOI_MORT' and a.entity_id = ${mort.id}`;
        assert.deepEqual(compte, { alertes: 1, messages: 0 });
      },
    );
  } finally {
    await fermer();
  }
});

test("a worker killed after the server said yes sends again under the same id, and nothing is lost", async () => {
  const { boite, smtp, vider, regle, fermer } = await scene();
  try {
    await boite.ouvrir();
    const { fonction } = await ouvrierSur(boite, {
      ...smtp.reglages,
      COURRIEL_DE: "Monaluxe <alertes@monaluxe.cd>",
    });
    const pris = smtp.retenir();
    const appel = fonction.demander("/vider", {
      method: "POST",
      headers: { authorization: `Bearer ${status.SERVICE_ROLE_KEY}` },
    }).then((reponse) => reponse.body?.cancel(), () => {});
    // The server has it, its yes is on the way: the worker dies before it can say so.
    const relacher = await pris;
    await fonction.stop();
    await appel;
    relacher();
    assert.equal((await boite.envois(regle))[0]!.statut, "EN_COURS");
    assert.equal((await vider()).pris, 0, "its lease stands for a minute");
    await boite.avancer();
    assert.equal((await vider()).envoyes, 1);
    const recus = await Promise.all(smtp.recus.map((recu) => simpleParser(recu)));
    assert.equal(recus.length, 2);
    assert.equal(recus[0]!.messageId, recus[1]!.messageId, "told apart by its id");
    assert.equal(recus[0]!.text, recus[1]!.text);
  } finally {
    await fermer();
  }
});

test("without internet each message is a file under its id, readable as mail", async () => {
  const boite = await ouvrirBoite("fichiers");
  const COURRIER_DIR = await Deno.makeTempDir({ dir: Deno.env.get("TEST_DISQUE") });
  const { vider, fonction } = await ouvrierSur(boite, { COURRIEL: "fichier", COURRIER_DIR });
  try {
    const regle = await boite.regle({ canal: "EMAIL", destination: ADRESSE });
    await boite.ouvrir();
    assert.equal((await vider()).envoyes, 1);
    const { id } = (await boite.envois(regle))[0]!;
    const { text, messageId } = await simpleParser(await Deno.readTextFile(`${COURRIER_DIR}/${id}.eml`));
    assert.match(text!, /CRITIQUE/);
    assert.match(messageId!, new RegExp(`^<${id}@`));
    assert.deepEqual([...Deno.readDirSync(COURRIER_DIR)].map(({ name }) => name), [`${id}.eml`]);
  } finally {
    await fonction.stop();
    await boite.fermer();
    await Deno.remove(COURRIER_DIR, { recursive: true });
  }
});

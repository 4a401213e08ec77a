// Reports that come by themselves: written by the database's clock, drawn and sent by the worker to a real SMTP server.
import assert from "node:assert/strict";
import { simpleParser } from "mailparser";
import { DEPOT } from "../../support/projets.ts";
import { sql as base, test } from "../../support/monde.ts";
import { type Boite, ouvrierSur, ouvrirBoite } from "../envois/depot.ts";
import { startSmtp } from "../envois/smtp.ts";
import { textesPdf } from "./relire.ts";

interface Abonnement {
  id: string;
  actif: boolean;
  arrete_motif: string | null;
  a_venir: boolean;
}

/** Somebody of the depot, with their own word to the database. */
async function personne({ sql }: Boite, role: string, email: string | null) {
  const [{ id }] = await sql<[{ id: string }]>`
    insert into auth.users (id, email, aud, role)
    values (gen_random_uuid(), ${`${crypto.randomUUID()}@exemple.cd`}, 'authenticated', 'authenticated') returning id`;
  await sql`insert into public.profils (user_id, role, depot_id, nom_complet, email)
            values (${id}, ${role}, ${DEPOT}, ${`Essai ${role}`}, ${email})`;
  await sql`update public.profils set email = ${email} where user_id = ${id}`;
  const dire = <T>(faire: (tx: Boite["sql"]) => Promise<T>) =>
    sql.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${
        JSON.stringify({ sub: id, role: "authenticated" })
      }, true), set_config('role', 'authenticated', true)`;
      return await faire(tx as unknown as Boite["sql"]);
    }) as Promise<T>;
  return {
    id,
    dire,
    abonner: (nom: string, rythme = "JOUR", parametres = {}) =>
      dire(async (tx) => {
        const [{ abonnement }] = await tx<[{ abonnement: string }]>`
          select public.abonner_rapport(${nom}, ${DEPOT}, ${rythme}, ${tx.json(parametres)}) as abonnement`;
        return abonnement;
      }),
  };
}

const abonnement = async ({ sql }: Boite, id: string) => {
  const [lu] = await sql<[Abonnement]>`
    select id, actif, arrete_motif, prochain > now() as a_venir from public.abonnements_rapports where id = ${id}`;
  return lu;
};
const echoir = ({ sql }: Boite, id: string, depuis = "1 hour") =>
  sql`update public.abonnements_rapports set prochain = now() - ${depuis}::interval where id = ${id}`;
const passer = ({ sql }: Boite) => sql`select private.envoyer_rapports_abonnes() as combien`;
const messages = ({ sql }: Boite, id: string) =>
  sql<{ statut: string; dernier_code: string | null; contenu: { papier: { dit: Dit } } }[]>`
    select statut, dernier_code, contenu from public.envois where objet_id = ${id} order by created_at`;

interface Dit {
  entete: { du: string; sha256: string; genere_par: string; connu_a: string };
}

test("a report that is due is sent once to who subscribed, as they may read it", async (t) => {
  const [boite, smtp] = [await ouvrirBoite("abonnements"), await startSmtp()];
  const { sql } = boite;
  const { vider, fonction } = await ouvrierSur(boite, smtp.reglages);
  try {
    const gerant = await personne(boite, "gerant", "gerant@exemple.cd");
    const id = await gerant.abonner("journalier");

    await t.step(
      "asked again it is the same subscription, due at the next seven o'clock at the depot",
      async () => {
        assert.equal(await gerant.abonner("journalier", "MOIS"), id, "a report of the day comes each day");
        const [{ heure }] = await sql<[{ heure: string }]>`
        select to_char(a.prochain at time zone d.fuseau, 'HH24:MI:SS') as heure
          from public.abonnements_rapports a join public.depots d on d.id = a.depot_id where a.id = ${id}`;
        assert.equal(heure, "07:00:00");
        await passer(boite);
        assert.equal((await messages(boite, id)).length, 0, "not before its time");
      },
    );
    await t.step(
      "three mornings that were missed are one message, however often the clock strikes",
      async () => {
        await echoir(boite, id, "3 days");
        await Promise.all([passer(boite), passer(boite)]);
        await passer(boite);
        assert.equal((await messages(boite, id)).length, 1);
        assert.equal((await abonnement(boite, id)).a_venir, true);
      },
    );
    await t.step("its paper is the report of the day before, of those same figures", async () => {
      const { dit } = (await messages(boite, id))[0]!.contenu.papier;
      const [{ veille }] = await sql<[{ veille: string }]>`
        select ((a.prochain at time zone d.fuseau)::date - 2)::text as veille
          from public.abonnements_rapports a join public.depots d on d.id = a.depot_id where a.id = ${id}`;
      assert.deepEqual([dit.entete.du, dit.entete.genere_par], [veille, "Essai gerant"]);
      const { rapport } = await gerant.dire(async (tx) => {
        const [lu] = await tx<[{ rapport: Dit }]>`
          select private.rapport('journalier', ${DEPOT}, ${dit.entete.du}, null, ${dit.entete.connu_a}) as rapport`;
        return lu;
      });
      assert.equal(rapport.entete.sha256, dit.entete.sha256);
      await boite.avancer();
      await vider();
      const { subject, text, to, attachments } = await simpleParser(smtp.recus[0]!);
      assert.equal([to].flat()[0]!.text, "gerant@exemple.cd");
      assert.match(subject!, /^\[Monaluxe staging\] Rapport journalier du \d\d\/\d\d\/\d{4}, /);
      assert.match(text!, /Veuillez trouver ci-joint/);
      assert.equal(attachments[0]!.filename, `journalier_${veille}.pdf`);
      assert.ok((await textesPdf(new Uint8Array(attachments[0]!.content))).includes(dit.entete.sha256));
    });
    await t.step("it is in the log as their own export", async () => {
      const [{ combien }] = await sql<[{ combien: number }]>`
        select count(*)::int as combien from public.log_actions
         where action = 'EXPORT_GENERE' and user_id = ${gerant.id} and details ->> 'format' = 'pdf'`;
      assert.equal(combien, 1);
    });
    await t.step("nothing is written while the database is frozen, nor in a copy of PROD", async () => {
      await echoir(boite, id);
      await sql`insert into public.app_settings (key, value)
                values ('gel_ecritures', ${JSON.stringify({ operateur: gerant.id, motif: "essai" })})`;
      await passer(boite);
      await sql`delete from public.app_settings where key = 'gel_ecritures'`;
      await sql`update public.app_settings set value = 'prod' where key = 'profils_prevenus'`;
      await passer(boite);
      assert.equal((await abonnement(boite, id)).a_venir, false);
      await sql`update public.app_settings set value = 'staging' where key = 'profils_prevenus'`;
    });
    await t.step("stopped, what waits does not go, and nobody calls that a message lost", async () => {
      await sql`update public.abonnements_rapports set parametres = '{"autre":"cle"}', prochain = now() where id = ${id}`;
      await sql`
        insert into public.envois (canal, objet_type, objet_id, cle, destination, sujet, contenu)
        select 'EMAIL', 'RAPPORT', ${id}, 'rapport/essai', 'gerant@exemple.cd', 'Essai', '{"texte":"Essai"}'`;
      await gerant.dire((tx) => tx`select public.arreter_abonnement(${id})`);
      const recus = smtp.recus.length;
      await boite.avancer();
      await vider();
      await passer(boite);
      assert.equal(smtp.recus.length, recus);
      assert.deepEqual(
        (await messages(boite, id)).map(({ dernier_code }) => dernier_code).at(-1),
        "DESABONNE",
      );
      const faits = await sql`select from private.controles_envois() where check_code = 'ENVOI_MORT'`;
      assert.equal(faits.length, 0);
      assert.equal((await abonnement(boite, id)).arrete_motif, "ABONNE");
    });
    await t.step("who may no longer read a report is sent it no more, and it says why", async () => {
      const pca = await personne(boite, "pca", "pca@exemple.cd");
      const sien = await pca.abonner("livre", "SEMAINE");
      await sql`update public.profils set desactive_le = now() where user_id = ${pca.id}`;
      await echoir(boite, sien);
      await passer(boite);
      assert.equal((await messages(boite, sien)).length, 0);
      const { actif, arrete_motif } = await abonnement(boite, sien);
      assert.deepEqual([actif, arrete_motif], [false, "COMPTE_DESACTIVE"]);
    });
    await t.step("nobody stops another's, subscribes without an address, or without end", async () => {
      const muet = await personne(boite, "lecture", null);
      await assert.rejects(muet.abonner("journalier"), { message: "ABONNE_SANS_COURRIEL" });
      await assert.rejects(muet.dire((tx) => tx`select public.arreter_abonnement(${id})`), {
        message: "INTROUVABLE",
      });
      await assert.rejects(gerant.abonner("inconnu"), { message: "INTROUVABLE" });
      await sql`insert into public.abonnements_rapports (user_id, nom, depot_id, rythme, parametres, prochain)
                select ${gerant.id}, 'livre', ${DEPOT}, 'JOUR', jsonb_build_object('n', n), '2035-01-01'
                  from generate_series(1, 20) n`;
      await assert.rejects(gerant.abonner("journalier"), { message: "ABONNEMENTS_TROP_NOMBREUX" });
    });
  } finally {
    await fonction.stop();
    await smtp.stop();
    await boite.fermer();
  }
});

test("the next seven o'clock of a rhythm is after any moment, one step after it at most, by the clock of any zone", async () => {
  const fautes = await base`
    select r.rythme, z.zone, m.moment, e.quand
      from unnest('{JOUR,SEMAINE,MOIS}'::text[]) r (rythme), unnest('{Africa/Lubumbashi,Africa/Kinshasa,UTC}'::text[]) z (zone),
           (select timestamptz '2026-01-01' + n * interval '7 hours 13 minutes' as moment from generate_series(0, 400) n
            union all select '2026-12-31 21:59:59.999999Z' union all select '2027-01-01 05:00:00Z') m,
           lateral (select private.echeance_abonnement(r.rythme, z.zone, m.moment) as quand) e
     where e.quand <= m.moment or e.quand > m.moment + private.pas_abonnement(r.rythme) + interval '1 second'
        or (e.quand at time zone z.zone)::time <> '07:00'
        or r.rythme = 'SEMAINE' and extract(isodow from e.quand at time zone z.zone) <> 1
        or r.rythme = 'MOIS' and extract(day from e.quand at time zone z.zone) <> 1`;
  assert.deepEqual([...fautes], []);
});

test("a subscription whose report would be refused is refused when it is asked for", async () => {
  const boite = await ouvrirBoite("abonnements_refuses");
  try {
    const gerant = await personne(boite, "gerant", "gerant@exemple.cd");
    const client_id = crypto.randomUUID();
    for (
      const [nom, parametres] of [
        ["ventes", { forme: "B" }],
        ["ventes", { client_id }],
        ["releve_client", { client_id: "personne" }],
        ["releve_client", { client_id }],
        ["releve_transporteur", { transporteur: " " }],
      ] as const
    ) {
      await assert.rejects(
        gerant.abonner(nom, "JOUR", parametres),
        /RAPPORT_PARAMETRE|INTROUVABLE/,
        `${nom} ${JSON.stringify(parametres)}`,
      );
    }
    const [{ client }] = await boite.sql<[{ client: string }]>`
      insert into public.clients (nom) values ('Client abonné') returning id as client`;
    await assert.rejects(
      gerant.abonner("releve_client", "JOUR", { client_id: client, devise: "EUR" }),
      /RAPPORT_PARAMETRE/,
    );
    assert.ok(await gerant.abonner("releve_client", "JOUR", { client_id: client, devise: "CDF" }));
  } finally {
    await boite.fermer();
  }
});

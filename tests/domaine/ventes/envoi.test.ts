// An invoice, a receipt, a statement by e-mail: through the outbox, by a real SMTP server, its paper attached, the same
// at every try.
import assert from "node:assert/strict";
import { simpleParser } from "mailparser";
import { DEPOT } from "../../support/projets.ts";
import { type FactureImprimee, imprimerFacture } from "../../../supabase/functions/_shared/papier/facture.ts";
import { imprimerRecu, type RecuImprime } from "../../../supabase/functions/_shared/papier/recu.ts";
import { imprimerReleve, type ReleveImprime } from "../../../supabase/functions/_shared/papier/releve.ts";
import { test } from "../../support/monde.ts";
import { type Boite, ouvrierSur, ouvrirBoite } from "../envois/depot.ts";
import { startSmtp } from "../envois/smtp.ts";

const ADRESSE = "compta@client.cd";

interface Envoye {
  envoi_id: string;
  destination: string;
  statut: string;
  exemplaire: number;
}

/** A depot that has issued an invoice to a client who has no address yet. */
async function facturer({ sql }: Boite) {
  const vente = await Deno.readTextFile(new URL("../../support/vente.sql", import.meta.url));
  return await sql.begin(async (tx) => {
    const [{ admin }] = await tx<[{ admin: string }]>`
      insert into auth.users (id, email, aud, role)
      values (gen_random_uuid(), 'chef@exemple.cd', 'authenticated', 'authenticated') returning id as admin`;
    await tx`insert into public.profils (user_id, role) values (${admin}, 'admin')`;
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
    await tx.unsafe(vente);
    const [{ facture, client }] = await tx<[{ facture: string; client: string }]>`
      with c as (insert into public.clients (nom) values ('Client au courrier') returning id)
      select c.id as client, pg_temp.vente_conditions(${DEPOT}, c.id, t.produit_id) as tarif,
             public.declarer_stock_initial(t.id, 'MONALUXE', 5000, 5000, 'relevé de reprise du dépôt') as stock,
             pg_temp.vente_facture(${DEPOT}, t.id, c.id, 'EMISE') as facture
        from c, public.citernes t where t.depot_id = ${DEPOT} order by t.nom limit 1`;
    await tx`update public.clients set email = null where id = ${client}`;
    await tx`delete from public.app_settings where key = 'clients_prevenus'`;
    return { admin, facture, client };
  });
}

/** The invoice paid whole, and a statement of what that left. */
const payer = ({ sql }: Boite, admin: string, facture: string) =>
  sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
    const [{ encaissement }] = await tx<[{ encaissement: string }]>`
      select public.encaisser(jsonb_build_object('depot_id', f.depot_id, 'client_id', f.client_id, 'mode', 'CASH',
               'devise', f.devise, 'montant', f.total_ttc)) as encaissement
        from public.factures_client f where f.id = ${facture}`;
    const [{ releve }] = await tx<[{ releve: string }]>`
      insert into public.releves_clients (client_id, devise, du, au)
      select f.client_id, f.devise, null, null from public.factures_client f where f.id = ${facture}
      returning id as releve`;
    return { encaissement, releve };
  });

test("an issued invoice is sent to its client by e-mail, its paper attached", async (t) => {
  const [boite, smtp] = [await ouvrirBoite("envoi_facture"), await startSmtp()];
  const { sql } = boite;
  const { vider, fonction } = await ouvrierSur(boite, smtp.reglages);
  try {
    const { admin, facture, client } = await facturer(boite);
    const envoyer = () =>
      sql.begin(async (tx) => {
        await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
        const [{ envoi }] = await tx<[{ envoi: Envoye }]>`select public.envoyer_facture(${facture}) as envoi`;
        return envoi;
      });
    const impressions = async () => {
      const [{ combien }] = await sql<[{ combien: number }]>`
        select count(*)::int as combien from private.impressions where objet_id = ${facture}`;
      return combien;
    };
    const recu = async (n: number) => {
      const { attachments, ...lettre } = await simpleParser(smtp.recus[n]!);
      return { ...lettre, piece: attachments[0]! };
    };

    await t.step("not from a copy of PROD, whose clients are real", async () => {
      await assert.rejects(envoyer(), { message: "ENV_INTERDIT" });
      await sql`insert into public.app_settings (key, value) values ('clients_prevenus', 'staging')`;
    });
    await t.step("not to a client who has no address, nor one that is none", async () => {
      await assert.rejects(envoyer(), { message: "CLIENT_SANS_COURRIEL" });
      await sql`update public.clients set email = 'demander à Jean' where id = ${client}`;
      await assert.rejects(envoyer(), { message: "ADRESSE_INTERDITE" });
      assert.equal(await impressions(), 0, "what was refused printed nothing");
    });
    await sql`update public.clients set email = ${`  ${ADRESSE} `} where id = ${client}`;
    const premier = await envoyer();
    await t.step(
      "asked again, or by two at once, while it waits: it is the same message, printed once",
      async () => {
        assert.deepEqual(await Promise.all([envoyer(), envoyer()]), [premier, premier]);
        assert.deepEqual([premier.destination, premier.exemplaire, await impressions()], [ADRESSE, 1, 1]);
      },
    );
    await t.step("a try that the server drops and the next carry the same paper", async () => {
      smtp.refuser = { adresse: ADRESSE, code: 451 };
      assert.equal((await vider()).remis, 1);
      smtp.refuser = undefined;
      await boite.avancer();
      assert.equal((await vider()).envoyes, 1);
      const { subject, text, to, piece } = await recu(0);
      const [{ dit }] = await sql<[{ dit: FactureImprimee }]>`
        select contenu #> '{papier,dit}' as dit from public.envois where id = ${premier.envoi_id}`;
      assert.equal(subject, `[Monaluxe staging] Facture ${dit.facture.numero}`);
      assert.match(
        text!,
        new RegExp(`ci-joint la facture ${dit.facture.numero} du .* USD toutes taxes comprises`),
      );
      assert.equal(Array.isArray(to) ? undefined : to?.text, ADRESSE);
      assert.deepEqual([piece.filename, piece.contentType], [`${dit.facture.numero}.pdf`, "application/pdf"]);
      assert.deepEqual(new Uint8Array(piece.content), await imprimerFacture(dit));
    });
    await t.step("sent once more after it has arrived it is another message, a duplicata", async () => {
      const second = await envoyer();
      assert.notEqual(second.envoi_id, premier.envoi_id);
      assert.equal(second.exemplaire, 2);
      assert.equal((await vider()).envoyes, 1);
      assert.notDeepEqual((await recu(1)).piece.content, (await recu(0)).piece.content);
    });
    const paye = await payer(boite, admin, facture);
    for (
      const [quoi, fonction, id, imprimer] of [
        ["receipt", "public.envoyer_recu", paye.encaissement, (dit) => imprimerRecu(dit as RecuImprime)],
        ["statement", "public.envoyer_releve", paye.releve, (dit) => imprimerReleve(dit as ReleveImprime)],
      ] satisfies [string, string, string, (dit: unknown) => Promise<Uint8Array>][]
    ) {
      await t.step(`a ${quoi} goes the same way, once, its paper attached`, async () => {
        const envoye = () =>
          sql.begin(async (tx) => {
            await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
            const [{ envoi }] = await tx<[{ envoi: Envoye }]>`select ${tx(fonction)}(${id}) as envoi`;
            return envoi;
          });
        const deja = smtp.recus.length;
        const [un, autre] = await Promise.all([envoye(), envoye()]);
        assert.deepEqual(un, autre);
        assert.equal((await vider()).envoyes, 1);
        const { piece, text } = await recu(deja);
        const [{ dit }] = await sql<[{ dit: unknown }]>`
          select contenu #> '{papier,dit}' as dit from public.envois where id = ${un.envoi_id}`;
        assert.match(text!, /ci-joint le re/);
        assert.deepEqual(new Uint8Array(piece.content), await imprimer(dit));
      });
    }
    await t.step("an invoice that was paid on its day says how, and by which receipt", async () => {
      const [{ comptant }] = await sql<[{ comptant: { mode: string; numero_recu: string } }]>`
        select private.paye_comptant(f) as comptant from public.factures_client f where f.id = ${facture}`;
      const [{ numero_recu }] = await sql<[{ numero_recu: string }]>`
        select numero_recu from public.encaissements where id = ${paye.encaissement}`;
      assert.deepEqual(comptant, { mode: "CASH", operateur_mobile: null, numero_recu });
    });
  } finally {
    await fonction.stop();
    await smtp.stop();
    await boite.fermer();
  }
});

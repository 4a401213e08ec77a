// What proves, and what is told: a certificate of a réception, an invoice paid from afar at the simulated provider, its
// reconciliation, a daily report that is kept.
import { createHash } from "node:crypto";
import { jour, type Lieu, type Scene } from "./scene.ts";

const CERTIFICAT = new TextEncoder().encode(
  "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" +
    "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n" +
    "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
);

/** Kept with a réception; readable once the worker has had it analysed. */
async function joindreUnCertificat(s: Scene, lieu: Lieu, reception: string): Promise<void> {
  await s.operateur(lieu);
  const demande = {
    categorie: "CERTIFICAT",
    nom: "Certificat d'analyse.pdf",
    type_mime: "application/pdf",
    sha256: createHash("sha256").update(CERTIFICAT).digest("hex"),
    objet_type: "RECEPTION",
    objet_id: reception,
  };
  await s.tx`select private.deposer_document(${s.json(demande)}, ${CERTIFICAT})`;
}

/** As the doors of payments act: in somebody's name, by the project. The option is as it was afterwards. */
async function payerEnLigne(s: Scene, lieu: Lieu, client: string): Promise<void> {
  await s.directeur();
  const facture = await s.un(s.tx`
    select public.preparer_facture(${client}, ${lieu.depot}, '{}', ${
    s.json([{ designation: "Stockage", quantite: 1, prix_ht: 250 }])
  }) as dit`);
  await s.tx`select public.emettre_facture(${facture})`;
  await s.parLeProjet();
  const { enabled } = await s.un<{ enabled: boolean }>(s.tx`
    select to_jsonb(f) as dit from public.feature_flags f where f.key = 'paiement_en_ligne'`);
  await s.tx`update public.feature_flags set enabled = true where key = 'paiement_en_ligne'`;
  const paiement = await s.un<{ id: string }>(s.tx`
    select private.reserver_paiement(${facture}, 'SIMULE') as dit`);
  const session = await s.un<{ session_id: string; expire_le: string }>(s.tx`
    select private.ouvrir_session_simulee(private.reserver_paiement(${facture}, 'SIMULE')) as dit`);
  await s.tx`select private.noter_session(${paiement.id}, ${session.session_id},
               ${`https://paiement.exemple.cd/${session.session_id}`}, ${session.expire_le})`;
  await s.tx`
    select private.recevoir_evenement('SIMULE', e.evenement, 'COURANT', private.etat_simule(${session.session_id}))
      from (select private.simuler(${session.session_id}, 'payer') as evenement offset 0) e`;
  await s.tx`select private.noter_rapprochement('SIMULE', now() - interval '7 days', now(), 0,
               jsonb_build_array(private.etat_simule(${session.session_id})))`;
  await s.tx`update public.feature_flags set enabled = ${enabled} where key = 'paiement_en_ligne'`;
}

/** Of a réception, and of a client who pays in dollars. */
export async function prouver(
  s: Scene,
  lieu: Lieu,
  { reception, client }: { reception: string; client: string },
): Promise<void> {
  await joindreUnCertificat(s, lieu, reception);
  await payerEnLigne(s, lieu, client);
  await s.directeur();
  await s.tx`select public.archiver_rapport('journalier', ${lieu.depot}, ${jour(1)}, ${jour(1)})`;
}

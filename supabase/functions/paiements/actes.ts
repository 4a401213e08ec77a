// Online payments for people: opening one, and reading how they stand.
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { ligne, reserver } from "../_shared/appels.ts";
import { consulter } from "../_shared/chose.ts";
import { auNomDuProjet } from "../_shared/database.ts";
import { type Transaction, transaction } from "../_shared/transaction.ts";
import { liste } from "../_shared/liste.ts";
import { appeler, fiche, lire } from "../_shared/relations.ts";
import { refuser } from "../_shared/problems.ts";
import { Id, Instant, ParId } from "../_shared/schemas.ts";
import { prestataire } from "./choix.ts";
import { appliquer } from "./evenements.ts";
import { type AOuvrir, nomDuPrestataire, type Prestataire } from "./prestataire.ts";

const Statut = z.enum(["CREE", "OUVERT", "EN_ATTENTE", "EXPIRE", "ECHOUE", "REUSSI", "LITIGE", "REMBOURSE"]);
const PaiementEnLigne = z.object({
  id: Id,
  facture_id: Id,
  facture_numero: z.string().nullable(),
  depot_id: Id,
  client_id: Id.nullable(),
  prestataire: z.string(),
  session_id: z.string().nullable(),
  intention_id: z.string().nullable(),
  devise: z.string(),
  montant: z.number(),
  montant_minime: z.int().meta({ description: "In cents" }),
  statut: Statut.meta({ description: "After OUVERT, what the provider has said, and nothing else" }),
  url: z.string().nullable().meta({ description: "Where the client pays" }),
  expire_le: Instant,
  encaissement_id: Id.nullable(),
  numero_recu: z.string().nullable(),
  rembourse: z.number(),
  litige: z.string().nullable(),
  ecart: z.record(z.string(), z.unknown()).nullable().meta({
    description: "What the provider says otherwise: a person looks at it",
  }),
  created_by: Id,
  created_at: Instant,
  updated_at: Instant,
}).meta({ id: "PaiementEnLigne" });
const PAIEMENTS = fiche("v_paiements_en_ligne", PaiementEnLigne);

const RAPPROCHEMENTS = fiche(
  "rapprochements",
  z.object({
    id: Id,
    prestataire: z.string(),
    du: Instant,
    au: Instant,
    lu: z.int().meta({ description: "Sessions of ours that the provider has of that time" }),
    concordant: z.int(),
    rejoues: z.int().meta({ description: "What had never come, and was dealt with" }),
    ecarts: z.array(z.record(z.string(), z.unknown())),
    le: Instant,
  }).meta({ id: "Rapprochement" }),
);

const verifier = (tx: Transaction, facture: string) =>
  appeler(tx, "private.verifier_paiement_en_ligne", {
    p_facture_id: facture,
    p_prestataire: nomDuPrestataire(),
  });

interface Reserve extends AOuvrir {
  prestataire: Prestataire["nom"];
  session_id: string | null;
  url: string | null;
  perime: boolean;
}

/** Written before the provider is asked: whatever is lost on the way, the same row asks again for the same session. */
const reserverSession = (facture: string, user: string): Promise<Reserve> =>
  auNomDuProjet((sql) =>
    transaction(sql, async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: user })}, true)`;
      const [{ reserve }] = await tx<[{ reserve: Reserve }]>`
        select private.reserver_paiement(${facture}, ${nomDuPrestataire()}) as reserve`;
      return reserve;
    })
  );

async function ouvrirChez(chez: Prestataire, reserve: Reserve, user: string): Promise<string> {
  if (reserve.url) return reserve.session_id!;
  const { session_id, url, expire_le } = await chez.ouvrir(reserve);
  await auNomDuProjet((sql) =>
    transaction(sql, async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: user })}, true)`;
      await tx`select private.noter_session(${reserve.id}, ${session_id}, ${url}, ${expire_le})`;
    })
  );
  return session_id;
}

/** Nobody can pay it any more; if somebody just has, the account knows it before another is opened. */
async function fermerChez(chez: Prestataire, session_id: string): Promise<void> {
  await chez.fermer(session_id);
  const etat = await chez.lire(session_id);
  if (etat) await appliquer(chez, etat);
}

/** The session that is alive for an invoice, opened where there is none; one that asks for too much is closed first. */
async function ouvrir(facture: string, user: string): Promise<string> {
  for (let tour = 0; tour < 3; tour++) {
    const reserve = await reserverSession(facture, user);
    const chez = await prestataire(reserve.prestataire);
    const session = await ouvrirChez(chez, reserve, user);
    if (!reserve.perime) return reserve.id;
    await fermerChez(chez, session);
  }
  throw refuser("PRESTATAIRE_INDISPONIBLE");
}

export const actes = [
  acte({
    methode: "POST",
    chemin: "/factures/:id/session",
    resume: "Have an invoice paid online: the address where its client pays what is due of it now",
    params: ParId,
    corps: z.strictObject({}),
    reponse: PaiementEnLigne,
    statut: 201,
    dehors: {
      verifier: (tx, { params }) => verifier(tx, params.id),
      demander: (user, { params }) => ouvrir(params.id, user as string),
    },
    executer: async (tx, { params, dehors }) => {
      if (dehors === undefined) await verifier(tx, params.id);
      return lire(tx, PAIEMENTS, dehors!, "ce paiement en ligne");
    },
  }),
  liste({
    de: PAIEMENTS,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    moment: "created_at",
    exacts: { facture_id: Id.optional(), statut: Statut.optional() },
  }, {
    chemin: "/en-ligne",
    nom: "paiements-en-ligne",
    resume: "List online payments, latest first",
    avant: reserver("lire_paiements_en_ligne"),
  }),
  consulter(
    { reponse: PaiementEnLigne, une: (id) => ligne(PAIEMENTS, id, "ce paiement en ligne") },
    "/en-ligne/:id",
    "Read an online payment: how it stands, and the receipt it became",
  ),
  liste({
    de: RAPPROCHEMENTS,
    cles: ["le", "id"],
    sens: "desc",
    moment: "le",
  }, {
    chemin: "/rapprochements",
    nom: "rapprochements",
    resume: "List reconciliations with the provider, latest first",
    avant: reserver("lire_rapprochements"),
  }),
];

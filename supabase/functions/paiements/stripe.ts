// Stripe, by its own library: a page of theirs takes the card, and what we know of a payment is asked of them.
import Stripe from "stripe";
import { refuser } from "../_shared/problems.ts";
import { adresseDeRetour, type Etat, type Evenement, type Prestataire, SUIVIS } from "./prestataire.ts";

const DELAI_MS = 10_000;
const NOM = /^(cs|pi)_\w{1,250}$/;
const LOCALES = ["127.0.0.1", "localhost"];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Our own name for a session, where we opened it: whoever pays by a link of another shop may write the reference. */
const paiementDe = ({ metadata }: Stripe.Checkout.Session) =>
  UUID.test(metadata?.paiement_id ?? "") ? metadata!.paiement_id! : undefined;

/** Another address than Stripe's is this machine's: a stand-in, where it is tried. */
function ailleurs(): Pick<Stripe.StripeConfig, "host" | "port" | "protocol"> {
  const dite = Deno.env.get("STRIPE_API_URL");
  if (!dite) return {};
  const { hostname, port, protocol } = new URL(dite);
  if (!LOCALES.includes(hostname)) throw new Error("STRIPE_API_URL ne mène qu'à cette machine");
  return { host: hostname, port, protocol: protocol === "http:" ? "http" : "https" };
}

const idDe = (objet: string | { id: string } | null | undefined) =>
  typeof objet === "string" ? objet : objet?.id ?? null;
const instant = (secondes: number) => new Date(secondes * 1000).toISOString();

function litigeDe(litiges: Stripe.Dispute[]): Etat["litige"] {
  if (!litiges.length) return null;
  const clos: string[] = ["won", "lost", "warning_closed", "prevented"];
  if (litiges.some(({ status }) => status === "lost")) return "PERDU";
  return litiges.some(({ status }) => !clos.includes(status)) ? "OUVERT" : "GAGNE";
}

/** What went back for good, what is about to be refused, and how a dispute stands. */
async function retours(stripe: Stripe, payment_intent: string) {
  const [rendus, litiges] = await Promise.all([
    stripe.refunds.list({ payment_intent, limit: 100 }).autoPagingToArray({ limit: 1000 }),
    stripe.disputes.list({ payment_intent, limit: 100 }).autoPagingToArray({ limit: 1000 }),
  ]);
  const dit = (genre: "REMBOURSEMENT" | "LITIGE") => (un: Stripe.Refund | Stripe.Dispute) => ({
    id: un.id,
    genre,
    devise: un.currency.toUpperCase(),
    montant_minime: un.amount,
  });
  return {
    retours: [
      ...rendus.filter(({ status }) => status === "succeeded").map(dit("REMBOURSEMENT")),
      ...litiges.filter(({ status }) => status === "lost").map(dit("LITIGE")),
    ],
    revenus: rendus.filter(({ status }) => status === "failed" || status === "canceled").map(({ id }) => id),
    litige: litigeDe(litiges),
  };
}

async function etatDe(stripe: Stripe, session: Stripe.Checkout.Session): Promise<Etat> {
  // Of somebody else who is paid through the same account: nothing more is asked.
  const paiement_id = paiementDe(session);
  if (!paiement_id) return { session_id: session.id };
  const intention = typeof session.payment_intent === "object" ? session.payment_intent : null;
  const charge = typeof intention?.latest_charge === "object" ? intention.latest_charge : null;
  const paye = session.payment_status === "paid" || intention?.status === "succeeded";
  return {
    session_id: session.id,
    paiement_id,
    intention_id: idDe(session.payment_intent),
    session: session.status,
    paiement: paye ? "paid" : "unpaid",
    echec: ["requires_payment_method", "canceled"].includes(intention?.status ?? ""),
    devise: (paye && intention ? intention.currency : session.currency)?.toUpperCase(),
    montant_minime: paye && intention ? intention.amount_received : session.amount_total,
    paye_le: paye ? instant(charge?.created ?? intention?.created ?? session.created) : null,
    ...(paye && intention ? await retours(stripe, intention.id) : {}),
  };
}

/** What Stripe says of an error is for our own log; whoever asked is told that it is not available. */
async function demander<T>(quoi: () => Promise<T>): Promise<T> {
  try {
    return await quoi();
  } catch (error) {
    throw refuser("PRESTATAIRE_INDISPONIBLE", undefined, error);
  }
}

const inconnu = (error: unknown) =>
  error instanceof Stripe.errors.StripeError && error.code === "resource_missing";

async function lire(stripe: Stripe, nom: string): Promise<Etat | undefined> {
  const [, genre] = nom.match(NOM) ?? [];
  const chemin = "payment_intent.latest_charge";
  try {
    const session = genre === "cs"
      ? await stripe.checkout.sessions.retrieve(nom, { expand: [chemin] })
      : genre === "pi"
      ? (await stripe.checkout.sessions.list({ payment_intent: nom, expand: [`data.${chemin}`] })).data[0]
      : undefined;
    return session && await etatDe(stripe, session);
  } catch (error) {
    if (inconnu(error)) return undefined;
    throw error;
  }
}

/** As this function's environment has it; without a key nothing can be asked. */
export function ouvrirStripe(): Prestataire {
  const cle = Deno.env.get("STRIPE_SECRET_KEY");
  if (!cle) {
    throw refuser("PRESTATAIRE_INDISPONIBLE", undefined, new Error("STRIPE_SECRET_KEY n'est pas réglée"));
  }
  const stripe = new Stripe(cle, {
    ...ailleurs(),
    timeout: DELAI_MS,
    maxNetworkRetries: 1,
    telemetry: false,
    httpClient: Stripe.createFetchHttpClient(),
  });
  const created = (depuis: Date) => ({ gte: Math.floor(depuis.getTime() / 1000) });
  return {
    nom: "STRIPE",
    ouvrir: (paiement) =>
      demander(async () => {
        const metadata = { facture_id: paiement.facture_id, paiement_id: paiement.id };
        const libelle = `Facture ${paiement.numero}`;
        const { id, url, expires_at } = await stripe.checkout.sessions.create({
          mode: "payment",
          locale: "fr",
          client_reference_id: paiement.id,
          line_items: [{
            quantity: 1,
            price_data: {
              currency: paiement.devise.toLowerCase(),
              unit_amount: paiement.montant_minime,
              product_data: { name: libelle },
            },
          }],
          metadata,
          payment_intent_data: { metadata, description: libelle },
          expires_at: Math.floor(Date.parse(paiement.expire_le) / 1000),
          success_url: adresseDeRetour(),
          cancel_url: adresseDeRetour(),
        }, { idempotencyKey: paiement.id });
        return { session_id: id, url: url!, expire_le: instant(expires_at) };
      }),
    fermer: (session_id) =>
      demander(async () => {
        try {
          await stripe.checkout.sessions.expire(session_id);
        } catch (error) {
          // It is paid or over: its state says so.
          if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
        }
      }),
    lire: (nom) => demander(() => lire(stripe, nom)),
    async *evenements(depuis) {
      const pages = stripe.events.list({ created: created(depuis), types: SUIVIS, limit: 100 });
      for await (const evenement of pages) yield evenement as unknown as Evenement;
    },
    async *sessions(depuis) {
      const pages = stripe.checkout.sessions.list({
        created: created(depuis),
        limit: 100,
        expand: ["data.payment_intent.latest_charge"],
      });
      for await (const session of pages) if (paiementDe(session)) yield await etatDe(stripe, session);
    },
  };
}

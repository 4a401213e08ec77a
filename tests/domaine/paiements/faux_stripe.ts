// Stripe's API as far as we ask it, over HTTP, with a memory of its own: what a test does there, its events say.
import type { Evenement } from "../../../supabase/functions/paiements/prestataire.ts";

interface Retour {
  id: string;
  amount: number;
  currency: string;
  status: string;
}

export interface Chez {
  id: string;
  client_reference_id: string | null;
  metadata: Record<string, string>;
  url: string;
  amount_total: number;
  currency: string;
  status: "open" | "complete" | "expired";
  payment_status: "paid" | "unpaid";
  expires_at: number;
  created: number;
  intention: { id: string; status: string; amount_received: number; created: number } | null;
  rendus: Retour[];
  litiges: Retour[];
}

export type Acte =
  | { quoi: "payer" | "promettre" | "tenir" | "echouer" | "expirer" | "contester" | "perdre" | "gagner" }
  | { quoi: "rembourser"; montant: number };

const secondes = () => Math.floor(Date.now() / 1000);
const unique = () => crypto.randomUUID().replaceAll("-", "").slice(0, 24);

function enPage(data: unknown[]) {
  return { object: "list", data, has_more: false, url: "/v1" };
}

/** A session as the API gives it, its payment in it. */
function dite(s: Chez) {
  const { intention, rendus: _rendus, litiges: _litiges, ...session } = s;
  return {
    ...session,
    object: "checkout.session",
    payment_intent: intention &&
      {
        ...intention,
        object: "payment_intent",
        currency: s.currency,
        latest_charge: intention.status === "succeeded"
          ? { id: `ch_${s.id}`, object: "charge", created: intention.created }
          : null,
      },
  };
}

/** What can be done there now; undefined where it cannot. Changes the session, and says the types of its events. */
function faire(s: Chez, acte: Acte): string[] | undefined {
  const rendu = [...s.rendus, ...s.litiges.filter(({ status }) => status === "lost")]
    .reduce((somme, { amount }) => somme + amount, 0);
  const payee = s.payment_status === "paid";
  const ouvert = s.litiges.find(({ status }) => status === "needs_response");
  const intention = (status: string) => {
    s.intention ??= { id: `pi_${unique()}`, status, amount_received: 0, created: secondes() };
    s.intention.status = status;
    s.intention.amount_received = status === "succeeded" ? s.amount_total : 0;
  };
  switch (acte.quoi) {
    case "payer":
      if (s.status !== "open") return;
      [s.status, s.payment_status] = ["complete", "paid"];
      intention("succeeded");
      return ["checkout.session.completed", "payment_intent.succeeded"];
    case "promettre":
      if (s.status !== "open") return;
      s.status = "complete";
      intention("processing");
      return ["checkout.session.completed"];
    case "tenir":
      if (s.status !== "complete" || payee || s.intention?.status !== "processing") return;
      s.payment_status = "paid";
      intention("succeeded");
      return ["checkout.session.async_payment_succeeded", "payment_intent.succeeded"];
    case "echouer":
      if (s.intention?.status !== "processing") return;
      intention("requires_payment_method");
      return ["checkout.session.async_payment_failed"];
    case "expirer":
      if (s.status !== "open") return;
      s.status = "expired";
      return ["checkout.session.expired"];
    case "rembourser":
      if (!payee || rendu + acte.montant > s.amount_total) return;
      s.rendus.push({
        id: `re_${unique()}`,
        amount: acte.montant,
        currency: s.currency,
        status: "succeeded",
      });
      return ["charge.refunded", "refund.created"];
    case "contester":
      if (!payee || s.litiges.length) return;
      s.litiges.push({
        id: `dp_${unique()}`,
        amount: s.amount_total - rendu,
        currency: s.currency,
        status: "needs_response",
      });
      return ["charge.dispute.created"];
    case "perdre":
    case "gagner":
      if (!ouvert || !ouvert.amount || rendu + ouvert.amount > s.amount_total) return;
      ouvert.status = acte.quoi === "perdre" ? "lost" : "won";
      return ["charge.dispute.closed"];
  }
}

export interface FauxStripe {
  url: string;
  sessions: Map<string, Chez>;
  evenements: Evenement[];
  /** What it answers next instead of what it knows: a status, or a cut connection. */
  pannes: (number | "coupure")[];
  demandes: string[];
  /** Acts there; the events it then tells, none where it cannot be done. */
  agir(session_id: string, acte: Acte): Evenement[];
  /** It stands so until that is called: what an answer that was long on its way says. */
  figer(session_id: string, alors: Chez): () => void;
  stop(): Promise<void>;
}

export function fauxStripe(): FauxStripe {
  const sessions = new Map<string, Chez>();
  const anciennes = new Map<string, Chez>();
  const parCle = new Map<string, string>();
  const evenements: Evenement[] = [];
  const pannes: FauxStripe["pannes"] = [];
  const demandes: string[] = [];
  const vues = () => [...sessions.values()].map((s) => anciennes.get(s.id) ?? s);
  const parIntention = (pi: string | null) => vues().filter(({ intention }) => intention?.id === pi);

  function creer(corps: URLSearchParams, cle: string): Chez {
    const connue = sessions.get(parCle.get(cle) ?? "");
    if (connue) return connue;
    const id = `cs_test_${unique()}`;
    const s: Chez = {
      id,
      client_reference_id: corps.get("client_reference_id"),
      metadata: {
        facture_id: corps.get("metadata[facture_id]")!,
        paiement_id: corps.get("metadata[paiement_id]")!,
      },
      url: `https://checkout.stripe.test/${id}`,
      amount_total: Number(corps.get("line_items[0][price_data][unit_amount]")),
      currency: corps.get("line_items[0][price_data][currency]")!,
      status: "open",
      payment_status: "unpaid",
      expires_at: Number(corps.get("expires_at")),
      created: secondes(),
      intention: null,
      rendus: [],
      litiges: [],
    };
    sessions.set(id, s);
    parCle.set(cle, id);
    return s;
  }

  const dire = (quoi: unknown) => Response.json(quoi);
  const non = (status: number, code?: string) =>
    Response.json({ error: { type: "invalid_request_error", code, message: "non" } }, { status });

  async function repondre(demande: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(demande.url);
    demandes.push(`${demande.method} ${pathname}`);
    const panne = pannes.shift();
    if (panne === "coupure") return await new Promise<Response>(() => {});
    if (panne !== undefined) return non(panne);
    const pi = searchParams.get("payment_intent");
    const [, , , , nom, verbe] = pathname.split("/");
    if (pathname === "/v1/checkout/sessions") {
      if (demande.method === "POST") {
        const corps = new URLSearchParams(await demande.text());
        return dire(dite(creer(corps, demande.headers.get("idempotency-key") ?? crypto.randomUUID())));
      }
      return dire(enPage((pi ? parIntention(pi) : vues()).map(dite)));
    }
    if (pathname.startsWith("/v1/checkout/sessions/")) {
      const s = verbe ? sessions.get(nom!) : anciennes.get(nom!) ?? sessions.get(nom!);
      if (!s) return non(404, "resource_missing");
      if (verbe === "expire" && !agir(s.id, { quoi: "expirer" }).length) return non(400);
      return dire(dite(s));
    }
    if (pathname === "/v1/refunds") return dire(enPage(parIntention(pi).flatMap(({ rendus }) => rendus)));
    if (pathname === "/v1/disputes") return dire(enPage(parIntention(pi).flatMap(({ litiges }) => litiges)));
    if (pathname === "/v1/events") return dire(enPage(evenements.toReversed()));
    return non(404);
  }

  function agir(session_id: string, acte: Acte): Evenement[] {
    const s = sessions.get(session_id)!;
    const types = faire(s, acte) ?? [];
    const dits = types.map((type) => ({
      id: `evt_${unique()}`,
      object: "event",
      type,
      created: secondes(),
      livemode: false,
      data: {
        object:
          (/^checkout/.test(type)
            ? { id: s.id, object: "checkout.session" }
            : /^payment_intent/.test(type)
            ? { id: s.intention!.id, object: "payment_intent" }
            : { id: `un_${unique()}`, payment_intent: s.intention!.id }) as Record<string, string>,
      },
    }));
    evenements.push(...dits);
    return dits;
  }

  const fin = new AbortController();
  const serveur = Deno.serve(
    { signal: fin.signal, port: 0, hostname: "127.0.0.1", onListen: () => {} },
    repondre,
  );
  return {
    url: `http://127.0.0.1:${serveur.addr.port}`,
    sessions,
    evenements,
    pannes,
    demandes,
    agir,
    figer: (id, alors) => {
      anciennes.set(id, alors);
      return () => anciennes.delete(id);
    },
    stop: () => (fin.abort(), serveur.finished),
  };
}

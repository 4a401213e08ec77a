// Faults told to a Sentry-compatible collector (SENTRY_DSN), by its envelope protocol
// (https://develop.sentry.dev/sdk/data-model/envelopes/). Not by its library: that is a thousand files in each function,
// and gathers by itself much that must not leave. What is told is where it failed and how; never who asked, or what.
import { COMMIT } from "./commit.ts";
import type { Trace } from "./trace.ts";

const DELAI_MS = 5_000;
/** A fault that strikes every request says no more the hundredth time. */
const PAR_MINUTE = 20;
const CLIENT = "monaluxe-functions/1";

/** What a fault is told with. */
export interface Circonstances {
  route?: string;
  methode: string;
  statut: number;
  code: string;
  requestId: string;
  trace: Trace;
}

interface Collecteur {
  adresse: string;
  cle: string;
}

/** Where a DSN leads, `https://<key>@<host>/<project>`; undefined for what is none. */
export function collecteurDe(dsn: string | undefined): Collecteur | undefined {
  if (!dsn || !URL.canParse(dsn)) return undefined;
  const { protocol, username, host, pathname } = new URL(dsn);
  const [, avant, projet] = pathname.match(/^(.*)\/(\w+)$/) ?? [];
  if (!/^https?:$/.test(protocol) || !username || projet === undefined) return undefined;
  return { adresse: `${protocol}//${host}${avant}/api/${projet}/envelope/`, cle: username };
}

/** What must not leave: whatever a message quotes may be what somebody typed, and some of it is recognised anywhere. */
const A_TAIRE: [RegExp, string][] = [
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[jeton]"],
  [/\bBearer\s+\S+/gi, "[jeton]"],
  [/\b(?:whsec|sk|rk|pk|sbp|age-secret-key)[-_]\w[\w+/=-]*/gi, "[secret]"],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s/@]+@/gi, "[identifiants]@"],
  [/\b(password|secret|token|key|mot de passe)(["']?\s*[=:]\s*)\S+/gi, "$1$2[secret]"],
  [/[^\s<>"'(),;]+@[^\s<>"'(),;]+/g, "[adresse]"],
  [/"[^"]*"/g, '"…"'],
  [/«[^»]*»/g, "«…»"],
  [/=\([^)]*\)/g, "=(…)"],
  [/\+?\d(?:[\s.-]?\d){7,}/g, "[nombre]"],
];
const MESSAGE_MAX = 500;

/** A message without what it quotes. */
export const taire = (message: string): string =>
  A_TAIRE.reduce((dit, [quoi, dire]) => dit.replace(quoi, dire), message.slice(0, 4 * MESSAGE_MAX))
    .slice(0, MESSAGE_MAX);

const CADRE = /^\s*at (?:(.+?) \()?((?:file|https?|npm|ext|node):.+?):(\d+):(\d+)\)?$/;

/** The frames of a stack, oldest first; files by their place in this tree, which is nobody's machine. */
function cadres(stack: string | undefined) {
  return (stack ?? "").split("\n").flatMap((ligne) => {
    const [, fonction, fichier, rang, colonne] = ligne.match(CADRE) ?? [];
    if (fichier === undefined) return [];
    const dit = fichier.replace(/^.*\/(node_modules|functions)\//, "$1/").replace(/^file:\/\/.*\//, "");
    return [{
      function: fonction ?? "?",
      filename: dit,
      lineno: Number(rang),
      colno: Number(colonne),
      in_app: dit.startsWith("functions/"),
    }];
  }).reverse();
}

function evenement(cause: unknown, { route, methode, statut, code, requestId, trace }: Circonstances) {
  const { name, message, stack, code: etat } = cause instanceof Error
    ? cause as Error & { code?: string }
    : { name: "Error", message: String(cause), stack: undefined, code: undefined };
  return {
    event_id: crypto.randomUUID().replaceAll("-", ""),
    timestamp: Date.now() / 1000,
    platform: "javascript",
    level: "error",
    release: COMMIT ?? undefined,
    environment: Deno.env.get("SENTRY_ENVIRONMENT") || undefined,
    transaction: route ?? `${methode} ?`,
    tags: { code, statut: String(statut), ...(etat && { etat: taire(etat) }) },
    contexts: {
      trace: { trace_id: trace.id, span_id: trace.reponse.split("-")[2] },
      runtime: { name: "deno", version: Deno.version?.deno },
    },
    extra: { request_id: requestId },
    exception: { values: [{ type: name, value: taire(message), stacktrace: { frames: cadres(stack) } }] },
  };
}

let minute = { debut: 0, dits: 0 };
let seTaireJusqu = 0;

/** Whether one more may be told now. */
function permis(): boolean {
  const maintenant = Date.now();
  if (maintenant < seTaireJusqu) return false;
  if (maintenant - minute.debut > 60_000) minute = { debut: maintenant, dits: 0 };
  return ++minute.dits <= PAR_MINUTE;
}

async function envoyer({ adresse, cle }: Collecteur, dit: ReturnType<typeof evenement>): Promise<void> {
  const corps = JSON.stringify(dit);
  const longueur = new TextEncoder().encode(corps).length;
  const enveloppe = [
    JSON.stringify({ event_id: dit.event_id, sent_at: new Date().toISOString() }),
    JSON.stringify({ type: "event", length: longueur, content_type: "application/json" }),
    corps,
  ].join("\n");
  const reponse = await fetch(adresse, {
    method: "POST",
    headers: {
      "content-type": "application/x-sentry-envelope",
      "x-sentry-auth": `Sentry sentry_version=7, sentry_client=${CLIENT}, sentry_key=${cle}`,
    },
    body: enveloppe,
    redirect: "error",
    signal: AbortSignal.timeout(DELAI_MS),
  });
  await reponse.body?.cancel();
  if (reponse.status === 429) {
    seTaireJusqu = Date.now() + 1000 * Math.min(3600, Number(reponse.headers.get("retry-after")) || 60);
  }
}

const plateforme = (globalThis as { EdgeRuntime?: { waitUntil(work: Promise<unknown>): void } }).EdgeRuntime;
const collecteur = collecteurDe(Deno.env.get("SENTRY_DSN"));
if (Deno.env.get("SENTRY_DSN") && !collecteur) {
  console.error(JSON.stringify({
    quand: new Date().toISOString(),
    niveau: "error",
    erreur: "SENTRY_DSN n'est pas une adresse de collecteur : les erreurs ne sont dites qu'ici",
  }));
}

/** Tells a fault, and waits for nothing: the answer has its own way, and the functions' log says it in any case. */
export function signaler(cause: unknown, circonstances: Circonstances): void {
  if (!collecteur || !permis()) return;
  const envoi = Promise.try(() => envoyer(collecteur, evenement(cause, circonstances))).catch(() => {});
  plateforme?.waitUntil(envoi);
}

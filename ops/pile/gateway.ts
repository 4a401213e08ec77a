import type { OnDemand } from "./child.ts";
import type { EdgeFunctions } from "./functions.ts";

const HOP_BY_HOP = ["connection", "keep-alive", "transfer-encoding", "upgrade"];

// As hosted, any origin may call: what protects is the key and the token, which no browser adds by itself.
const EVERY_ORIGIN = { "access-control-allow-origin": "*" };
/** What the clients read of an answer: pages of REST, the version and the error code of auth, a request's number. */
const EXPOSED =
  "content-encoding, content-location, content-range, content-type, date, location, link, preference-applied, " +
  "proxy-status, range-unit, server, traceparent, x-request-id, x-sb-error-code, x-supabase-api-version, x-total-count";

/** A browser asking first whether it may: whatever headers its client library sends. */
function allow(request: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...EVERY_ORIGIN,
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
      "access-control-allow-headers": request.headers.get("access-control-request-headers") ??
        "authorization, apikey, content-type",
      "access-control-max-age": "3600",
      vary: "access-control-request-headers",
    },
  });
}

const isPreflight = (request: Request) =>
  request.method === "OPTIONS" && request.headers.has("access-control-request-method");

function toEveryOrigin(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set("access-control-allow-origin", "*");
  headers.set("access-control-expose-headers", EXPOSED);
  headers.delete("access-control-allow-credentials");
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}

/** How long, in milliseconds, a service may take to answer, and one that is then replaced to end. */
interface Patience {
  answer: number;
  ending: number;
}
/** As hosted: nothing of ours takes as long, so that whoever does not answer by then never will. */
const HOSTED: Patience = { answer: 150_000, ending: 30_000 };

/** Whether an act was done, this end does not know. */
const INTERROMPU =
  "Le service s'est interrompu avant de répondre. Ce qui était demandé est peut-être fait : renvoyez la " +
  "même demande, avec la même Idempotency-Key.";

const frozen = ({ answer }: Patience) =>
  `Le service n'a pas répondu en ${answer / 1000} s. Ce qui était demandé est peut-être fait : renvoyez la ` +
  "même demande, avec la même Idempotency-Key.";
const INCOMPLETE =
  "La demande n'est pas arrivée en entier. Rien n'a été enregistré : vérifiez la connexion, puis renvoyez-la.";

function problem(status: number, code: string, title: string, detail: string, cause?: string): Response {
  return new Response(JSON.stringify({ type: "about:blank", title, status, code, detail, cause }), {
    status,
    headers: {
      ...EVERY_ORIGIN,
      "content-type": "application/problem+json",
      ...(status >= 500 && { "retry-after": "1" }),
    },
  });
}

/** Up to this a body is handed on as bytes: a stream costs more than they do. A longer one goes through as it comes. */
const SHORT_BYTES = 64 * 1024;

const isShort = (headers: Headers) => Number(headers.get("content-length") ?? NaN) <= SHORT_BYTES;

async function ask(
  origin: string,
  request: Request,
  path: string,
  body: BodyInit | null,
  signal?: AbortSignal,
): Promise<Response> {
  const headers = Object.fromEntries([...request.headers].filter(([name]) => !HOP_BY_HOP.includes(name)));
  headers["accept-encoding"] = "identity";
  const answer = await fetch(`${origin}${path}`, {
    method: request.method,
    headers,
    body,
    signal,
    redirect: "manual",
  });
  if (request.method === "HEAD" || !answer.body || !isShort(answer.headers)) return answer;
  return new Response(await answer.bytes(), { status: answer.status, headers: answer.headers });
}

/** What a long body may take in all, as the doors have it: a millisecond more for each byte. */
const UNSAID_BYTES = 1024 * 1024;
const LONGEST_MS = 60 * 60_000;
const toCome = (headers: Headers) =>
  Math.min(Number(headers.get("content-length") ?? UNSAID_BYTES), LONGEST_MS);

/** No door takes as much: whoever announces more is refused by that, which only a body handed on as it is still says. */
const HUGE_BYTES = 16 * 1024 * 1024;

/** A long body on its way from its sender to its service. */
interface Passing {
  body: ReadableStream<Uint8Array>;
  /** When something of it last moved, and whether it is its sender who is waited for since. */
  moved(): number;
  awaited(): boolean;
  stop(): void;
}

/** As it comes, until it is wanted no more: else the rest of it would be waited for on a connection for good. */
function passing(request: Request): Passing {
  let [moved, awaited] = [performance.now(), false];
  const seen = { moved: () => moved, awaited: () => awaited };
  if (Number(request.headers.get("content-length") ?? 0) > HUGE_BYTES) {
    return { ...seen, body: request.body!, stop: () => {} };
  }
  const reader = request.body!.getReader();
  const { promise: stopped, reject: stop } = Promise.withResolvers<never>();
  stopped.catch(() => {});
  const body = new ReadableStream<Uint8Array>({
    async pull(to) {
      awaited = true;
      const { done, value } = await Promise.race([reader.read(), stopped]);
      [moved, awaited] = [performance.now(), false];
      if (done) to.close();
      else to.enqueue(value);
    },
    cancel: (why) => reader.cancel(why),
  });
  return {
    ...seen,
    body,
    stop: () => {
      stop(new Error("answered"));
      reader.cancel().catch(() => {});
    },
  };
}

/** Work that is given up when the moment `until` says has come; `late` is then its answer. */
async function within<T>(
  until: () => number,
  work: (signal: AbortSignal) => Promise<T>,
  late: () => T,
): Promise<T> {
  const end = new AbortController();
  const over = Promise.withResolvers<T>();
  let timer: ReturnType<typeof setTimeout>;
  const look = () => {
    const left = until() - performance.now();
    if (left > 0) {
      timer = setTimeout(look, left);
      return;
    }
    over.resolve(late());
    end.abort();
  };
  look();
  const done = work(end.signal);
  done.catch(() => {});
  try {
    return await Promise.race([over.promise, done]);
  } finally {
    clearTimeout(timer!);
  }
}

async function forward(
  request: Request,
  service: OnDemand,
  path: string,
  patience: Patience,
  again = true,
): Promise<Response> {
  const reads = ["GET", "HEAD"].includes(request.method);
  const short = !reads && isShort(request.headers);
  // Asked for, a body becomes a stream, which costs a short one more than reading it does.
  const long = !reads && !short && request.body !== null;
  const passed = long ? passing(request) : undefined;
  let body = (passed?.body ?? null) as BodyInit | null;
  const incomplete = () => problem(408, "DEMANDE_INCOMPLETE", "Demande incomplète", INCOMPLETE);
  let began = performance.now();
  const after = (ms: number) => () => began + ms;
  if (short) {
    const read = await within(after(patience.answer), () => request.bytes(), () => undefined)
      .catch(() => undefined);
    // Handed on, it would be said again to be as long as it is.
    if (read?.length !== Number(request.headers.get("content-length"))) return incomplete();
    body = read;
    began = performance.now();
  }
  let asked: string | undefined;
  const late = () => {
    if (passed?.awaited()) return incomplete();
    console.error(`✗ ${path.split(/[/?]/)[1]} : aucune réponse en ${patience.answer / 1000} s.`);
    service.replace(asked, patience.ending);
    return problem(504, "SERVICE_INDISPONIBLE", "Service indisponible", frozen(patience));
  };
  const whole = after(patience.answer + (long ? toCome(request.headers) : 0));
  try {
    return await within(
      // A service that takes nothing more of a long body, or has all of it, is waited for as for a short one.
      passed ? () => Math.min(whole(), passed.moved() + patience.answer) : whole,
      // A service that is replaced ends what was asked of it; of one that is kept, this end does.
      (signal) =>
        service.ask((origin) => ask(asked = origin, request, path, body, long ? signal : undefined)),
      late,
    );
  } catch (error) {
    await service.renewIfGone();
    // Reading again changes nothing; whether an act was done, only its idempotency key can tell.
    if (again && reads) return forward(request, service, path, patience, false);
    return problem(503, "SERVICE_INDISPONIBLE", "Service indisponible", INTERROMPU, String(error));
  } finally {
    passed?.stop();
  }
}

/** What fetch hands on to nobody, and no service of ours takes. */
const HANDED_ON_TO_NOBODY = ["CONNECT", "TRACE", "TRACK"];

/** The pages for people stand at the root too: / is the first, /tableau, /docs, /codes/<CODE>. */
const PAGES = /^\/((tableau|docs|codes)(\/.*)?)?$/;

function urlOf(request: Request): string {
  try {
    return request.url;
  } catch {
    return "";
  }
}

/** One origin for everything, as a hosted project has: REST, auth, edge functions. */
export function createGateway(api: OnDemand, functions: EdgeFunctions, patience = HOSTED) {
  return async (request: Request): Promise<Response> => {
    // What a client says of the host is part of it, and may be no address at all.
    const address = URL.parse(urlOf(request));
    if (!address) {
      return problem(400, "VALIDATION", "Demande invalide", "L'adresse ou l'en-tête Host est illisible.");
    }
    if (HANDED_ON_TO_NOBODY.includes(request.method)) {
      return problem(
        404,
        "PORTE_INCONNUE",
        "Introuvable",
        `Aucune porte ne prend la méthode ${request.method}.`,
      );
    }
    const { pathname, search } = address;
    if (PAGES.test(pathname)) {
      return forward(request, functions.named("pages")!, `/pages${pathname}${search}`, patience);
    }
    if (/^\/(rest|auth)\/v1(\/|$)/.test(pathname)) {
      if (isPreflight(request)) return allow(request);
      return toEveryOrigin(await forward(request, api, `${pathname}${search}`, patience));
    }

    const [, name] = pathname.match(/^\/functions\/v1\/([^/]+)/) ?? [];
    // A function answers for itself; where there is none, the browser may read that there is none.
    if (isPreflight(request) && !functions.names.includes(name ?? "")) return allow(request);
    const service = functions.named(name ?? "");
    if (!service) {
      const detail = name
        ? `Aucune fonction ne s'appelle « ${name} ».`
        : "Les portes sont /rest/v1, /auth/v1 et /functions/v1/<nom>.";
      return problem(404, "PORTE_INCONNUE", "Introuvable", detail);
    }
    return forward(request, service, `${pathname.slice("/functions/v1".length)}${search}`, patience);
  };
}

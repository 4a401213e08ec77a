// W3C Trace Context (https://www.w3.org/TR/trace-context/): a request's trace, from who calls to the database's log.

export interface Trace {
  /** 32 hexadecimal digits, the same from end to end. */
  id: string;
  /** Whether the caller gave it: one of ours stands beside the request's number, which says as much. */
  donnee: boolean;
  /** `traceparent` of the answer: the same trace, this request's own part of it. */
  reponse: string;
}

/** Version, trace, parent, flags; a version to come may say more behind a dash, 00 may not. */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-[\x21-\x7e]*)?$/;
const NUL = /^0+$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function lire(entete: string | null | undefined): { id: string; drapeaux: number } | undefined {
  const [, version, id, parent, drapeaux, suite] = entete?.match(TRACEPARENT) ?? [];
  if (version === undefined || version === "ff" || (version === "00" && suite !== undefined)) {
    return undefined;
  }
  if (NUL.test(id!) || NUL.test(parent!)) return undefined;
  return { id: id!, drapeaux: parseInt(drapeaux!, 16) };
}

/** Sixteen hexadecimal digits of chance: of a UUID, those that say neither version nor variant. */
function chance(): string {
  const uuid = crypto.randomUUID();
  return uuid.slice(0, 8) + uuid.slice(-8);
}

/**
 * The trace a request belongs to. A bad `traceparent` is ignored, as the standard has it; one of ours is the request's
 * number where that is a UUID, so that whoever has one has both.
 */
export function traceDe(entete: string | null | undefined, requestId: string): Trace {
  const lue = lire(entete);
  const id = lue?.id ??
    (UUID.test(requestId) && !/^[0-]+$/.test(requestId)
      ? requestId.replaceAll("-", "")
      : chance() + chance());
  // Sampled is the caller's word: nothing is recorded by us but log lines, which are always written.
  const drapeaux = (lue?.drapeaux ?? 0) & 1;
  return { id, donnee: lue !== undefined, reponse: `00-${id}-${chance()}-0${drapeaux}` };
}

/** A session's name holds so much, and the server complains of more. */
const NOM_MAX = 63;

/** What PostgreSQL's log calls a request: by its number, after the trace that its caller gave. */
export const nomDeSession = (qui: string, { id, donnee }: Trace, requestId: string): string =>
  `${qui} ${donnee ? `${id} ` : ""}${requestId}`.slice(0, NOM_MAX);

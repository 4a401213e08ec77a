import postgres from "postgres";
import type { z } from "zod";
import { CHAMP, type CodePorte, PORTE, TITRE_PAR_STATUT } from "./messages.ts";

export interface ChampFautif {
  path: string;
  message: string;
}

/** An answer that says no: RFC 9457 members plus `code` and, for VALIDATION, `errors`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors?: ChampFautif[];
  valeurs?: unknown;
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem, options?: ErrorOptions) {
    super(problem.code, options);
  }
}

const SUPABASE_URL = Deno.env.get("SUPABASE_URL") ?? "";

/** Where a code is explained: what it means, and what to do. */
export const adresseDuCode = (code: string) => `${SUPABASE_URL}/functions/v1/ops/codes/${code}`;

/** A problem of the door itself. */
export function refuser(code: CodePorte, errors?: ChampFautif[], cause?: unknown): ProblemError {
  const { statut, titre, phrase } = PORTE[code];
  return new ProblemError({
    type: adresseDuCode(code),
    title: titre,
    status: statut,
    detail: phrase,
    code,
    ...(errors && { errors }),
  }, { cause });
}

export function invalide(path: string, message: string): ProblemError {
  return refuser("VALIDATION", [{ path, message }]);
}

function champs(issue: z.core.$ZodIssue, above: string[] = []): ChampFautif[] {
  const at = [...above, ...issue.path.map(String)];
  if (issue.code === "invalid_union") {
    // Of the shapes it could have had, the one it comes nearest to is the one that was meant.
    const nearest = issue.errors.toSorted((one, other) => one.length - other.length)[0] ?? [];
    if (nearest.length) return nearest.flatMap((one) => champs(one, at));
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...at, key].join("."), message: CHAMP.inconnu }));
  }
  return [{ path: at.join("."), message: issue.message }];
}

/** Beyond these nobody reads on, and an answer must not be larger than its question. */
const FAUTES_DITES = 50;

export function fromZod(error: z.ZodError): ProblemError {
  // Of what is of another kind, how long or how large it is says nothing more.
  const ou = ({ path }: z.core.$ZodIssue) => path.map(String).join(".");
  const autres = new Set(error.issues.filter(({ code }) => code === "invalid_type").map(ou));
  const fautes = error.issues.filter((issue) =>
    !["too_small", "too_big"].includes(issue.code) || !autres.has(ou(issue))
  );
  return refuser(
    "VALIDATION",
    fautes.slice(0, FAUTES_DITES).flatMap((issue) => champs(issue)).slice(0, FAUTES_DITES),
  );
}

const parse = (text: string | undefined) => {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
};

/** Column a constraint is about, by PostgreSQL's naming: receptions_citerne_id_fkey is about citerne_id. */
function column(error: postgres.PostgresError): string {
  if (error.column_name) return error.column_name;
  const name = error.constraint_name ?? "";
  const stripped = name.replace(/_(fkey|check\d*|key|pkey)$/, "");
  return error.table_name && stripped.startsWith(`${error.table_name}_`)
    ? stripped.slice(error.table_name.length + 1)
    : stripped;
}

/** Words of the driver and of the system for a connection that was refused, lost or never had. */
const CONNECTION =
  /^(CONNECT_TIMEOUT|CONNECTION_\w+|E[A-Z]{3,}|ERR_(TLS|SSL|SOCKET)_\w+|UNABLE_TO_\w+|CERT_\w+|\w*SELF_SIGNED\w*)$/;

/** Whether the connection is gone, and not only what was asked over it: what was asked last may or may not be done. */
export function connectionLost(error: unknown): boolean {
  if (error instanceof ProblemError) return false;
  if (error instanceof postgres.PostgresError) {
    // The server hangs up after these words, and after no others.
    return ["FATAL", "PANIC"].includes((error as { severity?: string }).severity ?? "");
  }
  const { code, name } = (error ?? {}) as { code?: string; name?: string };
  return CONNECTION.test(code ?? "") ||
    /^(Connection\w+|BrokenPipe|NotConnected|TimedOut|UnexpectedEof)$/.test(name ?? "");
}

/** Faults that a rule says line by line, in its values. */
function fautes(valeurs: unknown): ChampFautif[] | undefined {
  const { erreurs } = (valeurs ?? {}) as { erreurs?: ChampFautif[] };
  return Array.isArray(erreurs) ? erreurs : undefined;
}

/** The one place where what the database says becomes what the client reads. */
export function fromDatabase(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (!(error instanceof postgres.PostgresError)) {
    return refuser(connectionLost(error) ? "SERVICE_INDISPONIBLE" : "INTERNE", undefined, error);
  }
  const state = error.code;
  if (/^PT4\d\d$/.test(state)) {
    const status = Number(state.slice(2));
    const valeurs = parse(error.detail);
    const errors = fautes(valeurs);
    return new ProblemError({
      type: adresseDuCode(error.message),
      title: TITRE_PAR_STATUT[status] ?? "Demande refusée",
      status,
      detail: error.hint ?? error.message,
      code: error.message,
      ...(errors ? { errors } : { valeurs }),
    });
  }
  if (state === "23503") return invalide(column(error), CHAMP.reference);
  if (state === "23502") return invalide(column(error), CHAMP.requis);
  if (state === "23505") return invalide(column(error), CHAMP.doublon);
  if (state === "23514" || state.startsWith("22")) return invalide(column(error), CHAMP.valeur);
  // A statement too long, a lock not had, a transaction left alone: the database has undone it all.
  if (["57014", "55P03", "25P03"].includes(state)) return refuser("DELAI_DEPASSE", undefined, error);
  // 53 resources, 57 operator (shutdown), 40 serialization, 25006 a primary that was told to write no more; a door that
  // was shut: password, database, certificate.
  if (connectionLost(error) || /^(08|25006|53|57|40)/.test(state)) {
    return refuser("SERVICE_INDISPONIBLE", undefined, error);
  }
  return refuser("INTERNE", undefined, error);
}

import { AsyncLocalStorage } from "node:async_hooks";
import type { App } from "@supabase/lite";
import { nomDeSession, traceDe } from "../../supabase/functions/_shared/trace.ts";

/** What this uses of the library's transaction: its query builder. */
interface Transaction {
  selectNoFrom(
    build: (
      of: { val(v: unknown): unknown; fn(name: string, args: unknown[]): { as(name: string): unknown } },
    ) => unknown,
  ): { execute(): Promise<unknown> };
}

/** Who asks, as the library read it from the token. */
interface Context {
  auth?: { role?: string; uid?: unknown; jwt?: unknown };
}

/**
 * Each transaction of a request bears its number (x-request-id) and its trace, as those of the doors do: in PostgreSQL's
 * log by the application's name, in the log of acts by request.id and request.trace. With who asks, in one statement: the
 * library says each setting in a statement of its own, half of all that a request asks. Returns the API's fetch.
 */
export function numberedAsTheDoors(api: App, fetch: App["fetch"]): App["fetch"] {
  const number = new AsyncLocalStorage<{ id: string; trace: string; session: string }>();
  const connection = api.connection as unknown as {
    applyJwtSessionContext(transaction: Transaction, context: Context): Promise<void>;
  };
  connection.applyJwtSessionContext = async (transaction, { auth }) => {
    const { id, trace, session } = number.getStore() ?? {};
    const role = auth?.role || "anon";
    const settings = {
      ...(id && { application_name: session, "request.id": id, "request.trace": trace }),
      "request.jwt.claim.sub": String(auth?.uid ?? ""),
      "request.jwt.claim.role": role,
      ...(auth?.jwt ? { "request.jwt.claims": JSON.stringify(auth.jwt) } : {}),
      role,
    };
    await transaction.selectNoFrom(({ fn, val }) =>
      Object.entries(settings).map(([name, value]) =>
        fn("set_config", [val(name), val(value), val(true)]).as(name.replaceAll(".", "_"))
      )
    ).execute();
  };
  return (request, ...rest) => {
    const id = request.headers.get("x-request-id") ?? "";
    const session = nomDeSession("rest", traceDe(request.headers.get("traceparent"), id), id);
    return number.run(
      { id, trace: request.headers.get("x-trace-id") ?? "", session },
      () => fetch(request, ...rest),
    );
  };
}

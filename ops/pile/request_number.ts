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

/**
 * Each transaction of a request bears its number (x-request-id) and its trace, as those of the doors do: in PostgreSQL's
 * log by the application's name, in the log of acts by request.id and request.trace. Returns the API's fetch.
 */
export function numberedAsTheDoors(api: App, fetch: App["fetch"]): App["fetch"] {
  const number = new AsyncLocalStorage<{ id: string; trace: string; session: string }>();
  const connection = api.connection as unknown as {
    applyJwtSessionContext(transaction: Transaction, ...rest: unknown[]): Promise<void>;
  };
  const apply = connection.applyJwtSessionContext.bind(connection);
  connection.applyJwtSessionContext = async (transaction, ...rest) => {
    const { id, trace, session } = number.getStore() ?? {};
    if (id) {
      await transaction.selectNoFrom(({ fn, val }) => [
        fn("set_config", [val("application_name"), val(session), val(true)]).as("application"),
        fn("set_config", [val("request.id"), val(id), val(true)]).as("request"),
        fn("set_config", [val("request.trace"), val(trace), val(true)]).as("trace"),
      ]).execute();
    }
    await apply(transaction, ...rest);
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

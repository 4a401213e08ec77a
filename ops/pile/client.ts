import { createClient, FunctionsHttpError, type SupabaseClient } from "@supabase/supabase-js";
import { demoEmail, type Role } from "./demo_users.ts";
import { Refusal } from "./refusal.ts";
import type { StackStatus } from "./status.ts";

/** Where a client knocks: the public address and the key anybody may hold. */
export type Portes = Pick<StackStatus, "API_URL" | "ANON_KEY">;

export type Row = Record<string, unknown> & { id: string };

/** A signed-in person, as the app is: supabase-js for everything. */
export interface Person {
  supabase: SupabaseClient;
  /** Calls a door; throws Refusal where it says no. */
  call<T = Row>(
    method: "GET" | "POST" | "PUT",
    address: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T>;
}

/** A client of supabase-js that keeps nothing between two runs, with this key. */
export const newClient = (status: Portes, key: string) =>
  createClient(status.API_URL, key, { auth: { persistSession: false, autoRefreshToken: false } });

/** Whoever this client is signed in as. */
export function asPerson(supabase: SupabaseClient): Person {
  return {
    supabase,
    call: async (method, address, body, headers) => {
      const answer = await supabase.functions.invoke(address, {
        method,
        headers,
        ...(body !== undefined && { body: body as Record<string, unknown> }),
      });
      if (answer.error instanceof FunctionsHttpError) throw new Refusal(await answer.error.context.json());
      if (answer.error) throw answer.error;
      return answer.data;
    },
  };
}

export async function signIn(status: Portes, email: string, password: string): Promise<Person> {
  const supabase = newClient(status, status.ANON_KEY);
  const { error } = await supabase.auth.signInWithPassword({ email, password });
  if (error) throw new Error(`Connexion refusée pour ${email} : ${error.message}`);
  return asPerson(supabase);
}

export const signInAs = (status: Portes, role: Role, password: string) =>
  signIn(status, demoEmail(role), password);

import type { z } from "zod";
import type { Transaction } from "./database.ts";

type Shape = z.ZodType | undefined;
type Out<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined;

/** One thing a client may ask: its address, the shapes of what comes in and goes out, and what it does. */
export interface Acte<P extends Shape = Shape, Q extends Shape = Shape, B extends Shape = Shape> {
  methode: "GET" | "POST" | "PUT";
  /** Below the function's name, with `:name` for parameters. */
  chemin: string;
  resume: string;
  params?: P;
  query?: Q;
  corps?: B;
  reponse: z.ZodType;
  statut: 200 | 201;
  /** File and columns of the page it answers, where that may also be had as CSV. */
  csv?: { nom: string; colonnes: string[] };
  executer(
    tx: Transaction,
    demande: { params: Out<P>; query: Out<Q>; corps: Out<B>; csv: boolean },
  ): Promise<unknown>;
}

/** Something anyone may ask, without a token and without a transaction. */
export interface ActePublic {
  methode: "GET";
  chemin: string;
  resume: string;
  reponse: z.ZodType;
  public: true;
  /** Answers with its status: 200, or 503 where a service is not ready. */
  executer(): Promise<{ statut: 200 | 503; corps: unknown }>;
}

export type UnActe = Acte | ActePublic;

/** Declares an act, so that its handler sees the types of its shapes. */
export function acte<P extends Shape = undefined, Q extends Shape = undefined, B extends Shape = undefined>(
  declaration: Acte<P, Q, B>,
): Acte {
  return declaration as unknown as Acte;
}

import type { z } from "zod";
import type { Appel, Auteur, Transaction } from "./database.ts";
import type { Listing } from "./listing.ts";

type Shape = z.ZodType | undefined;
type Out<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined;

/** A file that came with a form. */
export interface Televerse {
  nom: string;
  type: string;
  octets: Uint8Array<ArrayBuffer>;
}

/** What came in, once its shapes have been checked. */
export interface Demande<P extends Shape, Q extends Shape, B extends Shape> {
  params: Out<P>;
  query: Out<Q>;
  corps: Out<B>;
  csv: boolean;
  /** The file of a form, for an act that takes one. */
  fichier?: Televerse;
  /** Version of the row that the client has read, where it said so (If-Match). */
  version?: number;
  /** Version of a conditional answer that the client has (If-None-Match). */
  connue?: string;
}

/** An answer as a file. */
export interface Fichier {
  nom: string;
  type: string;
  octets: Uint8Array;
}

/** What an act asks of another service: before the transaction that records, never inside it. */
export interface Dehors<P extends Shape, Q extends Shape, B extends Shape, V, D> {
  /** In a transaction of its own: everything that could refuse the act, asked before anything is done elsewhere. */
  verifier(tx: Transaction, demande: Demande<P, Q, B>): Promise<V>;
  /** Outside any transaction. What it does must do no harm alone: the act may fail after it, and be sent again. */
  demander(verifie: V, demande: Demande<P, Q, B>): Promise<D>;
}

/** What is noted of a reading: part of the statement that reads, or of one of the primary once a standby has answered. */
type Noter<P extends Shape, Q extends Shape, B extends Shape, R extends z.ZodType> = (
  lu: Appel<z.input<R>>,
  demande: Demande<P, Q, B>,
) => Appel;

/**
 * What an act does: one statement (appels.ts), which is then all that is said to the database; or what it likes, in one
 * transaction.
 */
type Faire<P extends Shape, Q extends Shape, B extends Shape, R extends z.ZodType, V, D, L> =
  | {
    /** As the caller. What it answers is the act's answer. */
    appel(demande: Demande<P, Q, B>): Appel<z.input<R>>;
    /** It only reads, and a standby may be asked instead (lecture.ts). */
    lecture?: true;
    noter?: Noter<P, Q, B, R>;
    presenter?: undefined;
    executer?: undefined;
    dehors?: undefined;
    /** Its answer is kept with its key, as it is. */
    confidentiel?: undefined;
  }
  | {
    appel(demande: Demande<P, Q, B>): Appel<L>;
    lecture: true;
    /** Makes the answer of what was read: of a reading, whose answer is kept with no key. */
    presenter(lu: L, demande: Demande<P, Q, B>): z.input<R>;
    noter?: undefined;
    executer?: undefined;
    dehors?: undefined;
    confidentiel?: undefined;
  }
  | {
    appel?: undefined;
    lecture?: undefined;
    noter?: undefined;
    presenter?: undefined;
    dehors?: Dehors<P, Q, B, V, D>;
    /** Its answer holds a secret, shown once: kept nowhere, by us or on the way. */
    confidentiel?: boolean;
    /** In one transaction, as the caller. `dehors` is undefined where its verification refused: ask and refuse again. */
    executer(tx: Transaction, demande: Demande<P, Q, B> & { dehors?: D }): Promise<z.input<R>>;
  };

/** Who asks, for an act that asks other doors in their name. */
export interface Appelant {
  auteur: Auteur;
  /** Their token, and the key of the project where they sent one: what another door wants to see. */
  entetes: Record<string, string>;
}

/** One thing a client may ask: its address, the shapes of what comes in and goes out, and what it does. */
export type Acte<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends Shape = Shape,
  R extends z.ZodType = z.ZodType,
  V = unknown,
  D = unknown,
  L = unknown,
> = Adresse<P, Q, B, R> & Faire<P, Q, B, R, V, D, L>;

interface Adresse<P extends Shape, Q extends Shape, B extends Shape, R extends z.ZodType> {
  methode: "GET" | "POST" | "PUT";
  /** Below the function's name, with `:name` for parameters. */
  chemin: string;
  resume: string;
  params?: P;
  query?: Q;
  corps?: B;
  reponse: R;
  statut: 200 | 201;
  /** The row it answers has a version, said as ETag. */
  versionne?: boolean;
  /** Its answer has a `version`, said as ETag; null where the client has that very one, which is a 304. */
  conditionnel?: boolean;
  /** It decides on a row that was read: with If-Match, of that version only. */
  decide?: boolean;
  /** What its `appel` is made of beside its own text: for who reads there which refusals it may answer. */
  parties?: readonly unknown[];
  /** How its pages are read, where it is a list; file and columns of the same pages as CSV. */
  liste?: Listing;
  csv?: { nom: string; colonnes: string[] };
  /** Its answer as a file, for who does not ask for JSON: a function of the answer alone, made outside the transaction. */
  fichier?: {
    type: string | ((reponse: z.output<R>) => string);
    nom(reponse: z.output<R>): string;
    rendre(reponse: z.output<R>): Promise<Uint8Array>;
    /** Of somebody else's making: to be saved, never shown nor run where it came from. */
    joint?: true;
  };
  /**
   * Media types of the files it may be asked as, besides JSON; and the one that was asked for, made outside the
   * transaction.
   */
  formats?: string[];
  enFichier?(reponse: z.output<R>, demande: Demande<P, Q, B>): Promise<Fichier> | undefined;
  /** Its body is a form: these fields, and one file, `fichier`. Beyond so many bytes in all, refused with this code. */
  formulaire?: { maximum: number; trop: string };
  /**
   * What goes on once the transaction is committed, by other doors and transactions, whether its answer is new or had
   * been kept: it must do nothing twice. Its answer is the one that is given.
   */
  ensuite?(appelant: Appelant, reponse: z.output<R>, demande: Demande<P, Q, B>): Promise<z.input<R>>;
}

/** Something anyone may ask, without a token and without a transaction. */
export interface ActePublic<R extends z.ZodType = z.ZodType> {
  methode: "GET";
  chemin: string;
  resume: string;
  params?: z.ZodType;
  reponse: R;
  public: true;
  /** Answers with its status: 200, or 503 where a service is not ready; a browser is sent to the address `page`. */
  executer(demande: { params: Record<string, string> }): Promise<
    { statut: 200 | 503; corps: z.input<R>; page?: string }
  >;
}

export type UnActe = Acte | ActePublic;

/** Declares an act, so that its handler sees the types of its shapes and must answer what it declares. */
export function acte<
  R extends z.ZodType,
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
  V = undefined,
  D = undefined,
  L = undefined,
>(declaration: Acte<P, Q, B, R, V, D, L>): Acte {
  return declaration as unknown as Acte;
}

/** The same for what anyone may ask. */
export function actePublic<R extends z.ZodType>(declaration: ActePublic<R>): ActePublic {
  return declaration as unknown as ActePublic;
}

// Acts on one thing, which the address names by its id: it is read, or something is done of it and it is answered as it
// then is.
import { z } from "zod";
import { type Acte, acte } from "./acte.ts";
import { apres, type Dit, objet } from "./appels.ts";
import type { Appel } from "./database.ts";
import { Id, ParId } from "./schemas.ts";

/** What it is answered as, and how it is read. */
export interface Chose<R extends z.ZodType = z.ZodType> {
  reponse: R;
  une(id: Dit): Appel<z.input<R>>;
}

/** Of what is there no more, or has nothing else to say. */
export const SON_ID = { reponse: z.object({ id: Id }), une: (id: Dit) => objet({ id }) };

export const consulter = <R extends z.ZodType>(
  { reponse, une }: Chose<R>,
  chemin: string,
  resume: string,
): Acte =>
  acte({
    methode: "GET",
    chemin,
    resume,
    params: ParId,
    reponse,
    statut: 200,
    appel: ({ params }) => une(params.id),
    parties: [une],
  });

export const accomplir = <R extends z.ZodType, B extends z.ZodType>(
  { reponse, une }: Chose<R>,
  chemin: string,
  resume: string,
  corps: B,
  fait: (id: string, corps: z.output<B>) => Appel,
): Acte =>
  acte({
    methode: "POST",
    chemin,
    resume,
    params: ParId,
    corps,
    reponse,
    statut: 200,
    appel: ({ params, corps }) => apres(fait(params.id, corps as z.output<B>), une(params.id)),
    parties: [fait, une],
  });

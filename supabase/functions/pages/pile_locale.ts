import { z } from "zod";

const PileLocale = z.object({
  base: z.string(),
  fonctions: z.array(z.string()),
  comptes: z.array(z.string()),
  mot_de_passe: z.string(),
});

const dite = Deno.env.get("PILE_LOCALE");

/** What `npm start` says of the stack it runs; undefined on a hosted project, which has no demo accounts to show. */
export const PILE_LOCALE = dite ? PileLocale.parse(JSON.parse(dite)) : undefined;

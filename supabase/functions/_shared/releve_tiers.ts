// The statement of an account, a client's or a supplier's alike: public.releve_tiers.
import { z } from "zod";
import { objet, rangees } from "./appels.ts";
import { Id, Instant, Jour } from "./schemas.ts";

const Montant = z.number().gt(-1e16).lt(1e16);

/** Which days, and as they were known when. */
export const PeriodeReleve = z.strictObject({
  du: Jour.optional(),
  au: Jour.optional(),
  connu_a: Instant.optional(),
});

export const ReleveTiers = z.object({
  lignes: z.array(z.object({
    rang: z.int(),
    date_valeur: Jour.nullable(),
    type: z.string(),
    reference: z.string().nullable(),
    libelle: z.string(),
    debit: Montant.nullable(),
    credit: Montant.nullable(),
    solde: Montant,
    devise: z.string(),
    source_type: z.string().nullable(),
    source_id: Id.nullable(),
  })),
});

export const releveTiers = (
  type: "CLIENT" | "FOURNISSEUR",
  id: string,
  devise: string,
  { du, au, connu_a }: z.infer<typeof PeriodeReleve>,
) =>
  objet({
    lignes: rangees("public.releve_tiers", {
      p_type: type,
      p_id: id,
      p_devise: devise,
      p_du: du ?? null,
      p_au: au ?? null,
      ...(connu_a && { p_connu_a: connu_a }),
    }),
  });

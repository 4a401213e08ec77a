import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { fonction, ligne } from "../_shared/appels.ts";
import { accomplir } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, Jour, Texte } from "../_shared/schemas.ts";

// Closing: days and months that take no new movement.

const Periode = z.object({
  id: Id,
  depot_id: Id,
  periode: z.enum(["JOUR", "MOIS"]),
  du: Jour,
  au: Jour,
  par: Id,
  le: Instant,
  rouverte_par: Id.nullable(),
  rouverte_le: Instant.nullable(),
  motif_reouverture: z.string().nullable(),
  created_at: Instant,
}).meta({ id: "PeriodeClose" });
const PERIODES = fiche("periodes_closes", Periode);
const QUOI = "cette période";

export const actesPeriodes = [
  acte({
    methode: "POST",
    chemin: "/periodes",
    resume:
      "Close a day or a month at a depot: under the option, it takes no new movement, nor does any day before it",
    corps: z.strictObject({
      depot_id: Id,
      jour: Jour.nullish(),
      mois: Jour.nullish().meta({ description: "Any day of the month to close" }),
    }).meta({ id: "NouvelleCloture" }),
    reponse: Periode,
    statut: 201,
    appel: ({ corps }) =>
      ligne(
        PERIODES,
        fonction("public.clore_periode", {
          p_depot_id: corps.depot_id,
          p_jour: corps.jour ?? null,
          p_mois: corps.mois ?? null,
        }),
        QUOI,
      ),
  }),
  accomplir(
    { reponse: Periode, une: (id) => ligne(PERIODES, id, QUOI) },
    "/periodes/:id/rouvrir",
    "Open a closed period of a depot again, and those after it (admin), with a reason",
    z.strictObject({ motif: Texte }),
    (id, corps) => fonction("public.rouvrir_periode", { p_id: id, p_motif: corps.motif }),
  ),
  liste({
    de: PERIODES,
    cles: ["au", "id"],
    sens: "desc",
    depot: "depot_id",
    exacts: { periode: Periode.shape.periode.optional() },
  }, {
    chemin: "/periodes",
    nom: "periodes",
    resume: "Closed periods, the latest first, those opened again too",
  }),
];

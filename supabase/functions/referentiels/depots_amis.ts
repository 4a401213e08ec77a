import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, fonction, inseree } from "../_shared/appels.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, OuiNon, Texte } from "../_shared/schemas.ts";

const DepotAmi = z.object({
  id: Id,
  nom: z.string(),
  contact: z.string().nullable(),
  actif: z.boolean(),
  created_at: Instant,
}).meta({ id: "DepotAmi" });
const DEPOTS_AMIS = fiche("depots_amis", DepotAmi);

export const depotsAmis = [
  acte({
    methode: "POST",
    chemin: "/depots-amis",
    resume: "Record a depot of others that keeps fuel for us (admin, directeur)",
    corps: z.strictObject({ nom: Texte.min(1), contact: Texte.nullish() }).meta({ id: "NouveauDepotAmi" }),
    reponse: DepotAmi,
    statut: 201,
    appel: ({ corps }) =>
      apres(fonction("private.exiger", { p_capacite: "ecrire_referentiels" }), inseree(DEPOTS_AMIS, corps)),
  }),
  liste({
    de: DEPOTS_AMIS,
    cles: ["nom", "id"],
    sens: "asc",
    exacts: { actif: OuiNon.optional() },
  }, { chemin: "/depots-amis", nom: "depots-amis", resume: "Depots of others that keep fuel for us" }),
];

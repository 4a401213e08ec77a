import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, fonction, ligne } from "../_shared/appels.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant } from "../_shared/schemas.ts";

const Flag = z.object({
  key: z.string(),
  enabled: z.boolean(),
  description: z.string(),
  depots: z.array(Id),
  users: z.array(Id),
  updated_by: Id.nullable(),
  updated_at: Instant,
  created_at: Instant,
}).meta({ id: "Flag" });

const FLAGS = fiche("feature_flags", Flag);

export const actes = [
  liste({ de: FLAGS, cles: ["key"], sens: "asc" }, { nom: "flags", resume: "List the feature flags" }),
  acte({
    methode: "PUT",
    chemin: "/:key",
    resume: "Turn a flag on or off (admin); empty lists mean everyone, absent ones are left as they are",
    params: z.strictObject({ key: z.string().max(60) }),
    corps: z.strictObject({
      enabled: z.boolean(),
      depots: z.array(Id).max(1000).optional(),
      users: z.array(Id).max(1000).optional(),
    }).meta({ id: "ReglageDeFlag" }),
    reponse: Flag,
    statut: 200,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.definir_flag", {
          p_key: params.key,
          p_enabled: corps.enabled,
          p_depots: corps.depots ?? null,
          p_users: corps.users ?? null,
        }),
        ligne(FLAGS, params.key, "cette option", "key"),
      ),
  }),
];

import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import type { Transaction } from "../_shared/database.ts";
import { page } from "../_shared/liste.ts";
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

const flags = (tx: Transaction, key: string | null) =>
  tx<{ ligne: unknown }[]>`
    select to_jsonb(f) as ligne from public.feature_flags f
     where ${key}::text is null or f.key = ${key} order by f.key`;

export const actes = [
  acte({
    methode: "GET",
    chemin: "/",
    resume: "List the feature flags",
    query: z.strictObject({}),
    reponse: page(Flag),
    statut: 200,
    executer: async (tx) => ({ data: (await flags(tx, null)).map(({ ligne }) => ligne), next_cursor: null }),
  }),
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
    executer: async (tx, { params, corps }) => {
      await tx`select public.definir_flag(${params.key}, ${corps.enabled},
        ${corps.depots ?? null}::uuid[], ${corps.users ?? null}::uuid[])`;
      return (await flags(tx, params.key))[0]!.ligne;
    },
  }),
];

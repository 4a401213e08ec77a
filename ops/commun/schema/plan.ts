// What must be done to a database so that it becomes another: proposed by the Supabase CLI's own engine, for what is ours.
import { type Action, extract, type FactBase, plan, type Policy } from "@supabase/pg-delta";
import pg from "pg";
import { connect } from "../connection.ts";
import { Echec } from "../failure.ts";
import { SCHEMAS } from "./declare.ts";
import { direAttributs, redonnerColonnes } from "./hors_moteur.ts";

/** Of the extensions schema, only what the project put there. */
const GARDE = "interdire_drop_en_prod";

/** Of a database on this machine: nobody else is waiting. */
const CONNEXIONS = 4;

const NOTRES: Policy = {
  id: "monaluxe",
  defaultOwner: "postgres",
  assumedRoles: [
    "anon",
    "authenticated",
    "service_role",
    "postgres",
    "supabase_admin",
    "supabase_auth_admin",
  ],
  assumedSchemas: ["extensions", "auth", "cron"],
  // The platform's own: what of ours is in it is ours.
  assumedPublications: ["supabase_realtime", "supabase_realtime_messages_publication"],
  filter: [
    // What siege:* puts on the base of a network of depots is no part of the schema, and stays.
    {
      match: {
        any: [
          { all: [{ kind: "trigger" }, { idField: { field: "name", glob: ["siege_*", "zz_siege_*"] } }] },
          { all: [{ kind: "acl" }, { idField: { field: "grantee", glob: "siege_*" } }] },
          { all: [{ kind: "publicationRel" }, { idField: { field: "publication", glob: "siege_*" } }] },
          { all: [{ kind: "publication" }, { idField: { field: "name", glob: "siege_*" } }] },
          { all: [{ kind: "publication" }, { idField: { field: "name", glob: "supabase_realtime*" } }] },
        ],
      },
      action: "exclude",
    },
    {
      match: {
        any: [
          { schema: SCHEMAS },
          { all: [{ kind: "schema" }, { name: SCHEMAS }] },
          { target: { schema: SCHEMAS } },
          { target: { kind: "schema", name: SCHEMAS } },
          { all: [{ schema: "extensions" }, { name: GARDE }] },
          { target: { name: GARDE } },
          { all: [{ kind: "eventTrigger" }, { name: GARDE }] },
          { kind: ["publication", "publicationRel", "publicationSchema"] },
          { all: [{ kind: "defaultPrivilege" }, { idField: { field: "role", glob: "postgres" } }] },
        ],
      },
      action: "include",
    },
    { match: { verb: ["add", "remove", "set", "link", "unlink"] }, action: "exclude" },
  ],
};

export interface Instruction {
  sql: string;
  /** Rows or columns go with it. */
  perte: boolean;
  /** PostgreSQL would refuse a drop in public of PROD. */
  suppression: boolean;
}

/** A database's catalogue as the engine reads it. */
async function lireCatalogue(url: string): Promise<FactBase> {
  const pool = new pg.Pool({ connectionString: url, max: CONNEXIONS, connectionTimeoutMillis: 30_000 });
  try {
    return (await extract(pool)).factBase;
  } finally {
    await pool.end();
  }
}

function proposer(avant: FactBase, apres: FactBase): Action[] {
  try {
    return plan(avant, apres, { policy: NOTRES, scope: "database", defaultOwner: "postgres" }).actions;
  } catch (erreur) {
    throw new Echec(
      `Le moteur qui propose les instructions n'a pas su : ${
        (erreur as Error).message
      }. Rien n'a été changé. Écrivez cette migration à la main, ou déclarez autrement ce qu'il nomme.`,
    );
  }
}

/** The statements that bring the first database to the second, in order. Reads both, writes to neither. */
export async function planifier(de: string, vers: string): Promise<Instruction[]> {
  const actions = proposer(...await Promise.all([lireCatalogue(de), lireCatalogue(vers)]));
  const prevues = actions.map(({ sql }) => sql);
  await using base = connect(de);
  await using declaree = connect(vers);
  const ajoutees = [
    ...await direAttributs(base, declaree, prevues),
    ...await redonnerColonnes(declaree, prevues),
  ];
  return [
    ...actions.map(({ sql, dataLoss, verb, destroys }) => ({
      sql,
      perte: dataLoss === "destructive",
      suppression: verb === "drop" || destroys.length > 0,
    })),
    ...ajoutees.map((sql) => ({ sql, perte: false, suppression: false })),
  ];
}

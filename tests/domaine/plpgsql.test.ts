// What `supabase db lint` says of the functions, and of the bodies of triggers, which it does not read.
import assert from "node:assert/strict";
import postgres from "postgres";
import { asSuperuser, declaredProject } from "../support/base.ts";
import { test } from "../support/monde.ts";
import { installPlpgsqlCheck } from "../support/plpgsql_check.ts";

interface Constat {
  fonction: string;
  sur: string | null;
  message: string;
  detail: string | null;
}

/** Said of what another base has, or of a branch that another of the trigger's tables takes. */
const ADMIS = [
  { fonction: "private.a_l_heure", message: 'schema "cron" does not exist', raison: "it has just made it" },
  {
    fonction: "private.appeler_fonction",
    message: 'relation "vault.decrypted_secrets" does not exist',
    raison: "a hosted project's; called by its clock alone",
  },
  { fonction: "private.appeler_fonction", message: 'schema "net" does not exist', raison: "the same" },
  {
    fonction: "private.avec_facteur",
    message: 'relation "auth.mfa_factors" does not exist',
    raison: "it has looked first",
  },
  {
    fonction: "private.facture_client_figer",
    message: 'record "old" has no field "facture_id"',
    raison: "an invoice's row, where it asks for a line's",
  },
  {
    fonction: "private.facture_client_figer",
    message: 'record "old" has no field "statut"',
    raison: "a line's row, where it asks for an invoice's",
  },
  {
    fonction: "private.controler_journal",
    message: 'schema "siege" does not exist',
    raison: "asked on the base of a network of depots only, which has it",
  },
  {
    fonction: "private.empreintes",
    message: 'relation "siege.ecarts_schema" does not exist',
    raison: "asked on the base of a network of depots only, which has it",
  },
];

/** Each function as it is called: a trigger's once a table, with the tables of rows that it is given there. */
const CONSTATS = `
  with fonctions as (
    select p.oid, coalesce(t.tgrelid, 0) as relid, max(t.tgoldtable) as avant, max(t.tgnewtable) as apres
      from pg_proc p
      join pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
      left join pg_trigger t on t.tgfoid = p.oid and not t.tgisinternal
     where p.pronamespace::regnamespace::text in ('public', 'private', 'astm')
       and (p.prorettype = 'trigger'::regtype) = (t.oid is not null)
     group by 1, 2)
  select distinct f.oid::regproc::text as fonction, nullif(f.relid, 0)::regclass::text as sur, c.message, c.detail
    from fonctions f
   cross join lateral public.plpgsql_check_function_tb(f.oid, f.relid, fatal_errors => false, extra_warnings => false,
     oldtable => f.avant, newtable => f.apres) c
   order by 1, 2, 3`;

test(
  "PostgreSQL's linter finds no error and no hidden cast in a function or the body of a trigger",
  async () => {
    await declaredProject("plpgsql", { seed: false });
    const base = postgres(asSuperuser("plpgsql"), { max: 1, onnotice: () => {} });
    try {
      const [la] = await base`select from pg_available_extensions where name = 'plpgsql_check'`;
      if (!la) await installPlpgsqlCheck();
      await base`create extension plpgsql_check with schema public`;
      const [{ lues }] = await base<[{ lues: number }]>`
      select count(*)::int as lues from pg_proc p join pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
       where p.pronamespace::regnamespace::text in ('public', 'private', 'astm')`;
      assert.ok(lues > 100, "there is nothing to read");
      const constats = await base.unsafe<Constat[]>(CONSTATS);
      const admis = (un: Constat) =>
        ADMIS.some(({ fonction, message }) => fonction === un.fonction && message === un.message);
      assert.deepEqual(constats.filter((un) => !admis(un)), []);
    } finally {
      await base.end();
    }
    // Nobody packages it for macOS; the workflow reads the same base on Linux.
  },
  { ignore: Deno.build.os === "darwin" },
);

// Each table of a network has one writer, and what is written of it, by migrations too, is written there.
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  LOCALES,
  REFERENTIELS,
  tablesDeDepot,
  toutesLesTables,
} from "../../ops/exploitation/siege/tables.ts";
import { lireMigrations } from "../../ops/commun/schema/scripts.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { declaredProject } from "../support/base.ts";
import { test } from "../support/monde.ts";
import { ouvrirBase } from "../support/reseau.ts";

test("every table of the schema has one writer in a network, and a key that no other base can make", async () => {
  const base = ouvrirBase(await declaredProject("cles_du_reseau", { seed: false }));
  try {
    const toutes = await toutesLesTables(base);
    const depot = await tablesDeDepot(base);
    assert.deepEqual(
      [...REFERENTIELS, ...LOCALES, ...depot].sort(),
      toutes.sort(),
      "each in one place, none in two",
    );
    // Text, dates and numbers are chosen by people or counted: only an id, or the depot's, is nobody else's.
    const partagees = await base<{ table: string }[]>`
      select n.nspname || '.' || c.relname as table
        from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
       where i.indisprimary and n.nspname || '.' || c.relname = any (${depot})
         and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = any (i.indkey)
                            and a.atttypid = 'uuid'::regtype)`;
    assert.deepEqual(partagees.map(({ table }) => table), ["private.blocs_journal"]);
  } finally {
    await base.end();
  }
});

/** The last that landed before a migration knew of networks. */
const DERNIERE_SANS_RESEAU = "20261128002255";

test("a migration writes no row that the network sends, but where it is written", async () => {
  const base = ouvrirBase(await declaredProject("migrations_du_reseau", { seed: false }));
  const envoyees = new Set([...REFERENTIELS, ...await tablesDeDepot(base).finally(() => base.end())]);
  for (const { version, fichier, instructions } of await lireMigrations(join(ROOT, "supabase/migrations"))) {
    if (version <= DERNIERE_SANS_RESEAU) continue;
    for (const instruction of instructions) {
      const ecrite = instruction.match(
        /^(?:\s*--[^\n]*\n)*\s*(?:insert into|update|delete from|truncate)\s+(?:only\s+)?([\w.]+)/i,
      )?.[1];
      assert.ok(
        !ecrite || !envoyees.has(ecrite),
        `${fichier} écrit ${ecrite} : demandez d'abord private.fermee('${ecrite}') (CONTRIBUTING.md)`,
      );
    }
  }
});

/** The last that landed before one of them filled columns differently in each base. */
const DERNIERE_SANS_VERSIONS = "20261128032906";

test("a migration rewrites no row otherwise in one base than in another: what fills a column does not depend on where or when", async () => {
  const base = ouvrirBase(await declaredProject("colonnes_du_reseau", { seed: false }));
  const envoyees = new Set([...REFERENTIELS, ...await tablesDeDepot(base)]);
  try {
    for (
      const { version, fichier, instructions } of await lireMigrations(join(ROOT, "supabase/migrations"))
    ) {
      if (version <= DERNIERE_SANS_VERSIONS) continue;
      for (const instruction of instructions) {
        const [, table, quoi] = instruction.replaceAll('"', "")
          .match(/^(?:\s*--[^\n]*\n)*\s*alter table\s+(?:only\s+)?([\w.]+)\s+([^]*)/i) ?? [];
        if (!table || !envoyees.has(table)) continue;
        const [, defaut] = quoi!.match(/add column[^]*?\bdefault\s+([^]*)/i) ?? [];
        const appelees = [...(defaut ?? "").matchAll(/([\w.]+)\s*\(/g)].map(([, nom]) =>
          nom!.split(".").at(-1)!
        );
        const [{ changeantes }] = await base<[{ changeantes: string[] | null }]>`
          select array_agg(distinct proname::text) as changeantes from pg_proc
           where proname = any (${appelees}) and provolatile <> 'i'`;
        assert.equal(
          changeantes,
          null,
          `${fichier} : ${table} est remplie par ${changeantes}, autrement dans chaque base`,
        );
        const [, colonne, calcul] =
          quoi!.match(/alter column (\w+) (?:set data )?type [^]*?\busing\s+([^]*)/i) ?? [];
        assert.ok(
          !calcul || new RegExp(`^${colonne}::[\\w ().,\\[\\]]+$`).test(calcul.trim()),
          `${fichier} : ${table}.${colonne} est recalculée par using, ce que la réplication n'envoie pas`,
        );
      }
    }
  } finally {
    await base.end();
  }
});

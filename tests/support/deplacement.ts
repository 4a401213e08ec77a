// siege:deplacer as an operator gives it, and a depot that works meanwhile.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { runWithin } from "./execution.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { lancer } from "../../ops/programme.ts";
import { attendre, unMoment } from "./attente.ts";
import { type Base, sortir } from "./reseau.ts";

/** People between two acts, where nobody hurries them. */
const CALME_MS = 100;

/** A depot at work, calm or in a hurry: what was acknowledged, until it is told no or told to stop. */
export function faireTravailler(base: Base, { calme = false } = {}) {
  const acquittes: string[] = [];
  const refus: string[] = [];
  let fini = false;
  const fin = (async () => {
    while (!fini && !refus.length) {
      await sortir(base).then((id) => acquittes.push(id), (erreur: Error) => refus.push(erreur.message));
      // Hands, not a processor that does nothing else.
      await unMoment(calme ? CALME_MS : 0);
    }
  })();
  return {
    acquittes,
    refus,
    jusqua: (n: number) => attendre(`${n} sorties`, () => acquittes.length >= n || refus.length > 0),
    arreter: async () => {
      fini = true;
      await fin;
    },
  };
}

/** How many of these sorties this base does not have. */
export async function absents(sql: postgres.Sql, ids: string[]): Promise<number> {
  const [{ combien }] = await sql<[{ combien: number }]>`
    select count(*)::int as combien from unnest(${ids}::uuid[]) i (id)
     where not exists (select from public.sorties_produit s where s.id = i.id and s.statut = 'validee')`;
  return combien;
}

export interface Commandes {
  ops(...mots: string[]): Promise<{ code: number; stdout: string; dit: string }>;
  /** Its output; fails where the command does. */
  reussir(...mots: string[]): Promise<string>;
  /** What it said; fails where it is not refused with this code, before anything is done. */
  refuser(refus: string, ...mots: string[]): Promise<string>;
  /** Starts it as a process of its own. */
  demarrer(...mots: string[]): EnCours;
}

export interface EnCours {
  /** Until it waits for what this session holds; fails where it ended instead. */
  attend(base: postgres.Sql, tenue: postgres.ReservedSql): Promise<void>;
  tuer(): Promise<void>;
}

/** The operators' commands, with these settings. */
export function commandesAvec(reglages: Record<string, string>): Commandes {
  const ops = async (...mots: string[]) => {
    const fini = await runWithin(reglages, () => lancer(mots));
    return { ...fini, dit: `${fini.stdout}${fini.stderr}` };
  };
  return {
    ops,
    reussir: async (...mots) => {
      const { code, stdout, dit } = await ops(...mots);
      assert.equal(code, 0, dit);
      return stdout;
    },
    refuser: async (refus, ...mots) => {
      const { code, dit } = await ops(...mots);
      assert.match(dit, new RegExp(`\\b${refus}\\b`));
      assert.equal(code, 2, dit);
      return dit;
    },
    demarrer: (...mots) => {
      const processus = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "ops/ops.ts", ...mots],
        cwd: ROOT,
        env: reglages,
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const finie = processus.output();
      let sorti = false;
      finie.then(() => sorti = true);
      return {
        attend: async (base, tenue) => {
          const [{ pid }] = await tenue<[{ pid: number }]>`select pg_backend_pid() as pid`;
          await attendre("the command waits for what this session holds, or has ended", async () => {
            const [{ attend }] = await base<[{ attend: boolean }]>`
              select exists (select from pg_stat_activity a where ${pid} = any (pg_blocking_pids(a.pid))
                               and a.backend_type = 'client backend') as attend`;
            return attend || sorti;
          });
          if (sorti) assert.fail(new TextDecoder().decode((await finie).stderr));
        },
        tuer: async () => {
          processus.kill("SIGKILL");
          await finie;
        },
      };
    },
  };
}

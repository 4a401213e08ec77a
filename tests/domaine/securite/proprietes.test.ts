// P5, on histories that nobody thought of: a step or a recovery code never serves twice, nor for somebody else; wrong
// codes are bounded, and each is in the log.
import assert from "node:assert/strict";
import fc from "fast-check";
import { sql, test } from "../../support/monde.ts";

const HISTOIRES = Number(Deno.env.get("FACTEUR_HISTOIRES") ?? 25);
const ECHECS_MAX = 5;

interface Acte {
  qui: 0 | 1;
  session: number;
  /** Of the phone: steps from the first; null: of none. Of the paper: whose code, which. */
  preuve: { pas: number | null } | { de: 0 | 1; rang: number };
}

const acte: fc.Arbitrary<Acte> = fc.record({
  qui: fc.constantFrom(0 as const, 1 as const),
  session: fc.nat(2),
  preuve: fc.oneof(
    fc.record({ pas: fc.option(fc.integer({ min: -1, max: 1 }), { freq: 3 }) }),
    fc.record({ de: fc.constantFrom(0 as const, 1 as const), rang: fc.nat(3) }),
  ),
});

/** What each of two people has used, and how often they were wrong. */
class Modele {
  readonly dernier = [-2, -2];
  readonly utilises = [new Set<number>(), new Set<number>()];
  readonly echecs = [{ TOTP: 0, SECOURS: 0 }, { TOTP: 0, SECOURS: 0 }];
  readonly bloques = [{ TOTP: false, SECOURS: false }, { TOTP: false, SECOURS: false }];

  private rater(qui: number, moyen: "TOTP" | "SECOURS", code: string): string {
    if (++this.echecs[qui]![moyen] < ECHECS_MAX) return code;
    this.bloques[qui]![moyen] = true;
    return "TOTP_BLOQUE";
  }

  private reussir(qui: number): string {
    this.echecs[qui] = { TOTP: 0, SECOURS: 0 };
    this.bloques[qui] = { TOTP: false, SECOURS: false };
    return "eleve";
  }

  attendu({ qui, preuve }: Acte): string {
    if ("pas" in preuve) {
      if (this.bloques[qui]!.TOTP) return "TOTP_BLOQUE";
      if (preuve.pas === null) return this.rater(qui, "TOTP", "TOTP_REFUSE");
      if (preuve.pas <= this.dernier[qui]!) return "TOTP_REJOUE";
      this.dernier[qui] = preuve.pas;
      return this.reussir(qui);
    }
    if (this.bloques[qui]!.SECOURS) return "TOTP_BLOQUE";
    if (preuve.de !== qui || this.utilises[qui]!.has(preuve.rang)) {
      return this.rater(qui, "SECOURS", "CODE_SECOURS_REFUSE");
    }
    this.utilises[qui]!.add(preuve.rang);
    return this.reussir(qui);
  }
}

const CHIFFRE = "s1.0123456789abcdef.AAAA.AAAA";
const empreinteDe = (user: string, rang: number) => `${user} ${rang}`;

async function admin(): Promise<string> {
  const [{ id }] = await sql<[{ id: string }]>`
    with compte as (insert into auth.users (id, email) values (gen_random_uuid(), gen_random_uuid() || '@test.test')
                    returning id)
    insert into public.profils (user_id, role) select id, 'admin' from compte returning user_id as id`;
  await sql`
    insert into private.facteurs_totp (user_id, secret_chiffre, confirme_le) values (${id}, ${CHIFFRE}, now())`;
  await sql`
    insert into private.codes_secours (user_id, empreinte)
    select ${id}, sha256(convert_to(${id} || ' ' || n, 'UTF8')) from generate_series(0, 3) n`;
  return id;
}

async function juger(user: string, { session, preuve }: Acte, base: number, gens: string[]): Promise<string> {
  const jeton = JSON.stringify({ sub: user, role: "authenticated", session_id: `s${session}` });
  type Lignes = [{ verdict: { code?: string } }];
  const [{ verdict }] = "pas" in preuve
    ? await sql<Lignes>`
        select private.juger_totp(${jeton}, 'essai', ${CHIFFRE}, ${
      preuve.pas === null ? null : base + preuve.pas
    }) as verdict`
    : await sql<Lignes>`
        select private.juger_code_secours(${jeton}, 'essai', encode(
          sha256(convert_to(${empreinteDe(gens[preuve.de]!, preuve.rang)}, 'UTF8')), 'hex')) as verdict`;
  return verdict.code ?? "eleve";
}

test("whatever two admins try, in whatever sessions, each step and each code serves once, and its owner only", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acte, { minLength: 5, maxLength: 25 }), async (actes) => {
      const gens = [await admin(), await admin()];
      // Two steps on either side are taken: another may begin while this runs.
      const base = Math.floor(Date.now() / 30_000);
      const modele = new Modele();
      const echecs = [0, 0];
      for (const un of actes) {
        const bloque = modele.bloques[un.qui]!["pas" in un.preuve ? "TOTP" : "SECOURS"];
        const attendu = modele.attendu(un);
        assert.equal(await juger(gens[un.qui]!, un, base, gens), attendu, JSON.stringify(un));
        if (attendu !== "eleve" && !bloque) echecs[un.qui]!++;
      }
      for (const qui of [0, 1]) {
        const [{ refus }] = await sql<[{ refus: number }]>`
          select count(*)::int as refus from public.log_actions
           where cible_id = ${gens[qui]!} and action = 'TOTP_REFUSE'`;
        assert.equal(refus, echecs[qui], "each wrong code is in the log, and none that was not looked at");
      }
    }),
    { numRuns: HISTOIRES },
  );
});

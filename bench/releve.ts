// A third party's statement over a long account: one month of it, and the whole.
import { nouvelleBase } from "./depot.ts";
import { type Banc, type Chapitre, commePersonne, dureeMediane, entier, fois, ms, ouvrir } from "./mesure.ts";

const TAILLES = [1_000, 100_000];
const TOURS = 7;

/** An account of so many entries over ten years, written as the rules leave it. */
async function ecrireCompte(superuserUrl: string, ecritures: number): Promise<string> {
  const sql = ouvrir(superuserUrl);
  const [{ id }] = await sql<[{ id: string }]>`select id from public.fournisseurs limit 1`;
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into public.ecritures_tiers (tiers_type, fournisseur_id, devise, date_valeur, type, debit, credit, libelle,
                                          source_type, source_id, created_at)
      select 'FOURNISSEUR', ${id}, 'USD', date '2016-01-01' + (n::bigint * 3600 / ${ecritures}::int)::int,
             case n % 2 when 0 then 'FACTURE' else 'PAIEMENT' end, (n % 2) * 99.5, ((n + 1) % 2) * 100.25, 'Banc', 'banc',
             gen_random_uuid(), now() - interval '1 day'
        from generate_series(1, ${ecritures}::int) n`;
  });
  await sql`vacuum analyze public.ecritures_tiers`;
  await sql.end();
  return id;
}

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const tailles = banc.arguments.length ? banc.arguments.map(Number) : TAILLES;
  const lignes: string[][] = [];
  let premier: number | undefined;
  for (const ecritures of tailles) {
    const base = await nouvelleBase(banc, `releve_${ecritures}`);
    const tiers = await ecrireCompte(base.superuserUrl, ecritures);
    const sql = ouvrir(base.url);
    const lire = (du: string | null, au: string | null) =>
      commePersonne(
        sql,
        base.gens.admin,
        (tx) =>
          tx<
            { solde: string }[]
          >`select solde from public.releve_tiers('FOURNISSEUR', ${tiers}, 'USD', ${du}, ${au})`,
      );
    const dernier = (await lire(null, null)).at(-1)!.solde;
    const [compte] = await sql<{ solde: string }[]>`
      select solde from public.v_soldes_tiers where fournisseur_id = ${tiers} and devise = 'USD'`;
    if (Number(dernier) !== Number(compte!.solde)) {
      throw new Error(`relevé ${dernier}, compte ${compte!.solde} : le banc ne mesure rien de juste`);
    }
    const mois = await dureeMediane(TOURS, () => lire("2025-09-01", "2025-09-30"));
    const tout = await dureeMediane(TOURS, () => lire(null, null));
    await sql.end();
    premier ??= mois;
    lignes.push([entier(ecritures), ms(mois), fois(mois / premier), ms(tout), ms(tout / ecritures * 1000)]);
  }
  return [{
    titre: "A supplier's statement",
    sens: "`releve_tiers` read to its last row, median of " + TOURS +
      ": one month at the end of ten years, and the whole account. Its last balance was checked against the account's.",
    entetes: ["entries", "a month, ms", "against the first", "all of it, ms", "µs an entry"],
    lignes,
  }];
}

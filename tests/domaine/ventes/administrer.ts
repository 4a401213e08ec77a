// A database as its admin, who has a client and opens depots, in transactions.
import postgres from "postgres";

/** As the superuser of a database that has the schema and nobody yet. */
export async function administrer(url: string) {
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  const [{ admin, client }] = await sql<[{ admin: string; client: string }]>`
    with u as (insert into auth.users (id, email) values (gen_random_uuid(), 'cas@test.monaluxe.test') returning id),
    k as (insert into public.clients (nom) values ('Client') returning id)
    select (select id from u) as admin, (select id from k) as client`;
  await sql`insert into public.profils (user_id, role) values (${admin}, 'admin')`;
  const agir = <T>(travail: (tx: postgres.TransactionSql) => Promise<T>) =>
    sql.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
      return await travail(tx);
    }) as Promise<T>;
  const depot = async (code: string, fuseau: string) => {
    const [{ id }] = await sql<[{ id: string }]>`
      insert into public.depots (nom, code, fuseau) values (${code}, ${code}, ${fuseau}) returning id`;
    return id;
  };
  return { sql, agir, depot, client };
}

import type { Sql } from "../commun/connection.ts";
import { isClosed } from "../commun/database.ts";
import { DEPOT } from "../commun/referentiels.ts";

export const ROLES = ["admin", "directeur", "gerant", "operateur", "pca", "lecture"] as const;
export type Role = (typeof ROLES)[number];

export const demoEmail = (role: Role) => `${role}@demo.monaluxe.test`;

/** Makes an account, without a profile: undefined where the address has one. Without a password nobody signs in yet. */
export async function createAccount(
  sql: Sql,
  email: string,
  password: string | null,
  /** Of bcrypt, as a power of two. */
  cost = 8,
): Promise<{ id: string; created_at: Date } | undefined> {
  return await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`auth.users:${email}`}, 0))`;
    const [user] = await tx<{ id: string; created_at: Date }[]>`
      insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at,
                              raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
      select gen_random_uuid(), 'authenticated', 'authenticated', ${email},
             coalesce(extensions.crypt(${password}, extensions.gen_salt('bf', ${cost}::int)), ''), now(),
             '{"provider":"email","providers":["email"]}', '{}', now(), now()
       where not exists (select from auth.users where email = ${email})
      returning id, created_at`;
    if (!user) return undefined;
    await tx`
      insert into auth.identities (id, user_id, provider, provider_id, identity_data, created_at, updated_at)
      values (gen_random_uuid(), ${user.id}, 'email', ${user.id},
              jsonb_build_object('sub', ${user.id}::uuid, 'email', ${email}::text, 'email_verified', true), now(), now())`;
    return user;
  });
}

/** Makes an account that can sign in by password, and its profile; an existing one only gets its password back. */
export async function createUser(
  sql: Sql,
  user: {
    email: string;
    password: string;
    role: Role;
    depotId: string | null;
    nom: string;
    cost?: number;
  },
): Promise<void> {
  if (!await createAccount(sql, user.email, user.password, user.cost)) {
    await sql`
      update auth.users set encrypted_password = extensions.crypt(${user.password}, extensions.gen_salt('bf', 8))
       where email = ${user.email} and encrypted_password <> extensions.crypt(${user.password}, encrypted_password)`;
  }
  await sql`
    insert into public.profils (user_id, nom_complet, role, depot_id, email)
    select u.id, ${user.nom}, ${user.role}, (select d.id from public.depots d where d.id = ${user.depotId}), u.email
      from auth.users u where u.email = ${user.email}
       and not exists (select from public.profils p where p.user_id = u.id)
    on conflict (user_id) do nothing`;
}

/**
 * Only this stack makes them, for itself: the people its alerts may be told to, and clients who may be sent their
 * invoices (see private.prevenus). One account a role, all on the depot of the prod-like seed, or on the first of a
 * base that came from elsewhere.
 */
export async function createDemoUsers(sql: Sql, password: string): Promise<void> {
  // In a network of depots people come from head office, and nobody writes them here.
  if (await isClosed(sql, "public.profils")) return;
  // In one that a person has emptied, whoever works in a depot waits for it: an admin opens it.
  const placed = await sql<{ role: Role; depotId: string | null }[]>`
    select r.role, d.id as "depotId"
      from unnest(${[...ROLES]}::text[]) with ordinality r (role, n)
      left join lateral (select id from public.depots order by id <> ${DEPOT}, created_at, id limit 1) d on true
     where not private.depot_manque(r.role, d.id) order by r.n`;
  for (const { role, depotId } of placed) {
    await createUser(sql, { email: demoEmail(role), password, role, depotId, nom: `Démo ${role}` });
  }
  await sql`
    insert into public.app_settings (key, value)
    select cle, s.value from public.app_settings s cross join unnest('{profils_prevenus,clients_prevenus}'::text[]) cle
     where s.key = 'env' and s.value = 'local'
       -- Beside others, they may be in a copy of PROD.
       and not exists (select from public.profils p where p.email not like '%@demo.monaluxe.test')
    on conflict (key) do nothing`;
}

import type { Sql } from "./database.ts";

export const ROLES = ["admin", "directeur", "gerant", "operateur", "pca", "lecture"] as const;
export type Role = (typeof ROLES)[number];

export const demoEmail = (role: Role) => `${role}@demo.monaluxe.test`;

const DEPOT_DAIPN = "11111111-1111-1111-1111-111111111111";

/** Makes an account that can sign in by password, and its profile; an existing one only gets its password back. */
export async function createUser(
  sql: Sql,
  user: { email: string; password: string; role: Role; depotId: string | null; nom: string },
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`
      insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at,
                              raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
      select gen_random_uuid(), 'authenticated', 'authenticated', ${user.email},
             extensions.crypt(${user.password}, extensions.gen_salt('bf', 8)), now(),
             '{"provider":"email","providers":["email"]}', '{}', now(), now()
       where not exists (select from auth.users where email = ${user.email})`;
    await tx`
      update auth.users set encrypted_password = extensions.crypt(${user.password}, extensions.gen_salt('bf', 8))
       where email = ${user.email} and encrypted_password <> extensions.crypt(${user.password}, encrypted_password)`;
    await tx`
      insert into auth.identities (id, user_id, provider, provider_id, identity_data, created_at, updated_at)
      select gen_random_uuid(), u.id, 'email', u.id::text,
             jsonb_build_object('sub', u.id, 'email', u.email, 'email_verified', true), now(), now()
        from auth.users u
       where u.email = ${user.email} and not exists (select from auth.identities i where i.user_id = u.id)`;
    await tx`
      insert into public.profils (user_id, nom_complet, role, depot_id, email)
      select u.id, ${user.nom}, ${user.role}, (select d.id from public.depots d where d.id = ${user.depotId}), u.email
        from auth.users u where u.email = ${user.email}
      on conflict (user_id) do nothing`;
  });
}

/** One account a role, all on the first depot of the prod-like seed. */
export async function createDemoUsers(sql: Sql, password: string): Promise<void> {
  for (const role of ROLES) {
    await createUser(sql, {
      email: demoEmail(role),
      password,
      role,
      depotId: DEPOT_DAIPN,
      nom: `Démo ${role}`,
    });
  }
}

// People of a test, made without the commands that would do it: hundreds of them, whose passwords guard nothing.
import type postgres from "postgres";
import type { Role } from "../../ops/pile/demo_users.ts";

export const PASSWORD = "un mot de passe de test";
/** Of that password, as cheap to try as bcrypt knows. */
const ENCRYPTED = "$2a$04$9shU4ccB.zgjqNNdUZlrken2peiGilq1vHmG5tuatlYHhDqRhR6.q";

export interface Compte {
  email: string;
  role: Role;
  depotId: string;
  nom: string;
}
export interface Fait {
  email: string;
  id: string;
  /** A session of theirs that is open. */
  session: string;
}

/** Accounts that can sign in by PASSWORD, each with its profile and an open session, all in two statements. */
export async function faireComptes(sql: postgres.Sql, comptes: Compte[]): Promise<Fait[]> {
  const faits = await sql<Fait[]>`
    with u as (
      insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at,
                              raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
      select gen_random_uuid(), 'authenticated', 'authenticated', email, ${ENCRYPTED}, now(),
             '{"provider":"email","providers":["email"]}', '{}', now(), now()
        from unnest(${comptes.map(({ email }) => email)}::text[]) email
      returning id, email),
    i as (
      insert into auth.identities (id, user_id, provider, provider_id, identity_data, created_at, updated_at)
      select gen_random_uuid(), id, 'email', id,
             jsonb_build_object('sub', id, 'email', email, 'email_verified', true), now(), now() from u),
    s as (
      insert into auth.sessions (id, user_id, aal, created_at, updated_at)
      select gen_random_uuid(), id, 'aal1', now(), now() from u returning id, user_id)
    select u.email, u.id, s.id as session from u join s on s.user_id = u.id`;
  const ids = new Map(faits.map(({ email, id }) => [email, id]));
  await sql`
    insert into public.profils ${
    sql(comptes.map(({ email, role, depotId, nom }) => ({
      user_id: ids.get(email)!,
      nom_complet: nom,
      role,
      depot_id: depotId,
      email,
    })))
  }`;
  return faits;
}

-- Who may do what: one list, its rows in donnees/015_capacites.sql. The gates (private.exiger), the policies
-- (private.peut, private.depots_ou), the access matrix that the tests try and the page that people read are all made
-- from these rows; no other SQL names a role.

create table private.capacites (
  capacite text primary key check (capacite ~ '^[a-z]+(_[a-z]+)*$'),
  roles text[] not null check (roles <> '{}'),
  second_facteur boolean not null default false,
  dit text not null check (btrim(dit) <> ''),
  habilitations text[] not null default '{}' check (habilitations <@ '{finance,caisse}'::text[])
);
comment on table private.capacites is 'What may be done, and the roles that may do it.';
comment on column private.capacites.capacite is 'Name by which the rules ask.';
comment on column private.capacites.roles is 'Roles of profils.role that have it.';
comment on column private.capacites.second_facteur is
  'Under the flag mfa_admin, also asks for a session raised to aal2.';
comment on column private.capacites.habilitations is
  'Entries of profils.habilitations that give it too, whatever the role, inside the depots that the role sees.';
comment on column private.capacites.dit is 'In French, for the page of who may do what.';

create function private.role_peut(p_role text, p_capacite text) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_roles text[];
begin
  select c.roles into strict v_roles from private.capacites c where c.capacite = p_capacite;
  return coalesce(p_role = any (v_roles), false);
end;
$$;
comment on function private.role_peut(text, text) is
  'Whether a role has a capability; false for no role. A capability that is not in the list is a bug and raises P0002.';

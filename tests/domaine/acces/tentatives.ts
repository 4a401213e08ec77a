// What is tried with a stolen anonymous key: one entry a request, by family.
import { base64url, SignJWT } from "jose";
import { FONCTIONS, RELATIONS } from "./matrice.ts";

export interface Tentative {
  famille: string;
  methode?: string;
  adresse: string;
  entetes?: Record<string, string>;
  corps?: unknown;
}

/** Stands for every id: found in the database afterwards, something was written. */
export const INCONNU = "bad00000-0000-4000-8000-000000000bad";
const SCHEMAS = [
  "private",
  "astm",
  "auth",
  "extensions",
  "supabase_migrations",
  "pg_catalog",
  "information_schema",
]
  .concat(["storage", "vault", "graphql_public", "tests", "public, private", "*"]);
const DU_SERVEUR = [
  "pg_sleep",
  "set_config",
  "current_setting",
  "pg_read_file",
  "pg_ls_dir",
  "lo_import",
  "dblink",
]
  .concat(["query_to_xml", "database_to_xml", "pg_terminate_backend", "crypt", "version", "txid_current"]);

function rest(): Tentative[] {
  return Object.entries(RELATIONS).flatMap(([nom, { ou }]): Tentative[] => {
    const adresse = `/rest/v1/${nom}`;
    const colonne = Object.keys(ou)[0] ?? "id";
    const ligne = { [colonne]: INCONNU };
    const lire = { famille: "rest : lire", adresse: `${adresse}?select=*` };
    return [
      lire,
      { ...lire, famille: "rest : compter", methode: "HEAD", entetes: { prefer: "count=exact" } },
      { ...lire, famille: "rest : compter", entetes: { prefer: "count=planned", range: "0-0" } },
      { ...lire, famille: "rest : compter", entetes: { prefer: "count=estimated", range: "0-0" } },
      { ...lire, famille: "rest : compter", adresse: `${adresse}?select=count()` },
      { ...lire, famille: "rest : autre forme", entetes: { accept: "text/csv" } },
      { ...lire, famille: "rest : autre forme", entetes: { accept: "application/vnd.pgrst.plan+json" } },
      { ...lire, famille: "rest : autre forme", entetes: { accept: "application/vnd.pgrst.object+json" } },
      { famille: "rest : écrire", methode: "POST", adresse, corps: ligne },
      {
        famille: "rest : écrire",
        methode: "POST",
        adresse: `${adresse}?on_conflict=${colonne}`,
        entetes: { prefer: "resolution=merge-duplicates,return=representation" },
        corps: [ligne],
      },
      {
        famille: "rest : écrire",
        methode: "PUT",
        adresse: `${adresse}?${colonne}=eq.${INCONNU}`,
        corps: ligne,
      },
      {
        famille: "rest : écrire",
        methode: "PATCH",
        adresse: `${adresse}?${colonne}=not.is.null`,
        entetes: { prefer: "return=representation" },
        corps: ligne,
      },
      { famille: "rest : écrire", methode: "DELETE", adresse: `${adresse}?${colonne}=not.is.null` },
    ];
  });
}

function fonctions(): Tentative[] {
  const uuid = (valeur: unknown) => typeof valeur === "string" && valeur.startsWith("@") ? INCONNU : valeur;
  const appeler = (nom: string, args: Record<string, unknown>): Tentative[] => [
    { famille: "rest : fonctions", methode: "POST", adresse: `/rest/v1/rpc/${nom}`, corps: args },
    {
      famille: "rest : fonctions",
      adresse: `/rest/v1/rpc/${nom}?${new URLSearchParams(args as Record<string, string>)}`,
    },
  ];
  return [
    ...Object.entries(FONCTIONS).flatMap(([nom, { arguments: args }]) =>
      appeler(nom, Object.fromEntries(Object.entries(args).map(([cle, valeur]) => [cle, uuid(valeur)])))
    ),
    ...DU_SERVEUR.flatMap((nom) => appeler(nom, {})),
    ...["private.refuser", "private.role", "astm.calculer_15c", "pg_catalog.version", "auth.uid"].flatMap((
      nom,
    ) => appeler(nom, {})),
  ];
}

const schemas = (): Tentative[] =>
  SCHEMAS.flatMap((schema) => [
    ...["refus", "idempotence", "profils_calcul", "users", "schema_migrations", "pg_authid", "tables"].map((
      nom,
    ) => ({
      famille: "rest : autres schémas",
      adresse: `/rest/v1/${nom}?select=*`,
      entetes: { "accept-profile": schema },
    })),
    ...["refuser", "role", "depots_visibles", "calculer_15c", "uid"].map((nom) => ({
      famille: "rest : autres schémas",
      methode: "POST",
      adresse: `/rest/v1/rpc/${nom}`,
      entetes: { "content-profile": schema, "accept-profile": schema },
      corps: {},
    })),
  ]);

const detours = (): Tentative[] =>
  [
    "depots?select=*,citernes(*,stocks_snapshot(*))",
    "citernes?select=nom,depots!inner(nom)",
    "profils?select=*,users(*)",
    "receptions?select=count(),volume_ambiant.sum()",
    "depots?select=nom::text,cout:id",
    "depots?or=(id.is.null,id.not.is.null)",
    "depots?select=*&order=nom.desc;select pg_sleep(1)",
    "depots?id=in.(select id from public.depots)",
    "depots?nom=eq.x' or '1'='1",
    "depots%20union%20select%20*%20from%20auth.users?select=*",
    "public.depots?select=*",
    "private.refus?select=*",
    "auth.users?select=*",
    '"private"."refus"?select=*',
    "pg_authid?select=*",
    "pg_stat_activity?select=query",
    "information_schema.tables?select=*",
    "..%2f..%2fauth%2fv1%2fadmin%2fusers",
    "",
  ].map((chemin) => ({ famille: "rest : détours", adresse: `/rest/v1/${chemin}` }));

const jeton = (claims: object, alg = "none") =>
  `${base64url.encode(JSON.stringify({ alg, typ: "JWT" }))}.${base64url.encode(JSON.stringify(claims))}.`;

async function identites(cle: string): Promise<Tentative[]> {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const claims = (role: string) => ({ sub: INCONNU, role, aud: "authenticated", iss: "supabase", exp });
  const signe = (role: string, secret: string) =>
    new SignJWT(claims(role)).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(
      new TextEncoder().encode(secret),
    );
  const [entete, , signature] = cle.split(".");
  const volee = `${entete}.${base64url.encode(JSON.stringify(claims("service_role")))}.${signature}`;
  const jetons = [
    cle,
    volee,
    ...["service_role", "authenticated", "postgres", "supabase_admin"].flatMap((role) => [
      jeton(claims(role)),
      jeton(claims(role), "HS256"),
    ]),
    ...await Promise.all(
      ["secret", cle, "super-secret-jwt-token-with-at-least-32-characters-long"].flatMap((secret) =>
        ["service_role", "authenticated"].map((role) => signe(role, secret))
      ),
    ),
  ];
  const entetes: Record<string, string>[] = [
    ...jetons.map((un) => ({ authorization: `Bearer ${un}` })),
    ...jetons.slice(1).map((un) => ({ apikey: un, authorization: `Bearer ${un}` })),
    ...["role", "x-role", "x-supabase-role", "x-hasura-role", "x-postgres-role", "db-role"].map((nom) => ({
      [nom]: "service_role",
    })),
    ...["x-user-id", "x-forwarded-user", "x-supabase-user", "sub"].map((nom) => ({ [nom]: INCONNU })),
    {
      "request.jwt.claims": JSON.stringify(claims("service_role")),
      "x-jwt-claims": JSON.stringify(claims("admin")),
    },
    { "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1", forwarded: "for=127.0.0.1" },
    { "x-original-url": "/auth/v1/admin/users", "x-rewrite-url": "/auth/v1/admin/users" },
    { "x-http-method-override": "DELETE" },
    { prefer: "tx=commit, handling=lenient, timezone=UTC" },
    { cookie: `sb-access-token=${jetons[2]}` },
  ];
  return entetes.flatMap((forges) =>
    ["/rest/v1/depots?select=*", "/functions/v1/stocks/actuel", "/functions/v1/flags", "/auth/v1/user"]
      .concat(
        "/auth/v1/admin/users",
      ).map((adresse) => ({ famille: "identités forgées", adresse, entetes: forges }))
  );
}

function comptes(email: string): Tentative[] {
  const poster = (chemin: string, corps: object): Tentative => ({
    famille: "comptes",
    methode: "POST",
    adresse: `/auth/v1/${chemin}`,
    corps,
  });
  const password = "un mot de passe de voleur";
  return [
    poster("signup", { email, password }),
    poster("signup", { email, password, data: { role: "admin" }, app_metadata: { role: "admin" } }),
    poster("signup", { phone: "+243000000000", password }),
    poster("signup", {}),
    poster("signup", { data: {} }),
    poster("otp", { email, create_user: true }),
    poster("otp", { phone: "+243000000000", create_user: true }),
    poster("magiclink", { email }),
    poster("recover", { email }),
    poster("resend", { type: "signup", email }),
    poster("verify", { type: "signup", email, token: "000000" }),
    poster("verify", { type: "magiclink", token_hash: "0".repeat(56) }),
    poster("token?grant_type=password", { email, password }),
    poster("token?grant_type=refresh_token", { refresh_token: "aaaaaaaaaaaa" }),
    poster("token?grant_type=id_token", { provider: "google", id_token: jeton({ sub: INCONNU, email }) }),
    poster("token?grant_type=pkce", { auth_code: INCONNU, code_verifier: "x".repeat(43) }),
    poster("invite", { email }),
    poster("admin/users", { email, password, email_confirm: true }),
    poster("admin/generate_link", { type: "magiclink", email }),
    poster("sso", { domain: "monaluxe.app" }),
    poster("factors", { factor_type: "totp" }),
    poster("logout?scope=global", {}),
    ...["admin/users", `admin/users/${INCONNU}`, "admin/audit", "user", "callback?code=x", "factors"].concat([
      "authorize?provider=google&redirect_to=https://voleur.test",
      "reauthenticate",
    ]).map((chemin) => ({ famille: "comptes", adresse: `/auth/v1/${chemin}` })),
    { famille: "comptes", methode: "PUT", adresse: "/auth/v1/user", corps: { email, password } },
    { famille: "comptes", methode: "DELETE", adresse: `/auth/v1/admin/users/${INCONNU}` },
    {
      famille: "comptes",
      methode: "PUT",
      adresse: `/auth/v1/admin/users/${INCONNU}`,
      corps: { role: "service_role" },
    },
  ];
}

const ailleurs = (): Tentative[] =>
  [
    "/",
    "/storage/v1/bucket",
    "/storage/v1/object/list/public",
    "/graphql/v1",
    "/realtime/v1/api/tenants",
    "/pg/tables",
  ]
    .concat([
      "/pg-meta/default/query",
      "/_system",
      "/_system/config",
      "/studio",
      "/project/default",
      "/metrics",
    ])
    .concat([
      "/.env",
      "/rest/v1/../../.env",
      "/rest/v1/%2e%2e/_system",
      "/functions/v1/",
      "/functions/v1/_shared",
    ])
    .concat(["/functions/v1/..%2f..%2f.env", "/functions/v1/ops/..%2findex.ts", "/functions/v1/ops/env"])
    .concat([
      "/functions/v1/ops/metrics",
      "/functions/v1/ops/debug",
      "/auth/v1/../_system",
      "//rest//v1//depots",
    ])
    .flatMap((adresse) => [
      { famille: "autres services", adresse },
      { famille: "autres services", methode: "POST", adresse, corps: { query: "{ depots { nom } }" } },
    ]);

export type Description = { paths: Record<string, Record<string, { security?: unknown[] }>> };

function portes({ paths }: Description, cle: string): Tentative[] {
  return Object.entries(paths).flatMap(([chemin, methodes]) =>
    Object.entries(methodes).filter(([, { security }]) => security?.length !== 0).flatMap(([methode]) => {
      const demande = {
        famille: "portes",
        methode: methode.toUpperCase(),
        adresse: `/functions/v1${chemin.replace(/\{\w+\}/g, INCONNU)}`,
        ...(methode !== "get" && { corps: {} }),
      };
      const entetes: Record<string, string>[] = [
        { authorization: "" },
        { authorization: `Bearer ${cle}` },
        { authorization: `Bearer ${jeton({ sub: INCONNU, role: "authenticated" })}` },
        { authorization: "Basic cG9zdGdyZXM6cG9zdGdyZXM=", "idempotency-key": "1" },
      ];
      return entetes.map((forges) => ({ ...demande, entetes: forges }));
    })
  );
}

/** All of it; `email` is the address it tries to make an account with. */
export const tentatives = async (
  description: Description,
  cle: string,
  email: string,
): Promise<Tentative[]> => [
  ...rest(),
  ...fonctions(),
  ...schemas(),
  ...detours(),
  ...await identites(cle),
  ...comptes(email),
  ...ailleurs(),
  ...portes(description, cle),
];

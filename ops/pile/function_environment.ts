// What each function is given of the stack's environment: a secret goes to those that read it, and to no other.
// (A hosted project gives all of its secrets to all of its functions.)

/** Variables that only some functions read, and which ones. What is not here goes to all of them. */
const RESERVED: [name: RegExp, functions: string[]][] = [
  [/^SUPABASE_SERVICE_ROLE_KEY/, ["envois", "paiements", "profils"]],
  [/^AUTH_ADMIN_KEY/, ["profils"]],
  // ops/pret-production tries whether they serve.
  [/^(SMTP_|COURRIEL)/, ["envois", "ops"]],
  [/^(COURRIER_|WEBHOOK_SECRET)/, ["envois"]],
  [/^STRIPE_/, ["ops", "paiements"]],
  [/^DOCUMENTS_S3_/, ["documents", "envois"]],
  [/^CLE_SECRETS/, ["securite"]],
  [/^METRICS_TOKEN/, ["ops"]],
  [/^SYNCHRONISATION_/, ["synchronisation"]],
  [/^PILE_LOCALE$/, ["pages"]],
];

/** What functions lean on beyond the database, by what its name begins with: taken as it is from whoever starts the stack. */
export const LEANED_ON = [
  ...["SMTP_", "COURRIEL", "WEBHOOK_SECRET", "METRICS_TOKEN", "SENTRY_", "STRIPE_", "PAIEMENTS_"],
  ...["CLAMD_", "DOCUMENTS_S3_", "SYNCHRONISATION_"],
];

export const environmentOf = (name: string, all: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(all).filter(([variable]) =>
      RESERVED.every(([reserved, functions]) => !reserved.test(variable) || functions.includes(name))
    ),
  );

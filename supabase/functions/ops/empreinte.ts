// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "6714557e184665d643680bd41457a4429dadc36de4ea917d93bbcaa2eab33a76";

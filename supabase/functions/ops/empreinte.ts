// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "a414ddf52bc6cb7bc52fba8f41ce5cbd42a3bf6091aa8d3e906a737fc1e751a1";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "79d75c68ba691a82bd71448d644c1b677d848da6e2e6957d9cf1e46721cad78a";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "671d939c50efe7f9053681b18ef89bfbe267751532611b059c29a392fdee4ac6";

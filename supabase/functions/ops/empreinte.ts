// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "391525d1d75ff4a9e92c27f48f7c8c8878051686dfda1b1eea952812c3b4f40c";

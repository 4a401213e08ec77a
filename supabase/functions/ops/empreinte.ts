// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "e20c42c7ede687a8d4ccd651350f04779ab25b1f2e5ea60def2aa37a30e79912";

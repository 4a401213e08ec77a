// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "75cd55624a452a6b56556a306312a27db618fe2a82b23829dcd55fac3b9bdd34";

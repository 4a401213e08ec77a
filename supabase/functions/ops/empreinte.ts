// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "475e8296f1f458b83c599e2aa5d7920382cfb4f1453cd4cbea781fae6b7355a4";

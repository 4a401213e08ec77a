// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "3bd2ce748ec76d6ade39ea738f249aad9e366a758dfd7df77de70e7acbab8aa7";

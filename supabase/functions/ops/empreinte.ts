// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "39b2a58d7327e2837f15b290e56d8dfe0bb8ed806c321c6d3b8fb86a1e9b3619";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "4d5e0e421c5f9675cc490d7c1e4c39d9bf45d8db9b6e648fbd6e43906959a746";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "1eb8e3d3079eb665169c6535e015c9936d0698a4eb4b6ac0e9f79edfb4e755dd";

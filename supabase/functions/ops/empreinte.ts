// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "1f4f0b4ae6d34c146eb5fdbb70eb69d4c16ddc69e7b32d1120ed85a541e9da5a";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "9ee2188d89932f71ae0dde03170868082bd627eb224101f392d21ded85db70f3";

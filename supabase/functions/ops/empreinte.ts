// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "02d3c76cafe8489f9576fd17bb130b16e2bda26bcfe3ae677bf830870955de25";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "72fa6714f442ded85cace2113493aae0f1d05bcd6f0287317259096c1d5ba243";

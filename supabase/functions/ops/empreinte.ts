// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "a66c99d53b015d55a81de2673de7e5eaf1b851ca1c141bf284aaecf828f2182c";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "90e32b1ab93908017f40ac4b918257de3b0b67dc8e1d87edab0701bde30e09fc";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "596850c5fe16f43005c05b6a852ec90f79a8c88c93e1a4826ea11c065486bacf";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "38595a01dcf4dcba0ad6a4295699c8f2f05de5a0cd9b9b1713c9177e38ec5efc";

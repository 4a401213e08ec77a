// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "fe76acf66e128d211487004434eedf6c278703589cfa9f2c681bcea81f44f1a1";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "bf9062ae85cb58f5d60eb970f418f6c61049687cb6b5d802192eb812b67811ce";

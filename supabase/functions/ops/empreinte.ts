// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "e6b30333d47635d587fb627943eec78b57ac698e81e014f6cab42d18f6984293";

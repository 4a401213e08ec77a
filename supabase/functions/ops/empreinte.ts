// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "abeed9fd0938ea74e934bc34aade6b59a5ed7544e0a895de452ca87be91f7567";

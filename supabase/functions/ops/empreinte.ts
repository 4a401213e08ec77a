// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "f046745bf88ff4e34932cb8ec6af8d99ce19a990b3cac4c788a90d789a18445c";

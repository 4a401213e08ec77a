// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "02e834d622e6622dc9396483a73310dbd2a4ce9b0f2926388ff87a4245c55b5c";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "f0d675d0415d1f0820614ca29b0d92c219e0a91fef59a78b5f9b9eb4e9e45406";

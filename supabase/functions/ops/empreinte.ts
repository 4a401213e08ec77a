// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "69f09026eab052941994b15fb13d9709e0d9e319da7ce50ee3cc2f6729bd606b";

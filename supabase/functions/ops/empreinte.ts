// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "1a038f669077db3a9a8516a63566a6246be7f03925b86d33917a26149f5cc35b";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "974793040e1e306a17bac391e914107910dc34c826c4a92966971d581c064e7b";

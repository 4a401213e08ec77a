// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "6566a8ffb9e84600d6b3e093ebf7ca319e3f572fb15b0be5d4da190f986eea8e";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "7a31144aa33c98bbb665f1a3e8dbefec966a1dc999f3d1c50304360c8e70cb7f";

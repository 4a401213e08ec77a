// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "796a3b554a8c0155a7695046d661c8cc8e8d182937dde4205079c660c03f814e";

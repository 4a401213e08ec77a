// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "6452f1d91ec6f52f14992b0bd6864239c19094f379d8263d91bc143b942f7a37";

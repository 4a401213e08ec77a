// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "277c5d37dd5dafa82cdbf37d50dfb39105fda3b2424174336dd2a93f90c6ba84";

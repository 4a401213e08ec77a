// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "8520ea3dbf2d0304e5b4e97f1c30881f1f5346709a8204ca639a5f1ec87ec4f9";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "bcce91d8ce1b1fb0165d58a958aa50f91f011277f7e877b18d50fe22e6cfb600";

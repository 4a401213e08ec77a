// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "c17899dab17025074f106773f80f5f59d21a73a3b5c96d72a4f6e81b57037346";

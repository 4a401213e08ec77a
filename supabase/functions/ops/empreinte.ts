// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "a1cbb01b8f248f14e93831d7c141af76378cf88687bc423e33370404194702ad";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "caeda49942b68639f485655f45015b6d2f17fcf389456333af52696bb20fd6a1";

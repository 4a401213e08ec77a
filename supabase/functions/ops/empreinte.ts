// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "44d4e4b352f86fbc2136a8c345caf082031ce48121fe1e1e67e408a0f58a2c02";

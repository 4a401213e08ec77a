// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "555ae30046edc7a5a31f5dbfec8f66d3490b0ea7489884b4c8d97d9a024dae00";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "974d7c977f0d953ca061f993c53097491dc8a745d31d1edaae0231b1c97d2167";

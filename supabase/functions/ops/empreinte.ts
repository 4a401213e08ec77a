// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "3165a6af1bfa7a7c38ee8303c50338370230a13175182067af46daee1a40d9b1";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "bd35cd1edd10dfc9c87314c47bac3302910cf9aad1b0bd2e94b064d19a82f859";

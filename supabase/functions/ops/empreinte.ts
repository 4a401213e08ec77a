// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "eeb5fc42edf679ccfe67f4c9c421681e8a855abe6d6a65ce77efbd8a6aaeeec0";

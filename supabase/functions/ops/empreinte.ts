// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "59f16cae12346ebd1f2f000a2a07906240fc143016e7a174a3ea60956e5af996";

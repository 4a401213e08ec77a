// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "0412eba8a6d7f91c93ca383c38c51419c18ce175bc94aa9034e20bfc2e88924b";

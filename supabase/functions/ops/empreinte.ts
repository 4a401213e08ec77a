// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "baa22db40e346cdf7238aedb8a11863463b5f22ab3d28c226008b0f43f08c0da";

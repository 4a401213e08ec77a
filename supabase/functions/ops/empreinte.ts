// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "907ab8442ec8c93af1b3f67a0d0e82727453ff6de822370819d67102beaabf01";

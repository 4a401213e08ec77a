// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "e74dafcab602f7069941831ac6ac3dd00fe6df8761ee89f6cc8ee751e21256ab";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "be302366c088e40335fe7a9a3e4f0d5e07d32f7ebc9e9c9710cc608ff68cd0c3";

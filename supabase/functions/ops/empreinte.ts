// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "daffc08d650d29faa016bbc87fcbdc220767d42fb058816c6b65c49ff0b6053e";

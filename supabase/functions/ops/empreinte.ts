// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "c5b6b24f8a43a2f644dafc19ca5126c2c123c80bc1a697fe9506efafc72790c1";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "b12f6c2c0137a3446209b8efb79c9e12116a6955d93f792a825ae5f03b7e9802";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "f7108a92e276e0d4e760a0492d456864e0cb15a72dd35aa6f11a31a0c0acc2c3";

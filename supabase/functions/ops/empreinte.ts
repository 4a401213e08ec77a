// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "74b0d7b60d0215324e2473a49b2ddf23f9e24ad27d002a53dc97980a26ff25fa";

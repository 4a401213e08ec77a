// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "f5c25bbd9c4567084c8c1e05b5c2dac6eb7d91a5d2141b8be42f53554e02934e";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "a724767a10f8ead245c1e5b2d708443444d39a7a12fc65adfc7432c29cc441d9";

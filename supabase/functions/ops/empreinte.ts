// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "e1539299694bddf4eae3c53fe1fc9d40a87a0aab83e748a5f4142d9d7ef20236";

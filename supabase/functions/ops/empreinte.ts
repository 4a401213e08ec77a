// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "26ba3fc5daa65bf47427ecd08ebe6254a94e9951516789796e117759c1226107";

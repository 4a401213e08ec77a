// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "59fd866adb7cf1622cd54361dc8e8453352a9f8b3610f1d8e92e5b10f4b96950";

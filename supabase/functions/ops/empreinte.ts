// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "ad5f9d2dc787e9b8c8204bf20854b8cb9bf07b8d12e1eb2db1552d35287c4894";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "58c059833d739f5c59050b3520f69a03e21cdb1a66bb6c370668f1316ed3c57b";

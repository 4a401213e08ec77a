// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "75b49937bb033c505eea1ae88949bd8748e99b43d93f95041f748cd65606677f";

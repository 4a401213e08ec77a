// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "be1b7aa6653aa56061f9b0ce62026597686092bf2876453dbfc52e779ebd0289";

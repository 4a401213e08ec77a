// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "dd0a548c7795cd4e77d9ea50b83078ecf070c3f92fb93ed98db375c638e519a0";

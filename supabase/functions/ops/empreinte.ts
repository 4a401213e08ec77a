// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "9e90e4cd00f45616aa6b9687707f2511fc60cc3bf0452c1400accec444c64b54";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "c48b7ba4bdba075c7c30cd5e68e1259fcaa1580b93f4080d3abd08337ecb52c2";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "5b615f305d161ea5b600c8c7b873abb855d68cbffde097e45aa3eae6ce436bd7";

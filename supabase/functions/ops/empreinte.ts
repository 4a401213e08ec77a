// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "bd9d56cb90528eaf8d6394bb67e2bae33c61cf3a40a231e99f03100074fed643";

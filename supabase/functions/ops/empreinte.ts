// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "d34b6c612775d1ff24e54215451423094a0cdfd476a7ea7d5619e739e2ebafcf";

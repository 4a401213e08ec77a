// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "7584a810ab057bc9ef8a1fc86b02b6567f69696d952cecbc613177296fb02c7f";

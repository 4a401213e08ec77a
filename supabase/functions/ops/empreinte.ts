// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "7e2bce857926cf86ce97f7fa6b005e94ff0484b3c69ef6479230ed7923abf52f";

// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "b3bcc9c065a87edab18d8fde53c29d8156563b63bad2244df06783edc3d91769";

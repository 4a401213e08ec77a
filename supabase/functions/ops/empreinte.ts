// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "5ac417420a6ad2cbc7199b0211dbc362b6e5ead0a39b9ff004a6b6446b7fda17";

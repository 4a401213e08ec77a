// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "cf86c80eafc9bcd60642caade4a7d93822ae083fc05aa43278da2507433803cb";

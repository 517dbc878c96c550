/** Body of a 503 that answers a form: its page says how to get back to what was typed. */
export const LOST_FORM_BODY = 'sent';

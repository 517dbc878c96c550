/** Sent with a form by a page that keeps it when the server cannot take it now (ui/form/unanswered). */
export const KEPT_FORM_HEADER = 'X-Kept-Form';

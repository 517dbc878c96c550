/**
 * What a person's cards come to on the seed day. `holder`: a card in force. `leaver`: gone, card taken back. `ended`: still
 * there, card ended or expired. `qualified`: passed the exam, no card yet. `candidate`: new, registered for the demo
 * exam. `auxiliary`: 编外, never a card. `office`: no enforcement post.
 */
export type Category = 'holder' | 'leaver' | 'ended' | 'qualified' | 'candidate' | 'auxiliary' | 'office';

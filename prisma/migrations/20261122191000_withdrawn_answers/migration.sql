-- Answers taken back are few. The invigilators' board counts answered questions without reading what was chosen: all but
-- those whose last event stands in here.
create index answer_payload_withdrawn on answer_payload (answer_event_id) where choice = '';

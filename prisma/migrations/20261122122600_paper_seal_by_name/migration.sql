-- A paper names its seal before the seal's own row is counted and written, in one transaction. A deferred key would say so to
-- PostgreSQL alone: the datamodel knows no deferred keys, and both would drift apart. The seal's counts and hash say the same.
alter table paper drop constraint paper_seal_id_fkey;

comment on column paper.seal_id is 'The exam_seal that drew it ahead of the bell, written in the same transaction; null when it was drawn at the start.';

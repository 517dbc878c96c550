-- The zip of a batch is made of its documents while it is fetched: photos of people are put in only then, and a hall's
-- worth of files is never held at once.
drop table document_batch_file;

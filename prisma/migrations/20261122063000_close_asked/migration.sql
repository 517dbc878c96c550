-- When the liaison was asked to close a class that is over, so that nobody is asked twice.
ALTER TABLE "training_session" ADD COLUMN "close_asked_at" TIMESTAMPTZ(3);

-- Append-only: what happened is never edited. Belt and braces: the app's role has no UPDATE, DELETE or TRUNCATE here either.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'AD001'; END $$;
CREATE FUNCTION refuse_unrecorded_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM erasure WHERE event_id = OLD.event_id) THEN
    RAISE EXCEPTION 'record the erasure first' USING ERRCODE = 'AD001';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER read_event_append_only BEFORE UPDATE OR DELETE ON read_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER read_event_no_truncate BEFORE TRUNCATE ON read_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE ON seal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_no_truncate BEFORE TRUNCATE ON seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erasure_append_only BEFORE UPDATE OR DELETE ON erasure FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erasure_no_truncate BEFORE TRUNCATE ON erasure FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_content_no_update BEFORE UPDATE ON audit_content FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_content_delete_recorded BEFORE DELETE ON audit_content FOR EACH ROW EXECUTE FUNCTION refuse_unrecorded_erasure();
CREATE TRIGGER audit_content_no_truncate BEFORE TRUNCATE ON audit_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER scheme_version_append_only BEFORE UPDATE OR DELETE ON scheme_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER scheme_version_no_truncate BEFORE TRUNCATE ON scheme_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_edition_append_only BEFORE UPDATE OR DELETE ON published_edition FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_edition_no_truncate BEFORE TRUNCATE ON published_edition FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- The checkpoints of the logs are found by the database's id: it stays.
CREATE FUNCTION refuse_other_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.database_id <> OLD.database_id OR NEW.created_at <> OLD.created_at OR NEW.epoch < OLD.epoch OR (OLD.is_demo IS NOT NULL AND NEW.is_demo IS DISTINCT FROM OLD.is_demo) THEN
    RAISE EXCEPTION 'the id of a database stays' USING ERRCODE = 'AD001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER database_mark_stays BEFORE UPDATE ON database_mark FOR EACH ROW EXECUTE FUNCTION refuse_other_mark();
CREATE TRIGGER database_mark_no_delete BEFORE DELETE ON database_mark FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER database_mark_no_truncate BEFORE TRUNCATE ON database_mark FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

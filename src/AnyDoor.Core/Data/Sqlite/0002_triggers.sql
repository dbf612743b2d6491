-- Append-only: what happened is never edited. REPLACE cannot walk past these, because recursive_triggers is on.
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER read_event_no_update BEFORE UPDATE ON read_event BEGIN SELECT RAISE(ABORT, 'read_event is append-only'); END;
CREATE TRIGGER read_event_no_delete BEFORE DELETE ON read_event BEGIN SELECT RAISE(ABORT, 'read_event is append-only'); END;
CREATE TRIGGER seal_no_update BEFORE UPDATE ON seal BEGIN SELECT RAISE(ABORT, 'seal is append-only'); END;
CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal BEGIN SELECT RAISE(ABORT, 'seal is append-only'); END;
CREATE TRIGGER erasure_no_update BEFORE UPDATE ON erasure BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;
CREATE TRIGGER erasure_no_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;
CREATE TRIGGER audit_content_no_update BEFORE UPDATE ON audit_content BEGIN SELECT RAISE(ABORT, 'audit_content is not edited'); END;
-- Content goes only after its erasure was recorded.
CREATE TRIGGER audit_content_delete_recorded BEFORE DELETE ON audit_content
WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE event_id = OLD.event_id)
BEGIN SELECT RAISE(ABORT, 'record the erasure first'); END;
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
CREATE TRIGGER scheme_version_no_update BEFORE UPDATE ON scheme_version BEGIN SELECT RAISE(ABORT, 'scheme_version is append-only'); END;
CREATE TRIGGER scheme_version_no_delete BEFORE DELETE ON scheme_version BEGIN SELECT RAISE(ABORT, 'scheme_version is append-only'); END;
CREATE TRIGGER published_edition_no_update BEFORE UPDATE ON published_edition BEGIN SELECT RAISE(ABORT, 'published_edition is append-only'); END;
CREATE TRIGGER published_edition_no_delete BEFORE DELETE ON published_edition BEGIN SELECT RAISE(ABORT, 'published_edition is append-only'); END;
-- The checkpoints of the logs are found by the database's id: it stays.
CREATE TRIGGER database_mark_stays BEFORE UPDATE ON database_mark
WHEN NEW.id <> OLD.id OR NEW.database_id <> OLD.database_id OR NEW.created_at <> OLD.created_at OR NEW.epoch < OLD.epoch OR (OLD.is_demo IS NOT NULL AND NEW.is_demo IS NOT OLD.is_demo)
BEGIN SELECT RAISE(ABORT, 'the id of a database stays'); END;
CREATE TRIGGER database_mark_no_delete BEFORE DELETE ON database_mark BEGIN SELECT RAISE(ABORT, 'the id of a database stays'); END;

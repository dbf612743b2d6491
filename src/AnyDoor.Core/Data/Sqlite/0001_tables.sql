-- Generated from the model; see CONTRIBUTING, "Schema".
CREATE TABLE "agreement_need" (
    "id" TEXT NOT NULL CONSTRAINT "pk_agreement_need" PRIMARY KEY,
    "organisation_id" TEXT NOT NULL,
    "needed" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "said_by" TEXT NULL
);


CREATE TABLE "agreement_version" (
    "id" TEXT NOT NULL CONSTRAINT "pk_agreement_version" PRIMARY KEY,
    "agreement_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "starts_on" TEXT NULL,
    "ends_on" TEXT NULL,
    "saved_at" TEXT NOT NULL,
    "saved_by" TEXT NULL,
    "in_force_at" TEXT NULL,
    "in_force_by" TEXT NULL,
    "ended_at" TEXT NULL,
    "ended_by" TEXT NULL,
    "why_ended" TEXT NULL,
    "edit" INTEGER NOT NULL
);


CREATE TABLE "audit_content" (
    "event_id" TEXT NOT NULL CONSTRAINT "pk_audit_content" PRIMARY KEY,
    "salt" BLOB NOT NULL,
    "body" TEXT NOT NULL
);


CREATE TABLE "audit_event" (
    "seq" INTEGER NOT NULL CONSTRAINT "pk_audit_event" PRIMARY KEY AUTOINCREMENT,
    "epoch" INTEGER NOT NULL,
    "position" AS ("seq"),
    "id" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NULL,
    "actor_label" TEXT NOT NULL,
    "organisation_id" TEXT NULL,
    "door" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" TEXT NULL,
    "household_id" TEXT NULL,
    "commitment" BLOB NOT NULL,
    "mac" BLOB NOT NULL
);


CREATE TABLE "budget" (
    "id" TEXT NOT NULL CONSTRAINT "pk_budget" PRIMARY KEY,
    "request_id" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "lines" TEXT NOT NULL,
    "owed" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL
);


CREATE TABLE "command_key" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "content_hash" BLOB NOT NULL,
    "at" TEXT NOT NULL,
    "answer" TEXT NULL,
    CONSTRAINT "pk_command_key" PRIMARY KEY ("scope", "key")
);


CREATE TABLE "database_mark" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_database_mark" PRIMARY KEY,
    "database_id" TEXT NOT NULL,
    "is_demo" INTEGER NULL,
    "epoch" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "mac" BLOB NOT NULL
);


CREATE TABLE "dataset" (
    "id" TEXT NOT NULL CONSTRAINT "pk_dataset" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "series" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "edition" TEXT NOT NULL,
    "boundary_year" INTEGER NULL,
    "source" TEXT NOT NULL,
    "licence" TEXT NOT NULL,
    "published" TEXT NULL,
    "file" TEXT NOT NULL,
    "fingerprint" BLOB NOT NULL,
    "columns" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "quarantined" INTEGER NOT NULL,
    "loaded_at" TEXT NOT NULL,
    "complete" INTEGER NOT NULL,
    "in_use" INTEGER NOT NULL
);


CREATE TABLE "disposal_run" (
    "id" TEXT NOT NULL CONSTRAINT "pk_disposal_run" PRIMARY KEY,
    "started_at" TEXT NOT NULL,
    "as_of" TEXT NOT NULL,
    "dry" INTEGER NOT NULL,
    "announced" TEXT NULL,
    "by" TEXT NOT NULL,
    "finished_at" TEXT NULL
);


CREATE TABLE "draft" (
    "id" TEXT NOT NULL CONSTRAINT "pk_draft" PRIMARY KEY,
    "code_hash" BLOB NOT NULL,
    "door_id" TEXT NOT NULL,
    "for_someone_else" INTEGER NOT NULL,
    "answers" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "language" TEXT NULL,
    "campaign" TEXT NULL,
    "started_at" TEXT NOT NULL,
    "saved_at" TEXT NOT NULL,
    "expires_at" TEXT NOT NULL,
    "request_id" TEXT NULL,
    "sent_at" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "emergency_opening" (
    "id" TEXT NOT NULL CONSTRAINT "pk_emergency_opening" PRIMARY KEY,
    "household_id" TEXT NOT NULL,
    "worker_id" TEXT NOT NULL,
    "gateway" TEXT NOT NULL,
    "agreed_by" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "answered_at" TEXT NULL
);


CREATE TABLE "equality_count" (
    "month" TEXT NOT NULL,
    "fact" TEXT NOT NULL,
    "option" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    CONSTRAINT "pk_equality_count" PRIMARY KEY ("month", "fact", "option")
);


CREATE TABLE "erasure" (
    "event_id" TEXT NOT NULL CONSTRAINT "pk_erasure" PRIMARY KEY,
    "at" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "mac" BLOB NOT NULL
);


CREATE TABLE "form_mark" (
    "id" TEXT NOT NULL CONSTRAINT "pk_form_mark" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "mark" BLOB NOT NULL,
    "at" TEXT NOT NULL
);


CREATE TABLE "fund" (
    "id" TEXT NOT NULL CONSTRAINT "pk_fund" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "authority" TEXT NOT NULL
);


CREATE TABLE "gain" (
    "id" TEXT NOT NULL CONSTRAINT "pk_gain" PRIMARY KEY,
    "request_id" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "predicted_low" INTEGER NOT NULL,
    "predicted_high" INTEGER NOT NULL,
    "claimed_on" TEXT NULL,
    "awarded_pence" INTEGER NULL,
    "awarded_every" TEXT NULL,
    "awarded_from" TEXT NULL,
    "backdated_pence" INTEGER NOT NULL,
    "confirmed_at" TEXT NULL,
    "confirmed_by" TEXT NULL,
    "confirmed_as" TEXT NULL,
    "ended_at" TEXT NULL,
    "ended_why" TEXT NULL
);


CREATE TABLE "gap" (
    "id" TEXT NOT NULL CONSTRAINT "pk_gap" PRIMARY KEY,
    "need_id" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "opened_at" TEXT NOT NULL,
    "opened_by" TEXT NULL,
    "owner" TEXT NULL,
    "service_id" TEXT NULL,
    "closed_at" TEXT NULL,
    "requests" INTEGER NOT NULL,
    "searches" INTEGER NOT NULL,
    "people" INTEGER NOT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "ground" (
    "id" TEXT NOT NULL CONSTRAINT "pk_ground" PRIMARY KEY,
    "household_id" TEXT NOT NULL,
    "worker_id" TEXT NULL,
    "organisation_id" TEXT NULL,
    "purpose" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NULL,
    "cause" TEXT NOT NULL,
    "cause_id" TEXT NULL
);


CREATE TABLE "group_need" (
    "id" TEXT NOT NULL CONSTRAINT "pk_group_need" PRIMARY KEY,
    "need_id" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "whom" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NULL,
    "taken_back_at" TEXT NULL
);


CREATE TABLE "hold" (
    "id" TEXT NOT NULL CONSTRAINT "pk_hold" PRIMARY KEY,
    "household_id" TEXT NULL,
    "scheme_id" TEXT NULL,
    "for" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NULL,
    "placed_by" TEXT NOT NULL,
    "lifted_at" TEXT NULL,
    "lifted_by" TEXT NULL
);


CREATE TABLE "household" (
    "id" TEXT NOT NULL CONSTRAINT "pk_household" PRIMARY KEY,
    "created_at" TEXT NOT NULL,
    "district" TEXT NULL,
    "lsoa11" TEXT NULL,
    "lsoa21" TEXT NULL,
    "size" INTEGER NULL,
    "version" INTEGER NOT NULL,
    "joined_to" TEXT NULL,
    "erased_at" TEXT NULL
);


CREATE TABLE "information_notice" (
    "id" TEXT NOT NULL CONSTRAINT "pk_information_notice" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "household_id" TEXT NULL,
    "other_household_id" TEXT NULL,
    "subject_id" TEXT NULL,
    "worker_id" TEXT NULL,
    "at" TEXT NOT NULL,
    "seen_at" TEXT NULL,
    "seen_by" TEXT NULL
);


CREATE TABLE "kept_form" (
    "id" TEXT NOT NULL CONSTRAINT "pk_kept_form" PRIMARY KEY,
    "worker_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" TEXT NOT NULL
);


CREATE TABLE "lease" (
    "name" TEXT NOT NULL CONSTRAINT "pk_lease" PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "fence" INTEGER NOT NULL,
    "expires_at" TEXT NOT NULL
);


CREATE TABLE "ledger_entry" (
    "transaction_id" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "account_id" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "award_id" TEXT NULL,
    "effective_on" TEXT NOT NULL,
    "recorded_at" TEXT NOT NULL,
    "reverses" TEXT NULL,
    CONSTRAINT "pk_ledger_entry" PRIMARY KEY ("transaction_id", "line")
);


CREATE TABLE "look_review" (
    "id" TEXT NOT NULL CONSTRAINT "pk_look_review" PRIMARY KEY,
    "household_id" TEXT NOT NULL,
    "worker_id" TEXT NOT NULL,
    "organisation_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "answered_by" TEXT NULL,
    "answered_at" TEXT NULL,
    "replied_at" TEXT NULL,
    "reply_event_id" TEXT NULL
);


CREATE TABLE "menu_acceptance" (
    "service_id" TEXT NOT NULL CONSTRAINT "pk_menu_acceptance" PRIMARY KEY,
    "yes" INTEGER NOT NULL,
    "no" INTEGER NOT NULL
);


CREATE TABLE "menu_change" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_menu_change" PRIMARY KEY,
    "number" INTEGER NOT NULL
);


CREATE TABLE "menu_feed" (
    "source" TEXT NOT NULL CONSTRAINT "pk_menu_feed" PRIMARY KEY,
    "started_at" TEXT NOT NULL,
    "finished_at" TEXT NULL,
    "next_page" INTEGER NOT NULL
);


CREATE TABLE "menu_feed_problem" (
    "source" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "column" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    CONSTRAINT "pk_menu_feed_problem" PRIMARY KEY ("source", "row", "column")
);


CREATE TABLE "menu_gap" (
    "need_id" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "door" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "times" INTEGER NOT NULL,
    CONSTRAINT "pk_menu_gap" PRIMARY KEY ("need_id", "district", "place", "door", "day")
);


CREATE TABLE "menu_weight" (
    "id" TEXT NOT NULL CONSTRAINT "pk_menu_weight" PRIMARY KEY,
    "district" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "need_id" TEXT NOT NULL,
    "for" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "evidence" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NULL,
    "set_at" TEXT NOT NULL,
    "set_by" TEXT NULL,
    "undone_at" TEXT NULL,
    "undone_by" TEXT NULL
);


CREATE TABLE "named_area" (
    "id" TEXT NOT NULL CONSTRAINT "pk_named_area" PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "codes" TEXT NOT NULL,
    "wards" TEXT NULL,
    "made_at" TEXT NOT NULL,
    "retired_at" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "offer_choice" (
    "id" TEXT NOT NULL CONSTRAINT "pk_offer_choice" PRIMARY KEY,
    "request_id" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "wanted" INTEGER NOT NULL,
    "detail" TEXT NULL,
    "quiet" INTEGER NOT NULL,
    "reason" TEXT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "undone_at" TEXT NULL,
    "undone_by" TEXT NULL
);


CREATE TABLE "organisation" (
    "id" TEXT NOT NULL CONSTRAINT "pk_organisation" PRIMARY KEY,
    "handle" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "invented" INTEGER NOT NULL
);


CREATE TABLE "outbox_message" (
    "id" TEXT NOT NULL CONSTRAINT "pk_outbox_message" PRIMARY KEY,
    "message_id" TEXT NOT NULL,
    "cause_id" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "has_content" INTEGER NOT NULL,
    "language" TEXT NOT NULL,
    "sealed_words" BLOB NULL,
    "address_mark" BLOB NULL,
    "state" TEXT NOT NULL,
    "why" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "sent_at" TEXT NULL,
    "attempts" INTEGER NOT NULL,
    "due_at" TEXT NOT NULL,
    "leased_by" TEXT NULL,
    "leased_until" TEXT NULL
);


CREATE TABLE "partner_reach" (
    "id" TEXT NOT NULL CONSTRAINT "pk_partner_reach" PRIMARY KEY,
    "partner" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "cohort" TEXT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NULL
);


CREATE TABLE "partnership_picture" (
    "id" TEXT NOT NULL CONSTRAINT "pk_partnership_picture" PRIMARY KEY,
    "content_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" BLOB NOT NULL,
    "saved_at" TEXT NOT NULL,
    "saved_by" TEXT NOT NULL
);


CREATE TABLE "permission" (
    "id" TEXT NOT NULL CONSTRAINT "pk_permission" PRIMARY KEY,
    "household_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "organisation_id" TEXT NULL,
    "to_kind" TEXT NULL,
    "to_named" TEXT NULL,
    "purpose" TEXT NOT NULL,
    "categories" TEXT NOT NULL,
    "allowed" INTEGER NOT NULL,
    "given_at" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "until" TEXT NULL,
    "ends_with" TEXT NULL,
    "what_for" TEXT NULL,
    "recorded_by" TEXT NULL,
    "withdrawn_at" TEXT NULL
);


CREATE TABLE "person" (
    "id" TEXT NOT NULL CONSTRAINT "pk_person" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "folded_name" TEXT NOT NULL,
    "folded_last" TEXT NOT NULL,
    "date_of_birth" TEXT NULL,
    "birth_year" INTEGER NULL,
    "at_risk" INTEGER NOT NULL,
    "language" TEXT NULL,
    "invented" INTEGER NOT NULL,
    "same_as" TEXT NULL
);


CREATE TABLE "person_join" (
    "id" TEXT NOT NULL CONSTRAINT "pk_person_join" PRIMARY KEY,
    "match_id" TEXT NOT NULL,
    "kept_person_id" TEXT NOT NULL,
    "joined_person_id" TEXT NOT NULL,
    "kept_household_id" TEXT NOT NULL,
    "joined_household_id" TEXT NOT NULL,
    "name_before" TEXT NOT NULL,
    "date_of_birth_before" TEXT NULL,
    "birth_year_before" INTEGER NULL,
    "households_joined" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "undone_at" TEXT NULL,
    "undone_by" TEXT NULL
);


CREATE TABLE "place_work" (
    "id" TEXT NOT NULL CONSTRAINT "pk_place_work" PRIMARY KEY,
    "place" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "spot" TEXT NULL,
    "day" TEXT NOT NULL,
    "due_on" TEXT NULL,
    "joint" INTEGER NOT NULL,
    "closed_on" TEXT NULL,
    "opened_by" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "possible_match" (
    "id" TEXT NOT NULL CONSTRAINT "pk_possible_match" PRIMARY KEY,
    "person_id" TEXT NOT NULL,
    "other_person_id" TEXT NOT NULL,
    "agrees" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "answered_at" TEXT NULL,
    "answered_by" TEXT NULL,
    "how" TEXT NULL,
    "found_at" TEXT NOT NULL
);


CREATE TABLE "published_edition" (
    "id" TEXT NOT NULL CONSTRAINT "pk_published_edition" PRIMARY KEY,
    "series" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "counted_at" TEXT NOT NULL,
    "published_by" TEXT NOT NULL,
    "tables" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "hash" TEXT NOT NULL
);


CREATE TABLE "read_event" (
    "seq" INTEGER NOT NULL CONSTRAINT "pk_read_event" PRIMARY KEY AUTOINCREMENT,
    "epoch" INTEGER NOT NULL,
    "position" AS ("seq"),
    "id" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NULL,
    "actor_label" TEXT NOT NULL,
    "organisation_id" TEXT NULL,
    "door" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "subjects" BLOB NOT NULL,
    "mac" BLOB NOT NULL
);


CREATE TABLE "read_subject" (
    "subject_id" TEXT NOT NULL,
    "read_event_id" TEXT NOT NULL,
    CONSTRAINT "pk_read_subject" PRIMARY KEY ("subject_id", "read_event_id")
);


CREATE TABLE "request_import" (
    "id" TEXT NOT NULL CONSTRAINT "pk_request_import" PRIMARY KEY,
    "file_name" TEXT NOT NULL,
    "fingerprint" BLOB NOT NULL,
    "scheme_id" TEXT NOT NULL,
    "mapping_id" TEXT NOT NULL,
    "mapping_body" TEXT NULL,
    "started_at" TEXT NOT NULL,
    "finished_at" TEXT NULL,
    "rows" INTEGER NOT NULL,
    "repeated" INTEGER NOT NULL,
    "by" TEXT NOT NULL
);


CREATE TABLE "seal" (
    "log" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "from_position" INTEGER NOT NULL,
    "to_position" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "hash" BLOB NOT NULL,
    "previous_hash" BLOB NOT NULL,
    "mac" BLOB NOT NULL,
    CONSTRAINT "pk_seal" PRIMARY KEY ("log", "number")
);


CREATE TABLE "service" (
    "id" TEXT NOT NULL CONSTRAINT "pk_service" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "visibility" TEXT NOT NULL,
    "last_checked" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "fingerprint" BLOB NOT NULL,
    "invented" INTEGER NOT NULL,
    "changed_at" TEXT NOT NULL,
    "change_number" INTEGER NOT NULL,
    "source" TEXT NULL,
    "source_id" TEXT NULL,
    "never_confirmed" INTEGER NOT NULL,
    "checked_by" TEXT NULL,
    "removed_at" TEXT NULL,
    "merged_into" TEXT NULL,
    "own_body" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "setting" (
    "id" TEXT NOT NULL CONSTRAINT "pk_setting" PRIMARY KEY,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "starts" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "saved_at" TEXT NOT NULL,
    "saved_by" TEXT NOT NULL,
    "withdrawn_at" TEXT NULL,
    "withdrawn_by" TEXT NULL
);


CREATE TABLE "sitting" (
    "id" TEXT NOT NULL CONSTRAINT "pk_sitting" PRIMARY KEY,
    "token_hash" BLOB NOT NULL,
    "draft_id" TEXT NULL,
    "request_id" TEXT NULL,
    "seen_at" TEXT NOT NULL,
    "ended_at" TEXT NULL
);


CREATE TABLE "subject_request" (
    "id" TEXT NOT NULL CONSTRAINT "pk_subject_request" PRIMARY KEY,
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "received_on" TEXT NOT NULL,
    "recorded_at" TEXT NOT NULL,
    "recorded_by" TEXT NULL,
    "asker_name" TEXT NULL,
    "asker_born" TEXT NULL,
    "representative" TEXT NULL,
    "asked" TEXT NOT NULL,
    "identity_how" TEXT NULL,
    "identity_on" TEXT NULL,
    "give_by" TEXT NOT NULL,
    "acknowledged_on" TEXT NULL,
    "extended_on" TEXT NULL,
    "extended_why" TEXT NULL,
    "gathered_at" TEXT NULL,
    "ended_at" TEXT NULL,
    "outcome" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "take_up_letter" (
    "id" TEXT NOT NULL CONSTRAINT "pk_take_up_letter" PRIMARY KEY,
    "run_id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "benefits" TEXT NOT NULL,
    "worth_year" INTEGER NOT NULL,
    "why" TEXT NOT NULL,
    "written_on" TEXT NULL,
    "opted_out_on" TEXT NULL,
    "started_on" TEXT NULL,
    "finished_on" TEXT NULL,
    "dropped_on" TEXT NULL,
    "claimed_on" TEXT NULL,
    "awarded_year" INTEGER NULL
);


CREATE TABLE "take_up_run" (
    "id" TEXT NOT NULL CONSTRAINT "pk_take_up_run" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "tax_year" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "found" TEXT NOT NULL,
    "provider" TEXT NULL,
    "opt_out_by" TEXT NOT NULL
);


CREATE TABLE "team_seat" (
    "id" TEXT NOT NULL CONSTRAINT "pk_team_seat" PRIMARY KEY,
    "place" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NULL
);


CREATE TABLE "tie" (
    "id" TEXT NOT NULL CONSTRAINT "pk_tie" PRIMARY KEY,
    "household_id" TEXT NOT NULL,
    "worker_id" TEXT NOT NULL,
    "organisation_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "ended_at" TEXT NULL,
    "ended_by" TEXT NULL
);


CREATE TABLE "unusual_seen" (
    "rule" TEXT NOT NULL,
    "worker_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    CONSTRAINT "pk_unusual_seen" PRIMARY KEY ("rule", "worker_id", "day")
);


CREATE TABLE "wrong_tries" (
    "key" BLOB NOT NULL CONSTRAINT "pk_wrong_tries" PRIMARY KEY,
    "count" INTEGER NOT NULL,
    "last_at" TEXT NOT NULL,
    "locked_until" TEXT NULL
);


CREATE TABLE "dataset_block" (
    "dataset_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "content" BLOB NOT NULL,
    CONSTRAINT "pk_dataset_block" PRIMARY KEY ("dataset_id", "key"),
    CONSTRAINT "fk_dataset_block_dataset_id" FOREIGN KEY ("dataset_id") REFERENCES "dataset" ("id") ON DELETE RESTRICT
);


CREATE TABLE "dataset_problem" (
    "dataset_id" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "column" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    CONSTRAINT "pk_dataset_problem" PRIMARY KEY ("dataset_id", "row", "column"),
    CONSTRAINT "fk_dataset_problem_dataset_id" FOREIGN KEY ("dataset_id") REFERENCES "dataset" ("id") ON DELETE RESTRICT
);


CREATE TABLE "disposal_line" (
    "run_id" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "held" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,
    "references" TEXT NOT NULL,
    CONSTRAINT "pk_disposal_line" PRIMARY KEY ("run_id", "rule_id"),
    CONSTRAINT "fk_disposal_line_run_id" FOREIGN KEY ("run_id") REFERENCES "disposal_run" ("id") ON DELETE RESTRICT
);


CREATE TABLE "fund_round" (
    "id" TEXT NOT NULL CONSTRAINT "pk_fund_round" PRIMARY KEY,
    "fund_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "grantor" TEXT NOT NULL,
    "opens" TEXT NOT NULL,
    "closes" TEXT NOT NULL,
    "predecessor" TEXT NULL,
    CONSTRAINT "fk_fund_round_fund_id" FOREIGN KEY ("fund_id") REFERENCES "fund" ("id") ON DELETE RESTRICT
);


CREATE TABLE "gap_step" (
    "id" TEXT NOT NULL CONSTRAINT "pk_gap_step" PRIMARY KEY,
    "gap_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "service_id" TEXT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NULL,
    CONSTRAINT "fk_gap_step_gap_id" FOREIGN KEY ("gap_id") REFERENCES "gap" ("id") ON DELETE RESTRICT
);


CREATE TABLE "address" (
    "id" TEXT NOT NULL CONSTRAINT "pk_address" PRIMARY KEY,
    "household_id" TEXT NOT NULL,
    "lines" TEXT NULL,
    "postcode" TEXT NULL,
    "no_fixed_address" INTEGER NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NULL,
    CONSTRAINT "fk_address_household_id" FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE RESTRICT
);


CREATE TABLE "answer" (
    "id" TEXT NOT NULL CONSTRAINT "pk_answer" PRIMARY KEY,
    "household_id" TEXT NOT NULL,
    "person_id" TEXT NULL,
    "about" TEXT NULL,
    "fact" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "by_worker" TEXT NULL,
    "replaced_at" TEXT NULL,
    CONSTRAINT "fk_answer_household_id" FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE RESTRICT
);


CREATE TABLE "application" (
    "id" TEXT NOT NULL CONSTRAINT "pk_application" PRIMARY KEY,
    "household_id" TEXT NOT NULL,
    "request_id" TEXT NULL,
    "scheme_id" TEXT NOT NULL,
    "award_type" TEXT NOT NULL,
    "asked" INTEGER NOT NULL,
    "door" TEXT NOT NULL,
    "received_at" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    CONSTRAINT "fk_application_household_id" FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE RESTRICT
);


CREATE TABLE "crisis_episode" (
    "id" TEXT NOT NULL CONSTRAINT "pk_crisis_episode" PRIMARY KEY,
    "household_id" TEXT NOT NULL,
    "opened_on" TEXT NOT NULL,
    "closed_on" TEXT NULL,
    "closed_by" TEXT NULL,
    "why" TEXT NOT NULL,
    CONSTRAINT "fk_crisis_episode_household_id" FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE RESTRICT
);


CREATE TABLE "decision_review" (
    "id" TEXT NOT NULL CONSTRAINT "pk_decision_review" PRIMARY KEY,
    "reference" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "award_id" TEXT NULL,
    "asked" TEXT NOT NULL,
    "asked_at" TEXT NOT NULL,
    "asked_by" TEXT NULL,
    "answer_by" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "taken_by" TEXT NULL,
    "taken_at" TEXT NULL,
    "answer" TEXT NULL,
    "answered_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "fk_decision_review_household_id" FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE RESTRICT
);


CREATE TABLE "handover" (
    "id" TEXT NOT NULL CONSTRAINT "pk_handover" PRIMARY KEY,
    "reference" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "cause_id" TEXT NULL,
    "organisation_id" TEXT NULL,
    "organisation" TEXT NOT NULL,
    "whole" INTEGER NOT NULL,
    "told" TEXT NOT NULL,
    "needs" TEXT NOT NULL,
    "sent_at" TEXT NOT NULL,
    "sent_by" TEXT NOT NULL,
    "answer_by" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "accepted_at" TEXT NULL,
    "contact_by" TEXT NULL,
    "held_by" TEXT NULL,
    "first_contact_at" TEXT NULL,
    "helped_at" TEXT NULL,
    "back_at" TEXT NULL,
    "why_back" TEXT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "fk_handover_household_id" FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE RESTRICT
);


CREATE TABLE "need_said" (
    "id" TEXT NOT NULL CONSTRAINT "pk_need_said" PRIMARY KEY,
    "household_id" TEXT NOT NULL,
    "person_id" TEXT NULL,
    "need_id" TEXT NOT NULL,
    "phrase" TEXT NULL,
    "origin" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "by_worker" TEXT NULL,
    "removed_at" TEXT NULL,
    CONSTRAINT "fk_need_said_household_id" FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE RESTRICT
);


CREATE TABLE "door" (
    "id" TEXT NOT NULL CONSTRAINT "pk_door" PRIMARY KEY,
    "label" TEXT NOT NULL,
    "organisation_id" TEXT NULL,
    CONSTRAINT "fk_door_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT
);


CREATE TABLE "webhook" (
    "id" TEXT NOT NULL CONSTRAINT "pk_webhook" PRIMARY KEY,
    "organisation_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "secret" BLOB NOT NULL,
    "old_secret" BLOB NULL,
    "old_secret_until" TEXT NULL,
    "state" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "failing_since" TEXT NULL,
    "last_ok_at" TEXT NULL,
    "last_answer" TEXT NULL,
    "ended_at" TEXT NULL,
    CONSTRAINT "fk_webhook_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT
);


CREATE TABLE "worker" (
    "id" TEXT NOT NULL CONSTRAINT "pk_worker" PRIMARY KEY,
    "handle" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NULL,
    "role" TEXT NOT NULL,
    "organisation_id" TEXT NOT NULL,
    "award_limit_pence" INTEGER NULL,
    "active" INTEGER NOT NULL,
    "invented" INTEGER NOT NULL,
    CONSTRAINT "fk_worker_organisation_id" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT
);


CREATE TABLE "membership" (
    "id" TEXT NOT NULL CONSTRAINT "pk_membership" PRIMARY KEY,
    "household_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NULL,
    CONSTRAINT "fk_membership_household_id" FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_membership_person_id" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
);


CREATE TABLE "safe_contact" (
    "id" TEXT NOT NULL CONSTRAINT "pk_safe_contact" PRIMARY KEY,
    "person_id" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "to" TEXT NULL,
    "phone" TEXT NULL,
    "email" TEXT NULL,
    "do_not" TEXT NOT NULL,
    "phone_is_private" INTEGER NOT NULL,
    "check_before_contact" INTEGER NOT NULL,
    "best_time" TEXT NULL,
    "words" TEXT NULL,
    "at" TEXT NOT NULL,
    "told_to" TEXT NULL,
    CONSTRAINT "fk_safe_contact_person_id" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
);


CREATE TABLE "place_action" (
    "id" TEXT NOT NULL CONSTRAINT "pk_place_action" PRIMARY KEY,
    "work_id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "seat_id" TEXT NULL,
    "owner" TEXT NOT NULL,
    "due_on" TEXT NULL,
    "done_on" TEXT NULL,
    "result" TEXT NULL,
    CONSTRAINT "fk_place_action_work_id" FOREIGN KEY ("work_id") REFERENCES "place_work" ("id") ON DELETE RESTRICT
);


CREATE TABLE "place_note" (
    "id" TEXT NOT NULL CONSTRAINT "pk_place_note" PRIMARY KEY,
    "work_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "source" TEXT NULL,
    "day" TEXT NOT NULL,
    "people" INTEGER NULL,
    "at" TEXT NOT NULL,
    CONSTRAINT "fk_place_note_work_id" FOREIGN KEY ("work_id") REFERENCES "place_work" ("id") ON DELETE RESTRICT
);


CREATE TABLE "quarantined_row" (
    "id" TEXT NOT NULL CONSTRAINT "pk_quarantined_row" PRIMARY KEY,
    "import_id" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "cells" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "why" TEXT NULL,
    "request_id" TEXT NULL,
    CONSTRAINT "fk_quarantined_row_import_id" FOREIGN KEY ("import_id") REFERENCES "request_import" ("id") ON DELETE RESTRICT
);


CREATE TABLE "service_document" (
    "service_id" TEXT NOT NULL CONSTRAINT "pk_service_document" PRIMARY KEY,
    "document" TEXT NOT NULL,
    "read_at" TEXT NOT NULL,
    CONSTRAINT "fk_service_document_service_id" FOREIGN KEY ("service_id") REFERENCES "service" ("id") ON DELETE RESTRICT
);


CREATE TABLE "service_duplicate" (
    "id" TEXT NOT NULL CONSTRAINT "pk_service_duplicate" PRIMARY KEY,
    "older_id" TEXT NOT NULL,
    "newer_id" TEXT NOT NULL,
    "percent" INTEGER NOT NULL,
    "why" TEXT NOT NULL,
    "held" INTEGER NOT NULL,
    "found_at" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "decided_at" TEXT NULL,
    "decided_by" TEXT NULL,
    "kept_id" TEXT NULL,
    "taken" TEXT NULL,
    "seen_before" TEXT NULL,
    CONSTRAINT "fk_service_duplicate_newer_id" FOREIGN KEY ("newer_id") REFERENCES "service" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_service_duplicate_older_id" FOREIGN KEY ("older_id") REFERENCES "service" ("id") ON DELETE RESTRICT
);


CREATE TABLE "service_edit" (
    "id" TEXT NOT NULL CONSTRAINT "pk_service_edit" PRIMARY KEY,
    "service_id" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "is_new" INTEGER NOT NULL,
    "organisation_id" TEXT NULL,
    "from" TEXT NOT NULL,
    "of_provider" INTEGER NOT NULL,
    "proposed_at" TEXT NOT NULL,
    "changes" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "decided_at" TEXT NULL,
    "decided_by" TEXT NULL,
    "reason" TEXT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "fk_service_edit_service_id" FOREIGN KEY ("service_id") REFERENCES "service" ("id") ON DELETE RESTRICT
);


CREATE TABLE "service_report" (
    "id" TEXT NOT NULL CONSTRAINT "pk_service_report" PRIMARY KEY,
    "service_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "words" TEXT NULL,
    "reported_at" TEXT NOT NULL,
    "answered_at" TEXT NULL,
    "answer" TEXT NULL,
    "closed_at" TEXT NULL,
    "closed_by" TEXT NULL,
    "outcome" TEXT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "fk_service_report_service_id" FOREIGN KEY ("service_id") REFERENCES "service" ("id") ON DELETE RESTRICT
);


CREATE TABLE "clock_pause" (
    "id" TEXT NOT NULL CONSTRAINT "pk_clock_pause" PRIMARY KEY,
    "subject_request_id" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NULL,
    "for" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    CONSTRAINT "fk_clock_pause_subject_request_id" FOREIGN KEY ("subject_request_id") REFERENCES "subject_request" ("id") ON DELETE RESTRICT
);


CREATE TABLE "correction" (
    "id" TEXT NOT NULL CONSTRAINT "pk_correction" PRIMARY KEY,
    "subject_request_id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "was" TEXT NOT NULL,
    "now" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    CONSTRAINT "fk_correction_subject_request_id" FOREIGN KEY ("subject_request_id") REFERENCES "subject_request" ("id") ON DELETE RESTRICT
);


CREATE TABLE "recipient_told" (
    "subject_request_id" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "told_on" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    CONSTRAINT "pk_recipient_told" PRIMARY KEY ("subject_request_id", "organisation"),
    CONSTRAINT "fk_recipient_told_subject_request_id" FOREIGN KEY ("subject_request_id") REFERENCES "subject_request" ("id") ON DELETE RESTRICT
);


CREATE TABLE "subject_item" (
    "id" TEXT NOT NULL CONSTRAINT "pk_subject_item" PRIMARY KEY,
    "subject_request_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "place" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "at" TEXT NULL,
    "body" TEXT NOT NULL,
    "fields" TEXT NOT NULL,
    "left_out_for" TEXT NULL,
    "left_out_why" TEXT NULL,
    "to_decide" INTEGER NOT NULL,
    CONSTRAINT "fk_subject_item_subject_request_id" FOREIGN KEY ("subject_request_id") REFERENCES "subject_request" ("id") ON DELETE RESTRICT
);


CREATE TABLE "subject_pack" (
    "id" TEXT NOT NULL CONSTRAINT "pk_subject_pack" PRIMARY KEY,
    "subject_request_id" TEXT NOT NULL,
    "made_at" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "given_by" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "body" TEXT NULL,
    CONSTRAINT "fk_subject_pack_subject_request_id" FOREIGN KEY ("subject_request_id") REFERENCES "subject_request" ("id") ON DELETE RESTRICT
);


CREATE TABLE "subject_record" (
    "subject_request_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    CONSTRAINT "pk_subject_record" PRIMARY KEY ("subject_request_id", "person_id"),
    CONSTRAINT "fk_subject_record_subject_request_id" FOREIGN KEY ("subject_request_id") REFERENCES "subject_request" ("id") ON DELETE RESTRICT
);


CREATE TABLE "posting" (
    "id" TEXT NOT NULL CONSTRAINT "pk_posting" PRIMARY KEY,
    "seat_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "first_day" TEXT NOT NULL,
    "last_day" TEXT NULL,
    CONSTRAINT "fk_posting_seat_id" FOREIGN KEY ("seat_id") REFERENCES "team_seat" ("id") ON DELETE RESTRICT
);


CREATE TABLE "scheme" (
    "id" TEXT NOT NULL CONSTRAINT "pk_scheme" PRIMARY KEY,
    "round_id" TEXT NOT NULL,
    "added_at" TEXT NOT NULL,
    "closes_at" TEXT NULL,
    "close_words" TEXT NULL,
    CONSTRAINT "fk_scheme_round_id" FOREIGN KEY ("round_id") REFERENCES "fund_round" ("id") ON DELETE RESTRICT
);


CREATE TABLE "award" (
    "id" TEXT NOT NULL CONSTRAINT "pk_award" PRIMARY KEY,
    "reference" TEXT NOT NULL,
    "application_id" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "request_id" TEXT NULL,
    "episode_id" TEXT NULL,
    "scheme_id" TEXT NOT NULL,
    "award_type" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "delivery" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "effective_at" TEXT NOT NULL,
    "effective_on" TEXT NOT NULL,
    "recorded_at" TEXT NOT NULL,
    "district" TEXT NULL,
    "door" TEXT NOT NULL,
    "organisation_id" TEXT NULL,
    "worker_id" TEXT NULL,
    "imported" INTEGER NOT NULL,
    "not_counted_by" TEXT NULL,
    "expires_on" TEXT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "fk_award_application_id" FOREIGN KEY ("application_id") REFERENCES "application" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_award_household_id" FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE RESTRICT
);


CREATE TABLE "decision" (
    "id" TEXT NOT NULL CONSTRAINT "pk_decision" PRIMARY KEY,
    "application_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "scheme_version" INTEGER NOT NULL,
    "rule_id" TEXT NULL,
    "rule_number" TEXT NULL,
    "rule_words" TEXT NULL,
    "unknown" TEXT NULL,
    "reason" TEXT NOT NULL,
    "recent_help_reason" TEXT NULL,
    "worker_id" TEXT NULL,
    "organisation_id" TEXT NULL,
    "at" TEXT NOT NULL,
    "imported" INTEGER NOT NULL,
    CONSTRAINT "fk_decision_application_id" FOREIGN KEY ("application_id") REFERENCES "application" ("id") ON DELETE RESTRICT
);


CREATE TABLE "request" (
    "id" TEXT NOT NULL CONSTRAINT "pk_request" PRIMARY KEY,
    "reference" TEXT NOT NULL,
    "door_id" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "applicant_id" TEXT NOT NULL,
    "scheme_id" TEXT NULL,
    "for_someone_else" INTEGER NOT NULL,
    "permission_given" INTEGER NOT NULL,
    "brought_by_organisation" TEXT NULL,
    "brought_by_worker" TEXT NULL,
    "submitted_at" TEXT NOT NULL,
    "urgency" TEXT NOT NULL,
    "urgency_why" TEXT NULL,
    "answer_by" TEXT NOT NULL,
    "task_type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "claimed_by" TEXT NULL,
    "claimed_at" TEXT NULL,
    "district" TEXT NULL,
    "postcode" TEXT NULL,
    "language" TEXT NULL,
    "words" TEXT NULL,
    "code_hash" BLOB NULL,
    "part_filled" INTEGER NOT NULL,
    "campaign" TEXT NULL,
    "import_id" TEXT NULL,
    "source_reference" TEXT NULL,
    "source_fingerprint" TEXT NULL,
    "first_contact_at" TEXT NULL,
    "passed_to" TEXT NULL,
    "closed_at" TEXT NULL,
    "held" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "claimed_until" TEXT NULL,
    "next_on" TEXT NULL,
    "next_time" TEXT NULL,
    "next_way" TEXT NULL,
    "next_who" TEXT NULL,
    "came_back_at" TEXT NULL,
    "queue_rank" INTEGER NULL,
    CONSTRAINT "fk_request_door_id" FOREIGN KEY ("door_id") REFERENCES "door" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_request_household_id" FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE RESTRICT
);


CREATE TABLE "webhook_event" (
    "id" TEXT NOT NULL CONSTRAINT "pk_webhook_event" PRIMARY KEY,
    "webhook_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "due_at" TEXT NOT NULL,
    "done_at" TEXT NULL,
    "leased_by" TEXT NULL,
    "leased_until" TEXT NULL,
    CONSTRAINT "fk_webhook_event_webhook_id" FOREIGN KEY ("webhook_id") REFERENCES "webhook" ("id") ON DELETE RESTRICT
);


CREATE TABLE "account" (
    "worker_id" TEXT NOT NULL CONSTRAINT "pk_account" PRIMARY KEY,
    "email" TEXT NOT NULL,
    "email_folded" TEXT NOT NULL,
    "password_hash" TEXT NULL,
    "app_key" TEXT NULL,
    "used_codes" TEXT NULL,
    "recovery_codes" TEXT NULL,
    "single_sign_on" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "fk_account_worker_id" FOREIGN KEY ("worker_id") REFERENCES "worker" ("id") ON DELETE RESTRICT
);


CREATE TABLE "api_key" (
    "id" TEXT NOT NULL CONSTRAINT "pk_api_key" PRIMARY KEY,
    "hash" BLOB NOT NULL,
    "worker_id" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "label" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "revoked_at" TEXT NULL,
    "expires_at" TEXT NULL,
    "followed_by" TEXT NULL,
    "last_used_at" TEXT NULL,
    CONSTRAINT "fk_api_key_worker_id" FOREIGN KEY ("worker_id") REFERENCES "worker" ("id") ON DELETE RESTRICT
);


CREATE TABLE "invitation" (
    "id" TEXT NOT NULL CONSTRAINT "pk_invitation" PRIMARY KEY,
    "code_hash" BLOB NOT NULL,
    "worker_id" TEXT NULL,
    "email" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "expires_at" TEXT NOT NULL,
    "ended_at" TEXT NULL,
    CONSTRAINT "fk_invitation_worker_id" FOREIGN KEY ("worker_id") REFERENCES "worker" ("id") ON DELETE RESTRICT
);


CREATE TABLE "passkey" (
    "credential_id" BLOB NOT NULL CONSTRAINT "pk_passkey" PRIMARY KEY,
    "worker_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "public_key" BLOB NOT NULL,
    "sign_count" INTEGER NOT NULL,
    "transports" TEXT NOT NULL,
    "user_verified" INTEGER NOT NULL,
    "backup_eligible" INTEGER NOT NULL,
    "backed_up" INTEGER NOT NULL,
    "attestation" BLOB NOT NULL,
    "client_data" BLOB NOT NULL,
    "created_at" TEXT NOT NULL,
    "used_at" TEXT NULL,
    CONSTRAINT "fk_passkey_worker_id" FOREIGN KEY ("worker_id") REFERENCES "worker" ("id") ON DELETE RESTRICT
);


CREATE TABLE "staff_session" (
    "id" TEXT NOT NULL CONSTRAINT "pk_staff_session" PRIMARY KEY,
    "worker_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "ends_at" TEXT NOT NULL,
    "ended_at" TEXT NULL,
    CONSTRAINT "fk_staff_session_worker_id" FOREIGN KEY ("worker_id") REFERENCES "worker" ("id") ON DELETE RESTRICT
);


CREATE TABLE "subject_mark" (
    "id" TEXT NOT NULL CONSTRAINT "pk_subject_mark" PRIMARY KEY,
    "item_id" TEXT NOT NULL,
    "subject_request_id" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "length" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "suggested" TEXT NOT NULL,
    "choice" TEXT NOT NULL,
    "instead" TEXT NULL,
    "reason" TEXT NULL,
    "decided_by" TEXT NULL,
    CONSTRAINT "fk_subject_mark_item_id" FOREIGN KEY ("item_id") REFERENCES "subject_item" ("id") ON DELETE RESTRICT
);


CREATE TABLE "ledger_account" (
    "id" TEXT NOT NULL CONSTRAINT "pk_ledger_account" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "round_id" TEXT NOT NULL,
    "scheme_id" TEXT NULL,
    "sign" INTEGER NOT NULL,
    "balance" INTEGER NOT NULL,
    "open_from" TEXT NULL,
    "open_until" TEXT NULL,
    CONSTRAINT "fk_ledger_account_round_id" FOREIGN KEY ("round_id") REFERENCES "fund_round" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_ledger_account_scheme_id" FOREIGN KEY ("scheme_id") REFERENCES "scheme" ("id") ON DELETE RESTRICT
);


CREATE TABLE "scheme_version" (
    "scheme_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "starts" TEXT NOT NULL,
    "loaded_at" TEXT NOT NULL,
    "loaded_by" TEXT NOT NULL,
    "fingerprint" BLOB NOT NULL,
    "body" TEXT NOT NULL,
    CONSTRAINT "pk_scheme_version" PRIMARY KEY ("scheme_id", "number"),
    CONSTRAINT "fk_scheme_version_scheme_id" FOREIGN KEY ("scheme_id") REFERENCES "scheme" ("id") ON DELETE RESTRICT
);


CREATE TABLE "award_sample" (
    "id" TEXT NOT NULL CONSTRAINT "pk_award_sample" PRIMARY KEY,
    "month" TEXT NOT NULL,
    "award_id" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "organisation_id" TEXT NULL,
    "drawn_at" TEXT NOT NULL,
    "drawn_by" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "checked_at" TEXT NULL,
    "found" TEXT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "fk_award_sample_award_id" FOREIGN KEY ("award_id") REFERENCES "award" ("id") ON DELETE RESTRICT
);


CREATE TABLE "voucher" (
    "id" TEXT NOT NULL CONSTRAINT "pk_voucher" PRIMARY KEY,
    "award_id" TEXT NOT NULL,
    "letter_number" TEXT NOT NULL,
    "code_hash" BLOB NOT NULL,
    "printed_at" TEXT NOT NULL,
    "code_tries" INTEGER NOT NULL,
    "redeemed_at" TEXT NULL,
    "redeemed_by" TEXT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "fk_voucher_award_id" FOREIGN KEY ("award_id") REFERENCES "award" ("id") ON DELETE RESTRICT
);


CREATE TABLE "contact" (
    "id" TEXT NOT NULL CONSTRAINT "pk_contact" PRIMARY KEY,
    "request_id" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "worker_id" TEXT NULL,
    "way" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "next_on" TEXT NULL,
    "next_time" TEXT NULL,
    "next_way" TEXT NULL,
    CONSTRAINT "fk_contact_request_id" FOREIGN KEY ("request_id") REFERENCES "request" ("id") ON DELETE RESTRICT
);


CREATE TABLE "representation" (
    "request_id" TEXT NOT NULL CONSTRAINT "pk_representation" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "reach" TEXT NULL,
    "knows" TEXT NULL,
    "why" TEXT NULL,
    "at" TEXT NOT NULL,
    CONSTRAINT "fk_representation_request_id" FOREIGN KEY ("request_id") REFERENCES "request" ("id") ON DELETE RESTRICT
);


CREATE TABLE "request_need" (
    "request_id" TEXT NOT NULL,
    "need_id" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    CONSTRAINT "pk_request_need" PRIMARY KEY ("request_id", "need_id"),
    CONSTRAINT "fk_request_need_request_id" FOREIGN KEY ("request_id") REFERENCES "request" ("id") ON DELETE RESTRICT
);


CREATE TABLE "suspect_form" (
    "request_id" TEXT NOT NULL CONSTRAINT "pk_suspect_form" PRIMARY KEY,
    "why" TEXT NOT NULL,
    "held" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "decided_by" TEXT NULL,
    "decided_at" TEXT NULL,
    CONSTRAINT "fk_suspect_form_request_id" FOREIGN KEY ("request_id") REFERENCES "request" ("id") ON DELETE RESTRICT
);


CREATE UNIQUE INDEX "ix_account_email_folded" ON "account" ("email_folded");


CREATE UNIQUE INDEX "ix_account_single_sign_on" ON "account" ("single_sign_on");


CREATE INDEX "ix_address_household_id" ON "address" ("household_id");


CREATE INDEX "ix_address_postcode" ON "address" ("postcode");


CREATE INDEX "ix_agreement_need_organisation_id" ON "agreement_need" ("organisation_id");


CREATE UNIQUE INDEX "ix_agreement_version_agreement_id_number" ON "agreement_version" ("agreement_id", "number");


CREATE INDEX "ix_answer_household_id_fact" ON "answer" ("household_id", "fact");


CREATE UNIQUE INDEX "ix_api_key_hash" ON "api_key" ("hash");


CREATE INDEX "ix_api_key_worker_id" ON "api_key" ("worker_id");


CREATE INDEX "ix_application_household_id" ON "application" ("household_id");


CREATE INDEX "ix_application_scheme_id_status" ON "application" ("scheme_id", "status");


CREATE INDEX "ix_audit_event_epoch_position" ON "audit_event" ("epoch", "position");


CREATE INDEX "ix_audit_event_household_id" ON "audit_event" ("household_id");


CREATE UNIQUE INDEX "ix_audit_event_id" ON "audit_event" ("id");


CREATE INDEX "ix_audit_event_subject_id" ON "audit_event" ("subject_id");


CREATE INDEX "ix_award_application_id" ON "award" ("application_id");


CREATE INDEX "ix_award_household_id_effective_at" ON "award" ("household_id", "effective_at");


CREATE UNIQUE INDEX "ix_award_reference" ON "award" ("reference");


CREATE INDEX "ix_award_request_id" ON "award" ("request_id");


CREATE INDEX "ix_award_scheme_id_status_effective_at" ON "award" ("scheme_id", "status", "effective_at");


CREATE INDEX "ix_award_status_expires_on" ON "award" ("status", "expires_on");


CREATE INDEX "ix_award_sample_award_id" ON "award_sample" ("award_id");


CREATE INDEX "ix_award_sample_household_id" ON "award_sample" ("household_id");


CREATE UNIQUE INDEX "ix_award_sample_month_award_id" ON "award_sample" ("month", "award_id");


CREATE INDEX "ix_budget_household_id" ON "budget" ("household_id");


CREATE UNIQUE INDEX "ix_budget_request_id" ON "budget" ("request_id");


CREATE INDEX "ix_clock_pause_subject_request_id" ON "clock_pause" ("subject_request_id");


CREATE INDEX "ix_contact_request_id" ON "contact" ("request_id");


CREATE INDEX "ix_correction_subject_request_id" ON "correction" ("subject_request_id");


CREATE INDEX "ix_crisis_episode_household_id" ON "crisis_episode" ("household_id");


CREATE INDEX "ix_dataset_series" ON "dataset" ("series");


CREATE INDEX "ix_decision_application_id" ON "decision" ("application_id");


CREATE INDEX "ix_decision_review_household_id" ON "decision_review" ("household_id");


CREATE UNIQUE INDEX "ix_decision_review_reference" ON "decision_review" ("reference");


CREATE INDEX "ix_decision_review_request_id" ON "decision_review" ("request_id");


CREATE INDEX "ix_decision_review_state_answer_by" ON "decision_review" ("state", "answer_by");


CREATE INDEX "ix_disposal_run_started_at" ON "disposal_run" ("started_at");


CREATE INDEX "ix_door_organisation_id" ON "door" ("organisation_id");


CREATE UNIQUE INDEX "ix_draft_code_hash" ON "draft" ("code_hash");


CREATE INDEX "ix_draft_expires_at" ON "draft" ("expires_at");


CREATE INDEX "ix_emergency_opening_agreed_by_answer" ON "emergency_opening" ("agreed_by", "answer");


CREATE INDEX "ix_form_mark_at" ON "form_mark" ("at");


CREATE INDEX "ix_form_mark_kind_mark_at" ON "form_mark" ("kind", "mark", "at");


CREATE UNIQUE INDEX "ix_fund_name_authority" ON "fund" ("name", "authority");


CREATE UNIQUE INDEX "ix_fund_round_fund_id_key" ON "fund_round" ("fund_id", "key");


CREATE INDEX "ix_gain_household_id" ON "gain" ("household_id");


CREATE INDEX "ix_gain_request_id" ON "gain" ("request_id");


CREATE UNIQUE INDEX "ix_gap_need_id_district_place" ON "gap" ("need_id", "district", "place");


CREATE INDEX "ix_gap_step_gap_id" ON "gap_step" ("gap_id");


CREATE INDEX "ix_ground_cause_id" ON "ground" ("cause_id");


CREATE INDEX "ix_ground_household_id" ON "ground" ("household_id");


CREATE INDEX "ix_ground_organisation_id" ON "ground" ("organisation_id");


CREATE INDEX "ix_group_need_day" ON "group_need" ("day");


CREATE INDEX "ix_handover_cause_id" ON "handover" ("cause_id");


CREATE INDEX "ix_handover_household_id" ON "handover" ("household_id");


CREATE INDEX "ix_handover_organisation_id_state" ON "handover" ("organisation_id", "state");


CREATE UNIQUE INDEX "ix_handover_reference" ON "handover" ("reference");


CREATE INDEX "ix_handover_state_answer_by" ON "handover" ("state", "answer_by");


CREATE INDEX "ix_hold_household_id" ON "hold" ("household_id");


CREATE INDEX "ix_household_joined_to" ON "household" ("joined_to");


CREATE INDEX "ix_information_notice_kind_household_id_other_household_id" ON "information_notice" ("kind", "household_id", "other_household_id");


CREATE UNIQUE INDEX "ix_invitation_code_hash" ON "invitation" ("code_hash");


CREATE INDEX "ix_invitation_worker_id" ON "invitation" ("worker_id");


CREATE INDEX "ix_kept_form_worker_id" ON "kept_form" ("worker_id");


CREATE UNIQUE INDEX "ix_ledger_account_round_id_scheme_id_kind" ON "ledger_account" ("round_id", "scheme_id", "kind");


CREATE INDEX "ix_ledger_account_scheme_id" ON "ledger_account" ("scheme_id");


CREATE INDEX "ix_ledger_entry_account_id_effective_on" ON "ledger_entry" ("account_id", "effective_on");


CREATE INDEX "ix_ledger_entry_award_id" ON "ledger_entry" ("award_id");


CREATE UNIQUE INDEX "ix_ledger_entry_reverses_line" ON "ledger_entry" ("reverses", "line") WHERE reverses IS NOT NULL;


CREATE INDEX "ix_look_review_answer_at" ON "look_review" ("answer", "at");


CREATE INDEX "ix_look_review_household_id_worker_id" ON "look_review" ("household_id", "worker_id");


CREATE INDEX "ix_membership_household_id" ON "membership" ("household_id");


CREATE INDEX "ix_membership_person_id" ON "membership" ("person_id");


CREATE INDEX "ix_menu_weight_undone_at" ON "menu_weight" ("undone_at");


CREATE UNIQUE INDEX "ix_named_area_slug" ON "named_area" ("slug");


CREATE INDEX "ix_need_said_household_id" ON "need_said" ("household_id");


CREATE INDEX "ix_offer_choice_request_id" ON "offer_choice" ("request_id");


CREATE UNIQUE INDEX "ix_organisation_handle" ON "organisation" ("handle");


CREATE INDEX "ix_outbox_message_cause_id" ON "outbox_message" ("cause_id");


CREATE INDEX "ix_outbox_message_state_due_at" ON "outbox_message" ("state", "due_at");


CREATE INDEX "ix_partner_reach_place" ON "partner_reach" ("place");


CREATE INDEX "ix_passkey_worker_id" ON "passkey" ("worker_id");


CREATE INDEX "ix_permission_household_id" ON "permission" ("household_id");


CREATE INDEX "ix_person_date_of_birth" ON "person" ("date_of_birth");


CREATE INDEX "ix_person_folded_last" ON "person" ("folded_last");


CREATE INDEX "ix_person_folded_name" ON "person" ("folded_name");


CREATE INDEX "ix_person_same_as" ON "person" ("same_as");


CREATE INDEX "ix_person_join_match_id" ON "person_join" ("match_id");


CREATE INDEX "ix_place_action_work_id" ON "place_action" ("work_id");


CREATE INDEX "ix_place_note_work_id" ON "place_note" ("work_id");


CREATE INDEX "ix_place_work_kind_due_on" ON "place_work" ("kind", "due_on");


CREATE INDEX "ix_place_work_place_kind" ON "place_work" ("place", "kind");


CREATE INDEX "ix_possible_match_other_person_id" ON "possible_match" ("other_person_id");


CREATE UNIQUE INDEX "ix_possible_match_person_id_other_person_id" ON "possible_match" ("person_id", "other_person_id");


CREATE INDEX "ix_posting_seat_id" ON "posting" ("seat_id");


CREATE UNIQUE INDEX "ix_published_edition_series_number" ON "published_edition" ("series", "number");


CREATE UNIQUE INDEX "ix_quarantined_row_fingerprint" ON "quarantined_row" ("fingerprint");


CREATE INDEX "ix_quarantined_row_import_id_row" ON "quarantined_row" ("import_id", "row");


CREATE INDEX "ix_read_event_epoch_position" ON "read_event" ("epoch", "position");


CREATE UNIQUE INDEX "ix_read_event_id" ON "read_event" ("id");


CREATE INDEX "ix_request_district_submitted_at" ON "request" ("district", "submitted_at");


CREATE INDEX "ix_request_door_id" ON "request" ("door_id");


CREATE INDEX "ix_request_household_id" ON "request" ("household_id");


CREATE INDEX "ix_request_queue_rank_submitted_at" ON "request" ("queue_rank", "submitted_at");


CREATE UNIQUE INDEX "ix_request_reference" ON "request" ("reference");


CREATE UNIQUE INDEX "ix_request_scheme_id_source_reference" ON "request" ("scheme_id", "source_reference");


CREATE INDEX "ix_request_status_answer_by" ON "request" ("status", "answer_by");


CREATE INDEX "ix_request_submitted_at" ON "request" ("submitted_at");


CREATE INDEX "ix_safe_contact_person_id" ON "safe_contact" ("person_id");


CREATE INDEX "ix_safe_contact_phone" ON "safe_contact" ("phone");


CREATE INDEX "ix_scheme_round_id" ON "scheme" ("round_id");


CREATE INDEX "ix_service_change_number" ON "service" ("change_number");


CREATE INDEX "ix_service_duplicate_newer_id" ON "service_duplicate" ("newer_id");


CREATE UNIQUE INDEX "ix_service_duplicate_older_id_newer_id" ON "service_duplicate" ("older_id", "newer_id");


CREATE INDEX "ix_service_duplicate_state" ON "service_duplicate" ("state");


CREATE INDEX "ix_service_edit_service_id" ON "service_edit" ("service_id");


CREATE INDEX "ix_service_edit_state" ON "service_edit" ("state");


CREATE INDEX "ix_service_report_closed_at" ON "service_report" ("closed_at");


CREATE INDEX "ix_service_report_service_id" ON "service_report" ("service_id");


CREATE UNIQUE INDEX "ix_setting_key_version" ON "setting" ("key", "version");


CREATE INDEX "ix_sitting_seen_at" ON "sitting" ("seen_at");


CREATE UNIQUE INDEX "ix_sitting_token_hash" ON "sitting" ("token_hash");


CREATE INDEX "ix_staff_session_worker_id" ON "staff_session" ("worker_id");


CREATE INDEX "ix_subject_item_subject_request_id_number" ON "subject_item" ("subject_request_id", "number");


CREATE INDEX "ix_subject_mark_item_id" ON "subject_mark" ("item_id");


CREATE INDEX "ix_subject_mark_subject_request_id" ON "subject_mark" ("subject_request_id");


CREATE INDEX "ix_subject_pack_subject_request_id" ON "subject_pack" ("subject_request_id");


CREATE INDEX "ix_subject_record_household_id" ON "subject_record" ("household_id");


CREATE UNIQUE INDEX "ix_subject_request_reference" ON "subject_request" ("reference");


CREATE INDEX "ix_subject_request_state_received_on" ON "subject_request" ("state", "received_on");


CREATE INDEX "ix_suspect_form_state_at" ON "suspect_form" ("state", "at");


CREATE UNIQUE INDEX "ix_take_up_letter_run_id_reference" ON "take_up_letter" ("run_id", "reference");


CREATE INDEX "ix_take_up_run_at" ON "take_up_run" ("at");


CREATE INDEX "ix_team_seat_place" ON "team_seat" ("place");


CREATE INDEX "ix_tie_worker_id" ON "tie" ("worker_id");


CREATE INDEX "ix_unusual_seen_day" ON "unusual_seen" ("day");


CREATE UNIQUE INDEX "ix_voucher_award_id" ON "voucher" ("award_id");


CREATE UNIQUE INDEX "ix_voucher_letter_number" ON "voucher" ("letter_number");


CREATE INDEX "ix_webhook_organisation_id" ON "webhook" ("organisation_id");


CREATE INDEX "ix_webhook_event_state_due_at" ON "webhook_event" ("state", "due_at");


CREATE INDEX "ix_webhook_event_webhook_id_at" ON "webhook_event" ("webhook_id", "at");


CREATE UNIQUE INDEX "ix_worker_handle" ON "worker" ("handle");


CREATE INDEX "ix_worker_organisation_id" ON "worker" ("organisation_id");


CREATE INDEX "ix_wrong_tries_last_at" ON "wrong_tries" ("last_at");

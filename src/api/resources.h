/* The handlers of the routes, by the file that holds them. */
#ifndef ONDO_API_RESOURCES_H
#define ONDO_API_RESOURCES_H

#include "call.h"

/* session_answer.c */
Status session_create_answer(Call *call);
/** Ends the session of the request's cookie. */
Status session_delete_answer(Call *call);
/** Ends every session of the person; with ?others=true all but this one. */
Status session_delete_all(Call *call);
/** Who is signed in, with rights and language. */
Status me_read(Call *call);
/** Changes the person's own manners and what the page keeps for them, and nothing else. */
Status me_update(Call *call);
/** Changes the person's own password, which asks for the present one. */
Status me_password(Call *call);
/** The person's sessions, the present one marked. */
Status me_sessions(Call *call);
/** Ends one of the person's own sessions. */
Status me_session_delete(Call *call);
/** Hands out a password to another user; needs the right "users". */
Status user_password(Call *call);
/** Signs another user out everywhere; needs the right "users". */
Status user_sessions_delete(Call *call);

/* own_tokens.c */
/** The tokens of the person's programs, without the secrets. */
Status me_tokens(Call *call);
/** Makes a token, whose secret stands in this answer alone; needs a sign-in by password. */
Status me_token_create(Call *call);
/** Revokes one of the person's own tokens. */
Status me_token_delete(Call *call);
/* notifications.c */
/** Marks one's notifications as read: some, or all up to an instant. */
Status notifications_read(Call *call);
/** Marks them as unread: some, or those that were marked at an instant. */
Status notifications_unread(Call *call);

/* deadline_answer.c */
/** The deadlines that count for a record, with what they rest on. */
Status deadlines_answer(Call *call);
/* review_answer.c */
/** The weekly review: questions by likeness, and needs, with their trend. */
Status review_read(Call *call);
/* safety_pdf.c */
/** A safety report on one sheet, as PDF. */
Status safety_report_pdf(Call *call);

/* records.c */
Status records_list(Call *call);
/** Creates a record with its children: 201, Location, ETag. */
Status records_create(Call *call);
/** One record with its ETag. */
Status records_read(Call *call);
/** Merges the members of a patch (RFC 7396); If-Match guards it. */
Status records_update(Call *call);
/** Deletes softly; If-Match guards it. */
Status records_delete(Call *call);
/** Brings back a deleted record with its children. */
Status records_restore(Call *call);
/** The record's entries of the journal, also of a deleted one. */
Status records_history(Call *call);
/* access_answer.c */
/** Each verb and field with a yes or no, why, and what would change it; ?user= of somebody else. */
Status records_access(Call *call);
/* institution_map.c */
/** Who decides at an institution: roles in order, people, gaps, and its temperature with its parts.
 */
Status institution_map(Call *call);
/** Sets the order in which decisions go through the roles, for a product or for all; the map. */
Status institution_path_set(Call *call);
/* committee_board.c */
/** Drug committees by countdown, with members, contacts, plan and outcome; ?scope= and ?days=. */
Status committee_board(Call *call);
/* record_lines.c */
Status records_bulk(Call *call);
/* batches.c */
/** One change to many records, or its preview: 200 when it ended in time, 202 while it goes on. */
Status records_change(Call *call);
/** The person's own batches, newest first. */
Status batches_list(Call *call);
/** One batch with its progress. */
Status batches_read(Call *call);
/** Stops a preview that goes on. */
Status batches_cancel(Call *call);
/** Takes a batch back; answered as records_change is. */
Status batches_undo(Call *call);
/* handover.c */
Status handover_pack(Call *call);
/** Notes that the successor has read the pack. */
Status handover_read_answer(Call *call);
/** A memo that the pack says is missing, written by the predecessor in the doctor's story. */
Status handover_memo_answer(Call *call);
/* handover_pdf.c */
/** The pack as one sheet of A4. */
Status handover_pack_pdf(Call *call);
/** The pack as the request's Accept asks for it: JSON, or the sheet. */
Status handover_pack_answer(Call *call);
/* handover_doctors.c */
/** The handovers of a plan as a list, each with how the doctor stands now. */
Status handover_doctors(Call *call);
/* handover_start.c */
/** Which plans the chosen doctors would come into, and who would be left out. */
Status handover_foresee(Call *call);
/** Makes these plans. */
Status handover_begin(Call *call);

/* sample_answer.c */
/** What there is of the demo company, and what of people's own hangs on it. */
Status sample_show(Call *call);
/** Removes it; 200 when it ended in time, 202 while it goes on. */
Status sample_delete(Call *call);
/* story.c */
/** How far the reader has read a doctor's story, and how much is new since. */
Status story_show(Call *call);
/** Notes how far it was read. */
Status story_read_answer(Call *call);
/* material_answer.c */
/** The approved material that a doctor is offered now, and tags that suggest themselves. */
Status material_show(Call *call);
/* playbooks.c */
/** The runs of playbooks for a record, with their steps, and what could be started. */
Status playbooks_show(Call *call);
/** Starts one, or tells with "preview" what its steps and dates would be. */
Status playbooks_start(Call *call);
/** Stops a run, with the person's reason. */
Status playbooks_stop(Call *call);
/* playbook_versions.c */
/** Moves a run to the version in force, or tells with "preview" what that would change. */
Status playbooks_move(Call *call);
/** The earlier versions that runs still go by, with some of these. */
Status playbook_versions_show(Call *call);
/** Moves a round of the runs of one version. */
Status playbook_versions_move(Call *call);
/* timeline.c */
Status records_timeline(Call *call);
/* note_answer.c */
/** What a quick note seems to say, and where; keeps nothing. */
Status note_parse_answer(Call *call);
/* form_answer.c */
/** The form that a new record is asked for with; ?object= and the references that are known. */
Status form_answer(Call *call);
/* visit_check.c */
/** What a visit that is being written is worth, and what its promises lack; keeps nothing. */
Status visit_check_answer(Call *call);
/* lint_answer.c */
/** What in a text others should look at, and why; keeps nothing. */
Status lint_answer(Call *call);
/* search.c */
Status search_all(Call *call);
/* feed.c */
Status changes_list(Call *call);
/** Opens a stream of server-sent events for the reader. */
Status events_open(Call *call);
/* journal_answer.c */
/** Entries of the whole journal by what is looked for; needs the right "journal". */
Status journal_find(Call *call);
/** One entry with the chain up to its signature, computed anew. */
Status journal_prove(Call *call);
/* dashboards.c */
Status dashboards_list(Call *call);
/** One dashboard with its figures. */
Status dashboards_read(Call *call);
/** A dashboard as a file. */
Status dashboards_export(Call *call);
/* mail_answer.c */
Status mail_read(Call *call);
/** Which kinds of notices the daily digest tells, and at what hour; no kinds end it. */
Status mail_digest_change(Call *call);
/** Has a dashboard mailed once a week, as the person may see it at that moment. */
Status mail_subscribe(Call *call);
/** Another day and hour for one of the person's own subscriptions. */
Status mail_subscription_change(Call *call);
/** Ends one of the person's own subscriptions. */
Status mail_unsubscribe(Call *call);
/** Puts a test mail into the outbox. */
Status mail_try(Call *call);
/** The last mails of everybody and what became of them; needs the right "configure". */
Status mail_outbox(Call *call);
Status mail_unsubscribe_page(Call *call);
Status mail_unsubscribe_by_token(Call *call);
/* calendar_answer.c */
Status calendar_read_own(Call *call);
/**
 * A new secret address for the person's calendar. It stands in this answer alone, and an older one
 * is worthless from now on.
 */
Status calendar_make(Call *call);
/** Makes the address worthless; calendar programs get 404 from then on. */
Status calendar_revoke(Call *call);
/** The calendar itself, for whoever knows its address. */
Status calendar_feed(Call *call);
/* scores.c */
/** The scores that there are, with their parts and levels. */
Status scores_list(Call *call);
/** A score held against what happened afterwards; ?from= ?to= ?horizon= ?step=. */
Status scores_backtest(Call *call);
/** Writes one score of a record, also of one that is not saved yet, as the next route shows it. */
MUST_USE Status score_write_of(Call *call, const Score *score, const Record *record);
/** The scores of one record: what they are made of, as sentences. */
Status records_scores(Call *call);
/* definitions.c: all need the right "configure" */
/** Every definition with its origin and newest version; ?kind= narrows, ?body=true adds the body.
 */
Status definitions_list(Call *call);
/** One, with the body in force, the one shipped, and its versions. */
Status definitions_read(Call *call);
/** One version; 0 is what was shipped. */
Status definitions_read_version(Call *call);
/** What publishing the body would refuse; keeps nothing. */
Status definitions_check(Call *call);
/** Publishes the body as a new version. */
Status definitions_publish(Call *call);
/** Publishes an older version, or what was shipped, anew. */
Status definitions_revert(Call *call);
/* studio.c: all need the right "configure" */
/** What publishing several together would refuse; keeps nothing. */
Status definition_set_check(Call *call);
/** Publishes several together, all or none. */
Status definition_set_publish(Call *call);
/** Those in force as a file, which definition_set_publish takes. */
Status definition_set_export(Call *call);
/** What a rule would have done lately. */
Status definition_preview_rule(Call *call);
/** Rankings: by what measures, bands and levels. */
Status rankings_list(Call *call);
/** ranking_grid.c: the reader's records by the bands of the first two measures. */
Status ranking_grid(Call *call);
/** Where one record stands in its rankings. */
Status records_rankings(Call *call);
/** Whom other weights and bounds of a score would move. */
Status definition_preview_score(Call *call);
/** A dashboard as it would be, filled. */
Status definition_preview_dashboard(Call *call);
/** How many records hold each choice of a field. */
Status definition_choice_usage(Call *call);
/** Retires a choice and moves its records to another; answered as records_change is. */
Status definition_choice_merge(Call *call);
/* description.c */
Status model_describe(Call *call);
/** The OpenAPI description, open to everybody. */
Status openapi_read(Call *call);
/* health.c */
Status health_live(Call *call);
/** 200 while the database answers, otherwise 503. */
Status health_ready(Call *call);
/** Counters of server and store for Prometheus. */
Status health_metrics(Call *call);
/* attachment.c */
Status attachment_create(Call *call);
/** The files attached to a record that the reader may read, the newest first. */
Status attachment_list(Call *call);
/** A file's bytes, for whoever may read the record that it is attached to. */
Status attachment_read(Call *call);
/* transfer.c */
Status records_export(Call *call);
/** What a file is, and with a map what its import would do. */
Status import_check(Call *call);
/** How far the person's own check under that id is, while one is under way in this process. */
Status import_check_look(Call *call);
/** Tells that check to stop: 202, with how far it is. */
Status import_check_cancel(Call *call);
/** Imports a file: 200 when it ended in time, 202 while it goes on. */
Status import_run(Call *call);
/** Imports made, newest first. */
Status import_list(Call *call);
/** One import with its progress. */
Status import_read(Call *call);
/** The file of rows that an import did not take. */
Status import_rejected(Call *call);
/** Takes an import back; answered as import_run is. */
Status import_undo(Call *call);
/* staged_import.c */
/** Brings a file that is looked at, mended and imported later: 201. */
Status import_upload(Call *call);
/** What the file is; with a map what its import would do, and the rows that would fail. */
Status import_rehearse(Call *call);
/** The rows that would not be taken, as a file to be mended elsewhere. */
Status import_foresee_rejected(Call *call);
/** How far the person's own rehearsal of it is, while one is under way in this process. */
Status import_rehearsal_look(Call *call);
/** Tells that rehearsal to stop: 202, with how far it is. */
Status import_rehearsal_cancel(Call *call);
/** Imports a staged file; answered as import_run is. */
Status import_run_staged(Call *call);
/** Asks a running import to stop and to take back what it has done: 202. */
Status import_cancel(Call *call);
/** What an undo would do now. */
Status import_undo_foresee(Call *call);
/** What was settled for a staged file so far; its ETag guards it. */
Status import_draft_read(Call *call);
/** Saves it; If-Match keeps two people from overwriting each other. */
Status import_draft_save(Call *call);
/** Stages the file of an import once more that was cancelled, failed or undone: 201. */
Status import_again(Call *call);
/** Throws a staged file away. */
Status import_drop(Call *call);

#endif

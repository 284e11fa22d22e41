/*
 * A safety report on one sheet, for the system of the safety department or the telephone. It shows
 * what the reader may read of the record, field by field with the labels of the form, and what is
 * missing; it has no place for a patient's name because the record has none.
 */
#include "paper.h"
#include "resources.h"
#include "titles.h"
#include "zone.h"

/* The sheet while it is filled: where from, and onto what. */
typedef struct Sheet {
    Call *call;
    Paper *paper;
    const Record *report;
} Sheet;

static Str say(const Sheet *sheet, const char *code) {
    return texts_sentence(sheet->call->business->texts, sheet->call->arena, sheet->call->actor.lang,
                          str_of(code), (Str[PROBLEM_ARGUMENTS]){{0}});
}

/* A slot is the value in the reader's language and zone, as templates write it. */
static Status value_in_words(const Sheet *sheet, const Field *field, Str *out) {
    Call *call = sheet->call;
    Str slot = field->type == FIELD_REFERENCE
                   ? str_format(call->arena, "{%.*s.title}", STR_ARGS(field->name))
                   : str_format(call->arena, "{%.*s}", STR_ARGS(field->name));
    return expression_fill(&call->context, slot, sheet->report, out);
}

static Status write_fields(const Sheet *sheet, const char *const *names) {
    const Call *call = sheet->call;
    for (int i = 0; names[i]; i++) {
        const Field *field = object_field(sheet->report->object, str_of(names[i]));
        Str value;
        if (!field || !access_may_read_field(&call->actor, sheet->report->object, field)) continue;
        if (value_is_null(&sheet->report->values[field->index])) continue;
        Status status = value_in_words(sheet, field, &value);
        if (status != STATUS_OK) return status;
        if (field->type == FIELD_LONG_TEXT) {
            paper_item(sheet->paper, value, label_in(&field->label, call->actor.lang));
        } else {
            paper_fact(sheet->paper, label_in(&field->label, call->actor.lang), value);
        }
    }
    return STATUS_OK;
}

static Status write_section(const Sheet *sheet, const char *title, PaperTone tone,
                            const char *const *fields) {
    paper_section(sheet->paper, (PaperSection){.title = say(sheet, title), .tone = tone});
    return write_fields(sheet, fields);
}

/* First the time that is left, then what is known, then what is not. */
static Status write_sheet(const Sheet *sheet) {
    static const char *const TIMES[] = {"aware_at",
                                        "company_due_at",
                                        "regulator_due_at",
                                        "field_alert_due_at",
                                        "submitted_at",
                                        "received_at",
                                        "market",
                                        "state",
                                        NULL};
    static const char *const EVENT[] = {"event",     "quote", "situations",   "seriousness",
                                        "complaint", "harm",  "expectedness", NULL};
    static const char *const PRODUCT[] = {"product", "product_name", "lot",
                                          "expiry",  "retained",     NULL};
    static const char *const PATIENT[] = {"patient_age", "patient_sex", NULL};
    static const char *const REPORTER[] = {"hcp",   "reporter_kind", "hco", "contact_allowed",
                                           "owner", "safety_number", NULL};
    static const char *const MISSING[] = {"missing", NULL};
    Call *call = sheet->call;
    paper_text(sheet->paper, PAPER_TITLE, record_title(&call->context, sheet->report));
    paper_text(sheet->paper, PAPER_SMALL, id_text(call->arena, sheet->report->id));
    Status status = write_section(sheet, "safety_sheet_times", PAPER_WARNING, TIMES);
    if (status == STATUS_OK)
        status = write_section(sheet, "safety_sheet_event", PAPER_PLAIN, EVENT);
    if (status == STATUS_OK) {
        status = write_section(sheet, "safety_sheet_product", PAPER_PLAIN, PRODUCT);
    }
    if (status == STATUS_OK) {
        status = write_section(sheet, "safety_sheet_patient", PAPER_PLAIN, PATIENT);
    }
    if (status == STATUS_OK) {
        status = write_section(sheet, "safety_sheet_reporter", PAPER_PLAIN, REPORTER);
    }
    if (status != STATUS_OK || value_is_null(record_value(sheet->report, STR("missing")))) {
        return status;
    }
    return write_section(sheet, "safety_sheet_missing", PAPER_WARNING, MISSING);
}

Status safety_report_pdf(Call *call) {
    Record report;
    PaperResult result;
    Status status =
        record_read(&call->context, model_object(call->business->model, STR("safety_report")),
                    call->id, &report);
    if (status != STATUS_OK) return status;
    Sheet sheet = {.call = call, .report = &report};
    Paper *paper CLEANUP(paper_drop) =
        paper_new((PaperOptions){.type = call->actor.lang,
                                 .title = record_title(&call->context, &report),
                                 .footer = say(&sheet, "safety_sheet_footer"),
                                 .more = say(&sheet, "handover_pack_more"),
                                 .pages = 1});
    sheet.paper = paper;
    status = write_sheet(&sheet);
    if (status != STATUS_OK) return status;
    http_response_header(call->response, "Content-Type", STR("application/pdf"));
    http_response_header(call->response, "Content-Disposition",
                         STR("inline; filename=\"safety_report.pdf\""));
    return paper_write(paper, &call->response->body, &result);
}

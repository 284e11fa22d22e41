/*
 * "Why can't X see this?": each verb and field with its answer, the sentence that explains it and
 * what would have to change. The decision is access_decide's alone; here it is only put into words,
 * from the role, the scope and the person whose record it is.
 */
#include "access.h"
#include "resources.h"
#include "system_actor.h"

/* Whose record it is, and the records through which that is found: a visit is its doctor's. */
typedef struct Belonging {
    bool everybodys;
    Id owner, team; /* none: nobody's, of no team */
    Str owner_name, team_name;
    Record through[OWNERSHIP_STEPS_MOST];
    int steps;
} Belonging;

/* Who is asked about. */
typedef struct Subject {
    Actor actor;
    Str name, role, role_label;
    bool active;
} Subject;

/* One question "why may they, or may they not?", while its answer is put together. */
typedef struct Why {
    Call *call;
    Context *system; /* reads what the asker may not: only names of people get out */
    const Object *object;
    Record record;
    bool deleted;
    Subject subject;
    Belonging belonging;
} Why;

/* ---- Sentences ---- */

static Str sentence_of(const Why *why, const char *code, Str first, Str second, Str third) {
    const Str facts[PROBLEM_ARGUMENTS] = {first, second, third};
    return texts_sentence(why->call->business->texts, why->call->arena, why->call->actor.lang,
                          str_of(code), facts);
}

/* Sentences of Chinese and Japanese follow each other without a blank. */
static Str join(const Why *why, Str first, Str second) {
    if (str_empty(first) || str_empty(second)) return str_empty(first) ? second : first;
    Str blank = why->call->actor.lang == LANG_EN ? STR(" ") : STR("");
    return str_join(why->call->arena, str_join(why->call->arena, first, blank), second);
}

static Str verb_word(const Why *why, Verb verb) {
    Str code = str_join(why->call->arena, STR("access_verb_"), verb_name(verb));
    return sentence_of(why, code.data, (Str){0}, (Str){0}, (Str){0});
}

static Str plural_of(const Why *why) {
    return label_in(&why->object->plural, why->call->actor.lang);
}

/* ---- Finding out ---- */

/* A person's name; empty for nobody. */
static Status read_person(const Why *why, Id id, Str *name, Id *team) {
    Record person;
    const Object *users = model_object(why->call->business->model, STR("user"));
    if (id_none(id)) return STATUS_OK;
    Status status = record_read(why->system, users, id, &person);
    if (status == STATUS_NOT_FOUND) {
        status = record_read_deleted(why->system, users, id, &person);
    }
    if (status != STATUS_OK) return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    *name = record_title(why->system, &person);
    const Value *of_team = record_value(&person, STR("team"));
    *team = of_team->kind == VALUE_ID ? of_team->id : (Id){0};
    return STATUS_OK;
}

static Status read_team(Why *why) {
    Record team;
    const Object *teams = model_object(why->call->business->model, STR("team"));
    if (!teams || id_none(why->belonging.team)) return STATUS_OK;
    Status status = record_read(why->system, teams, why->belonging.team, &team);
    if (status == STATUS_OK) why->belonging.team_name = record_title(why->system, &team);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The record that `record` belongs with, when it names one: the first reference that is set. */
static Status step_up(const Why *why, const Record *record, Record *out) {
    const Ownership *ownership = &record->object->ownership;
    for (size_t i = 0; i < ownership->via_count; i++) {
        const Field *field = object_field(record->object, ownership->via[i]);
        const Value *value = &record->values[field->index];
        if (value->kind != VALUE_ID) continue;
        const Object *target = field_target(why->call->business->model, field);
        Status status = record_read(why->system, target, value->id, out);
        return status == STATUS_NOT_FOUND ? record_read_deleted(why->system, target, value->id, out)
                                          : status;
    }
    return STATUS_NOT_FOUND;
}

/* Its own owner counts first, as it does for every verb; the way up is gone only without. */
static Status find_owner(Why *why) {
    Belonging *belonging = &why->belonging;
    Record at = why->record;
    for (;;) {
        const Ownership *ownership = &at.object->ownership;
        const Value *owner = record_value(&at, ownership->owner);
        belonging->everybodys = str_empty(ownership->owner) && !ownership->via_count;
        if (owner->kind == VALUE_ID) belonging->owner = owner->id;
        if (owner->kind == VALUE_ID || !ownership->via_count) break;
        if (belonging->steps == OWNERSHIP_STEPS_MOST) break;
        Status status = step_up(why, &at, &belonging->through[belonging->steps]);
        if (status == STATUS_NOT_FOUND) break;
        if (status != STATUS_OK) return status;
        at = belonging->through[belonging->steps++];
    }
    Status status = read_person(why, belonging->owner, &belonging->owner_name, &belonging->team);
    return status == STATUS_OK ? read_team(why) : status;
}

/* Deleted ones are told of only to those who manage users: others find nothing, as everywhere. */
static Status find_record(Why *why) {
    Call *call = why->call;
    Status status = record_read(why->system, why->object, call->id, &why->record);
    bool manager = access_may(&call->actor, STR("users"));
    if (status != STATUS_NOT_FOUND || !manager) return status;
    status = record_read_deleted(why->system, why->object, call->id, &why->record);
    why->deleted = status == STATUS_OK;
    if (status != STATUS_NOT_FOUND) return status;
    problem_add(&call->problem, STR(""), "access_no_record",
                label_in(&why->object->label, call->actor.lang));
    return status;
}

static void take_role(Why *why, Str role) {
    Subject *subject = &why->subject;
    subject->role = role;
    subject->actor.role = roles_find(why->call->business->roles, role);
    subject->role_label = subject->actor.role
                              ? label_in(role_label(subject->actor.role), why->call->actor.lang)
                              : role;
}

/* The reader themself, who is active and has a role, or nobody would have got here. */
static Status take_reader(Why *why) {
    Id team;
    why->subject = (Subject){.actor = why->call->actor, .active = true};
    take_role(why, role_name(why->call->actor.role));
    return read_person(why, why->call->actor.user, &why->subject.name, &team);
}

static Status take_user(Why *why, Id id) {
    Call *call = why->call;
    Record user;
    const Object *users = model_object(call->business->model, STR("user"));
    Status status = record_read(why->system, users, id, &user);
    if (status == STATUS_NOT_FOUND) return call_refuse(call, status, "/user", "access_no_user");
    if (status != STATUS_OK) return status;
    const Value *role = record_value(&user, STR("role")), *team = record_value(&user, STR("team"));
    const Value *active = record_value(&user, STR("active"));
    why->subject = (Subject){.actor = call->actor,
                             .name = record_title(why->system, &user),
                             .active = active->kind == VALUE_BOOLEAN && active->boolean};
    why->subject.actor.user = id;
    why->subject.actor.team = team->kind == VALUE_ID ? team->id : (Id){0};
    take_role(why, role->kind == VALUE_TEXT ? role->text : STR(""));
    return STATUS_OK;
}

/* Asking about others is the business of who manages users. */
static Status find_subject(Why *why) {
    Call *call = why->call;
    Str text = call_parameter(call, "user");
    Id id;
    if (str_empty(text) || str_is(text, "me")) return take_reader(why);
    if (!access_may(&call->actor, STR("users"))) {
        return call_refuse(call, STATUS_DENIED, "", "denied");
    }
    if (!id_parse(text, &id)) return call_refuse(call, STATUS_INVALID, "/user", "id");
    return take_user(why, id);
}

/* ---- Verbs ---- */

/* What holds whatever the role says: NULL when nothing does. */
static const char *general_refusal(const Why *why, Verb verb) {
    bool reads = verb == VERB_READ || verb == VERB_EXPORT;
    if (!why->subject.active) return "access_inactive";
    if (!why->subject.actor.role) return "access_role_gone";
    if (why->deleted && verb != VERB_CREATE && verb != VERB_IMPORT) return "access_deleted";
    if (why->object->system_only && !reads) return "access_system_only";
    bool rewrites = verb == VERB_UPDATE || verb == VERB_DELETE;
    return why->object->append_only && rewrites ? "access_append_only" : NULL;
}

/* Who it belongs to is said only where it matters, to those who may know. */
static Str belonging_sentence(const Why *why) {
    const Belonging *belonging = &why->belonging;
    Str told = {0};
    for (int i = 0; i < belonging->steps; i++) {
        const Record *through = &belonging->through[i];
        told = join(why, told,
                    sentence_of(why, "access_through",
                                label_in(&through->object->label, why->call->actor.lang),
                                record_title(why->system, through), (Str){0}));
    }
    if (id_none(belonging->owner)) {
        return join(why, told, sentence_of(why, "access_nobodys", (Str){0}, (Str){0}, (Str){0}));
    }
    const char *code = str_empty(belonging->team_name) ? "access_owner" : "access_owner_team";
    return join(why, told,
                sentence_of(why, code, belonging->owner_name, belonging->team_name, (Str){0}));
}

static const char *const ALLOWED[] = {
    [SCOPE_OWN] = "access_ok_own", [SCOPE_TEAM] = "access_ok_team", [SCOPE_ALL] = "access_ok_all"};
static const char *const REFUSED[] = {[SCOPE_NONE] = "access_why_verb",
                                      [SCOPE_OWN] = "access_why_own",
                                      [SCOPE_TEAM] = "access_why_team"};

/* An answer in words: why it is so, and what would make it otherwise (empty when allowed). */
typedef struct Answer {
    bool allowed;
    const char *code;
    Scope scope;
    Str message, remedy;
} Answer;

static void explain_general(const Why *why, Answer *answer) {
    Str remedy = str_join(why->call->arena, str_of(answer->code), STR("_remedy"));
    answer->message =
        sentence_of(why, answer->code, why->subject.name, why->subject.role_label, plural_of(why));
    answer->remedy =
        sentence_of(why, remedy.data, why->subject.name, why->subject.role_label, plural_of(why));
}

/* Whether the asker may be told whose the record is. */
static Status may_know(const Why *why, bool *out) {
    AccessDecision decision;
    *out = access_may(&why->call->actor, STR("users"));
    if (*out) return STATUS_OK;
    Status status = access_decide(&why->call->context, &why->record, VERB_READ, &decision);
    *out = status == STATUS_OK && decision.allowed;
    return status;
}

static Status explain(const Why *why, Verb verb, Answer *answer) {
    const Subject *subject = &why->subject;
    const char *code = answer->allowed ? ALLOWED[answer->scope] : REFUSED[answer->scope];
    bool known, scoped = answer->scope == SCOPE_OWN || answer->scope == SCOPE_TEAM;
    Status status = may_know(why, &known);
    if (status != STATUS_OK) return status;
    if (scoped && why->belonging.everybodys) {
        code = "access_ok_everybodys";
        scoped = false;
    }
    answer->message =
        sentence_of(why, code, subject->role_label, verb_word(why, verb), plural_of(why));
    if (scoped && known) answer->message = join(why, answer->message, belonging_sentence(why));
    if (answer->allowed) return STATUS_OK;
    answer->remedy = scoped ? sentence_of(why, "access_remedy_scope", subject->name,
                                          subject->role_label, verb_word(why, verb))
                            : sentence_of(why, "access_remedy_verb", subject->role_label,
                                          verb_word(why, verb), plural_of(why));
    return STATUS_OK;
}

static Status decide(const Why *why, Verb verb, Answer *answer) {
    *answer = (Answer){.code = general_refusal(why, verb),
                       .scope = access_scope(&why->subject.actor, why->object, verb)};
    if (answer->code) {
        explain_general(why, answer);
        return STATUS_OK;
    }
    Context asking = why->call->context;
    AccessDecision decision;
    asking.actor = &why->subject.actor;
    Status status = access_decide(&asking, &why->record, verb, &decision);
    if (status != STATUS_OK) return status;
    answer->allowed = decision.allowed;
    answer->code = decision.code;
    return explain(why, verb, answer);
}

static void write_answer(JsonWriter *json, const Answer *answer) {
    json_open_object(json);
    json_member_boolean(json, "allowed", answer->allowed);
    json_member_text(json, "code", str_of(answer->code));
    json_member_text(json, "scope", scope_name(answer->scope));
    json_member_text(json, "message", answer->message);
    json_member_text(json, "remedy", answer->remedy);
    json_close_object(json);
}

/* ---- Fields ---- */

/* Why the field may not be seen or set; "access_ok" when it may. */
static const char *field_code(const Why *why, const Field *field) {
    const Actor *actor = &why->subject.actor;
    if (!access_may_read_field(actor, why->object, field)) return "access_field_hidden";
    if (field->rollup || field->system) return "access_field_system";
    if (!access_may_write_field(actor, why->object, field)) return "access_field_read_only";
    return field->immutable ? "access_field_immutable" : "access_ok";
}

/* A field is open when the record is; the record's own answer stands above the list. */
static void write_field(const Why *why, const Field *field, bool readable, bool writable) {
    JsonWriter *json = &why->call->json;
    const char *code = field_code(why, field);
    Str label = label_in(&field->label, why->call->actor.lang);
    bool plain = strcmp(code, "access_ok") == 0;
    json_open_object(json);
    json_member_text(json, "name", field->name);
    json_member_text(json, "label", label);
    json_member_boolean(json, "readable", readable && strcmp(code, "access_field_hidden") != 0);
    json_member_boolean(json, "writable", writable && plain);
    json_member_text(json, "code", str_of(code));
    json_member_text(
        json, "message",
        plain ? STR("") : sentence_of(why, code, why->subject.role_label, label, (Str){0}));
    json_close_object(json);
}

/* Names of fields that the asker may not see are not told here either. */
static void write_fields(const Why *why, const Answer answers[VERB_COUNT]) {
    JsonWriter *json = &why->call->json;
    json_key(json, STR("fields"));
    json_open_array(json);
    for (size_t i = 0; i < why->object->field_count; i++) {
        const Field *field = &why->object->fields[i];
        if (!access_may_read_field(&why->call->actor, why->object, field)) continue;
        write_field(why, field, answers[VERB_READ].allowed,
                    answers[VERB_READ].allowed && answers[VERB_UPDATE].allowed);
    }
    json_close_array(json);
}

/* ---- The answer ---- */

static void write_user(const Why *why) {
    JsonWriter *json = &why->call->json;
    json_key(json, STR("user"));
    json_open_object(json);
    json_member_id(json, "id", why->subject.actor.user);
    json_member_text(json, "name", why->subject.name);
    json_member_text(json, "role", why->subject.role);
    json_member_text(json, "role_label", why->subject.role_label);
    json_member_boolean(json, "active", why->subject.active);
    json_close_object(json);
}

static void write_through(const Why *why, const Record *record, bool titled) {
    JsonWriter *json = &why->call->json;
    json_open_object(json);
    json_member_text(json, "object", record->object->name);
    json_member_id(json, "id", record->id);
    if (titled) json_member_text(json, "title", record_title(&why->call->context, record));
    json_close_object(json);
}

/* Null for who may not know of it: then only the answers themselves are told. */
static Status write_record(const Why *why) {
    JsonWriter *json = &why->call->json;
    const Belonging *belonging = &why->belonging;
    AccessDecision decision;
    bool known;
    Status status = may_know(why, &known);
    if (status == STATUS_OK) {
        status = access_decide(&why->call->context, &why->record, VERB_READ, &decision);
    }
    if (status != STATUS_OK) return status;
    json_key(json, STR("record"));
    if (!known) {
        json_write_null(json);
        return STATUS_OK;
    }
    json_open_object(json);
    json_member_text(json, "object", why->object->name);
    json_member_id(json, "id", why->record.id);
    if (decision.allowed) json_member_text(json, "title", record_title(why->system, &why->record));
    json_member_boolean(json, "deleted", why->deleted);
    if (!id_none(belonging->owner)) {
        json_member_id(json, "owner", belonging->owner);
        json_member_text(json, "owner_name", belonging->owner_name);
    }
    json_key(json, STR("through"));
    json_open_array(json);
    for (int i = 0; i < belonging->steps; i++) {
        write_through(why, &belonging->through[i], decision.allowed);
    }
    json_close_array(json);
    json_close_object(json);
    return STATUS_OK;
}

static Status write_why(const Why *why) {
    JsonWriter *json = &why->call->json;
    Answer answers[VERB_COUNT];
    json_open_object(json);
    write_user(why);
    Status status = write_record(why);
    for (int verb = 0; status == STATUS_OK && verb < VERB_COUNT; verb++) {
        status = decide(why, (Verb)verb, &answers[verb]);
        if (status != STATUS_OK) break;
        json_key(json, verb_name((Verb)verb));
        write_answer(json, &answers[verb]);
    }
    if (status == STATUS_OK) write_fields(why, answers);
    json_close_object(json);
    return status;
}

Status records_access(Call *call) {
    SystemActor system;
    Why *why = ARENA_NEW(call->arena, Why);
    *why = (Why){
        .call = call, .system = system_actor(&call->context, &system), .object = call->object};
    Status status = find_subject(why);
    if (status == STATUS_OK) status = find_record(why);
    if (status == STATUS_OK) status = find_owner(why);
    return status == STATUS_OK ? write_why(why) : status;
}

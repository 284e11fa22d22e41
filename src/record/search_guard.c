/*
 * Looks at the hits of a search one by one, for readers from whom a searchable field is hidden. It
 * costs the tokens of each hit anew; the alternative, an index for each role, would cost every
 * save.
 */
#include "search_guard.h"

#include "access.h"
#include "tables.h"

static bool hides(const Actor *actor, const Object *object, const Field *field) {
    return field->searchable && !access_may_read_field(actor, object, field);
}

bool search_guard_needed(const Actor *actor, const Object *object) {
    for (size_t i = 0; i < object->field_count; i++) {
        if (hides(actor, object, &object->fields[i])) return true;
    }
    return false;
}

/* A trailing "*" asks for tokens that only begin so. */
static bool token_stands_in(Str tokens, Str asked) {
    bool prefix = str_ends(asked, STR("*"));
    if (prefix) asked = str_part(asked, 0, asked.size - 1);
    for (Str rest = tokens; rest.data;) {
        Str token = str_cut(&rest, ' ');
        if (prefix ? str_starts(token, asked) : str_equal(token, asked)) return true;
    }
    return false;
}

/* The tokens are made as they are for the index, of the same record without what is hidden. */
static Str readable_tokens(const Context *context, const Record *record) {
    const Object *object = record->object;
    Value *values = ARENA_ARRAY(context->arena, object->field_count, Value);
    for (size_t i = 0; i < object->field_count; i++) {
        bool hidden = hides(context->actor, object, &object->fields[i]);
        values[i] = hidden ? value_null() : record->values[i];
    }
    return tables_search_tokens(context->arena, object, values);
}

bool search_guard_passes(const Context *context, const Record *record, Str asked) {
    ArenaMark mark = arena_mark(context->arena);
    Str tokens = readable_tokens(context, record);
    bool passes = true;
    for (Str rest = asked; passes && rest.data;) {
        Str token = str_cut(&rest, ' ');
        passes = str_empty(token) || token_stands_in(tokens, token);
    }
    arena_rewind(context->arena, mark);
    return passes;
}

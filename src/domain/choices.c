/* A list that several fields have is one and the same node of the model's JSON. */
#include "choices.h"

#include "sql.h"

bool choices_held(const Field *field) {
    return field && (field->type == FIELD_CHOICE || field->type == FIELD_CHOICES);
}

static const json_t *list_of(const ChoiceField *of) {
    const json_t *fields = json_object_get(of->object->definition, "fields");
    return json_object_get(json_array_get(fields, of->field->index), "choices");
}

size_t choices_sharing(Arena *arena, const Model *model, const ChoiceField *of, ChoiceField **out) {
    const json_t *list = list_of(of);
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < model_object_count(model); i++) {
        capacity += model_object_at(model, i)->field_count;
    }
    *out = ARENA_ARRAY(arena, capacity, ChoiceField);
    for (size_t i = 0; i < model_object_count(model); i++) {
        const Object *object = model_object_at(model, i);
        for (size_t j = 0; j < object->field_count; j++) {
            ChoiceField other = {object, &object->fields[j]};
            if (choices_held(other.field) && list_of(&other) == list) (*out)[count++] = other;
        }
    }
    return count;
}

/* ---- Who holds one ---- */

void choices_add_holds(Sql *sql, const ChoiceField *field, Str code) {
    Str column = str_format(sql->arena, "\"r\".\"%.*s\"", STR_ARGS(field->field->name));
    if (field->field->type == FIELD_CHOICES) {
        sql_add_dialect(sql, DIALECT_JSON_CONTAINS, column, sql_parameter(sql, value_text(code)));
        return;
    }
    sql_add_str(sql, column);
    sql_add(sql, " = ");
    sql_bind(sql, value_text(code));
}

Status choices_count(Context *context, const ChoiceField *field, Str code, int64_t *count) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT COUNT(*) FROM ");
    sql_add_name(&sql, field->object->name);
    sql_add(&sql, " AS \"r\" WHERE ");
    choices_add_holds(&sql, field, code);
    Status status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) *count = store_column(rows, 0, VALUE_INTEGER).integer;
    return status;
}

/*
 * Forms: templates of what a new record is asked for, in modules that say what each is for (V6).
 * Several may exist for one object; which one is used follows from conditions, so that a first
 * visit asks for more than the tenth and a pharmacist for other things than a doctor. Data in
 * pharma/forms/, immutable once loaded.
 */
#ifndef ONDO_ENGINE_FORM_H
#define ONDO_ENGINE_FORM_H

#include "condition.h"

/** More would not be answered within half a minute. */
enum { FORM_REQUIRED_MOST = 5 };

/** Something that a form asks for. */
typedef struct FormAsk {
    Str name;           /* a field, a list of children ("topics"), or "hcp.department" */
    const Field *field; /* of the object itself; NULL for the others */
    bool required;      /* only fields of the object itself */
} FormAsk;

/** A part of a form, and what its answers are for. */
typedef struct FormModule {
    Str name;
    Label label, aim; /* what asking for it is good for */
    const FormAsk *asks;
    size_t ask_count;
} FormModule;

/** What is asked about one kind of record, in modules that a condition opens. */
typedef struct Form {
    Str name;
    Label label;
    const Object *object;
    int64_t order;              /* the lowest whose condition holds is used */
    const Condition *condition; /* for which records it is this form */
    const FormModule *modules;
    size_t module_count;
} Form;

/** In the order of their files; `order` decides which of two that fit is taken. */
typedef struct Forms {
    const Form *items;
    size_t count;
} Forms;

/** Reads pharma/forms/ against the model. STATUS_INVALID with every error. */
MUST_USE Status forms_load(Arena *arena, const Model *model, const ModelSource *sources,
                           size_t count, Problem *problem, Forms *out);

/** NULL when there is none of that name. */
const Form *forms_find(const Forms *forms, Str name);

/**
 * The form for a record that is about to be made, asked as the context's actor; `*out` NULL where
 * none fits.
 */
MUST_USE Status forms_choose(const Forms *forms, Context *context, const Record *record,
                             const Form **out);

#endif

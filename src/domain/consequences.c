#include "consequences.h"

#include "memo.h"
#include "reassignment.h"
#include "temperature.h"
#include "visit.h"

/* What code guarantees for an object; every step may be NULL. */
typedef struct Guarantee {
    const char *object;
    Status (*before_save)(Context *context, Change *change);
    Status (*after_save)(Context *context, const Change *change);
} Guarantee;

static const Guarantee GUARANTEES[] = {
    {.object = "hcp", .before_save = temperature_before_save, .after_save = temperature_after_save},
    {.object = "hcp",
     .before_save = reassignment_before_save,
     .after_save = reassignment_after_save},
    {.object = "hco",
     .before_save = temperature_before_institution_save,
     .after_save = temperature_after_institution_save},
    {.object = "memo", .before_save = memo_before_save},
    {.object = "temperature_reading", .before_save = memo_before_save},
    {.object = "visit", .before_save = visit_before_save, .after_save = visit_after_save},
};
enum { GUARANTEE_COUNT = sizeof GUARANTEES / sizeof *GUARANTEES };

static Status before_save(void *engine, Context *context, Change *change) {
    (void)engine;
    for (int i = 0; i < GUARANTEE_COUNT; i++) {
        const Guarantee *guarantee = &GUARANTEES[i];
        if (!guarantee->before_save || !str_is(change->after->object->name, guarantee->object)) {
            continue;
        }
        Status status = guarantee->before_save(context, change);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static Status after_save(void *engine, Context *context, const Change *change) {
    const Business *business = engine;
    for (int i = 0; i < GUARANTEE_COUNT; i++) {
        const Guarantee *guarantee = &GUARANTEES[i];
        if (!guarantee->after_save || !str_is(change->after->object->name, guarantee->object)) {
            continue;
        }
        Status status = guarantee->after_save(context, change);
        if (status != STATUS_OK) return status;
    }
    return rules_after_save(business->rules, context, change);
}

Hooks consequences_hooks(const Business *business) {
    return (Hooks){
        .engine = (void *)business, .before_save = before_save, .after_save = after_save};
}

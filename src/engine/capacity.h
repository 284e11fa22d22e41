/*
 * Things of which there are only so many (seats at a congress, hours of an expert), as data: the
 * "capacity" of an object whose records each take some of what another record has. Who asks is put
 * in line, the line is worked off in its order, and what is given back goes to the next. Never is
 * more given out than there is: all is decided in the transaction of the save, which both databases
 * write as if alone.
 */
#ifndef ONDO_ENGINE_CAPACITY_H
#define ONDO_ENGINE_CAPACITY_H

#include "condition.h"

typedef struct Capacities Capacities;

/** Reads the capacities of all objects of the model. STATUS_INVALID with every error. */
MUST_USE Status capacities_load(Arena *arena, const Model *model, Problem *problem,
                                const Capacities **out);

/**
 * Before a record is saved: who takes something by hand is put in line instead, for nobody jumps
 * it; more than there is, or less than is already given out, is refused (STATUS_INVALID).
 */
MUST_USE Status capacities_before_save(const Capacities *capacities, Context *context,
                                       Change *change);

/** After it: gives what there is room for to those who are next. */
MUST_USE Status capacities_after_save(const Capacities *capacities, Context *context,
                                      const Change *change);

/** Every day, and after much was written at once: works off all lines, as days open them. */
MUST_USE Status capacities_run(const Capacities *capacities, Context *context);

#endif

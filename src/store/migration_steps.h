/* The steps of migration.h, in order. Private to the store layer. */
#ifndef ONDO_STORE_MIGRATION_STEPS_H
#define ONDO_STORE_MIGRATION_STEPS_H

#include "str.h"

/** DDL as store_ddl takes it. Step n stands at index n - 1; a step once released never changes. */
extern const Str MIGRATION_STEPS[];
extern const int MIGRATION_STEPS_COUNT;

#endif

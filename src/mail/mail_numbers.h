/* Numbers of the same people side by side, as the page shows them, instead of one below the other.
 */
#ifndef ONDO_MAIL_MAIL_NUMBERS_H
#define ONDO_MAIL_MAIL_NUMBERS_H

#include "dashboard_table.h"

/**
 * How many tables from `first` on are one number for each of the same kind of thing; when they are
 * more than one, `*out` is all of them as one table with a column each. At least 1.
 */
size_t mail_numbers_join(Arena *arena, const DashboardTables *tables, size_t first,
                         DashboardTable *out);

#endif

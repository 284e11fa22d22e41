/*
 * The areas of the table of routes, each a file of its own. Only routes.c joins them; all others
 * ask routes.h.
 */
#ifndef ONDO_API_ROUTES_TABLE_H
#define ONDO_API_ROUTES_TABLE_H

#include "routes.h"

/** The routes of one area. Of two of them that fit a path, the first counts. */
typedef struct RouteTable {
    const Route *routes;
    size_t count;
} RouteTable;

extern const RouteTable ROUTES_OF_SERVICE;     /* routes_service.c */
extern const RouteTable ROUTES_OF_ACCOUNT;     /* routes_account.c */
extern const RouteTable ROUTES_OF_INSIGHT;     /* routes_insight.c */
extern const RouteTable ROUTES_OF_CUSTOMERS;   /* routes_customers.c */
extern const RouteTable ROUTES_OF_DEFINITIONS; /* routes_definitions.c */
extern const RouteTable ROUTES_OF_FILES;       /* routes_files.c */
extern const RouteTable ROUTES_OF_RECORDS;     /* routes_records.c */

#endif

/* The handlers of the routes, by the file that holds them. */
#ifndef ONDO_API_RESOURCES_H
#define ONDO_API_RESOURCES_H

#include "call.h"

/* session_answer.c */
Status session_create_answer(Call *call);
Status session_delete_answer(Call *call);
Status session_delete_all(Call *call);
Status me_read(Call *call);
Status me_update(Call *call);
Status me_password(Call *call);
Status me_sessions(Call *call);
Status me_session_delete(Call *call);
Status me_tokens(Call *call);
Status me_token_delete(Call *call);
Status user_password(Call *call);

/* records.c */
Status records_list(Call *call);
Status records_create(Call *call);
Status records_read(Call *call);
Status records_update(Call *call);
Status records_delete(Call *call);
Status records_restore(Call *call);
Status records_history(Call *call);
Status records_access(Call *call);
/* bulk.c */
Status records_bulk(Call *call);
/* timeline.c */
Status records_timeline(Call *call);
/* search.c */
Status search_all(Call *call);
/* feed.c */
Status changes_list(Call *call);
Status events_open(Call *call);
/* dashboards.c */
Status dashboards_list(Call *call);
Status dashboards_read(Call *call);
/* description.c */
Status model_describe(Call *call);
Status openapi_read(Call *call);
/* health.c */
Status health_live(Call *call);
Status health_ready(Call *call);
Status health_metrics(Call *call);
/* transfer.c */
Status records_export(Call *call);
Status import_check(Call *call);
Status import_run(Call *call);
Status import_list(Call *call);
Status import_read(Call *call);
Status import_rejected(Call *call);
Status import_undo(Call *call);

#endif

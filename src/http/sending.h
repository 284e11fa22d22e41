/* The sending half of a connection. */
#ifndef ONDO_HTTP_SENDING_H
#define ONDO_HTTP_SENDING_H

#include "connection.h"

/** Sends `connection->answer`; afterwards goes on with the next request or closes. */
void sending_start(Connection *connection);
/** The socket takes bytes again. */
void sending_continue(Connection *connection);

#endif

/* How many connections each address has open. Thread-safe. */
#ifndef ONDO_HTTP_ADDRESSES_H
#define ONDO_HTTP_ADDRESSES_H

#include <sys/socket.h>

#include "str.h"

enum { ADDRESS_TEXT_SIZE = 46 };

/** An address as it is counted: IPv6, or IPv4 mapped into it. */
typedef struct Address {
    unsigned char bytes[16];
} Address;

/**
 * An IPv4 address becomes its mapped form in IPv6, so that a client counts as one whichever way it
 * came.
 */
Address address_of(const struct sockaddr *socket_address);
/** "192.0.2.1" or "2001:db8::1"; IPv4 is shown as such, however it arrived. */
void address_write(Address address, char out[static ADDRESS_TEXT_SIZE]);
/** Reads either notation, without port or brackets. */
MUST_USE bool address_parse(Str text, Address *out);
/** Whether both are one client to whoever counts. */
bool address_equal(Address a, Address b);

typedef struct Addresses Addresses;

/** `limit` is what one address may have open at a time. */
Addresses *addresses_new(int limit);
/** NULL is allowed; no thread may be counting any more. */
void addresses_free(Addresses *addresses);
/** Counts one more, unless the address is at its limit. */
MUST_USE bool addresses_enter(Addresses *addresses, Address address);
/** Gives back what addresses_enter counted. */
void addresses_leave(Addresses *addresses, Address address);

#endif

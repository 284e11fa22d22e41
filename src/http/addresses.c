/*
 * Entries exist only for addresses with an open connection, so the table is as large as the number
 * of clients and needs no cleaning up.
 */
#include "addresses.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <uthash.h>

/* How many connections one address has; gone with the last of them. */
typedef struct Entry {
    Address address;
    int count;
    UT_hash_handle hh;
} Entry;

/* Counted under a lock: connections are accepted on one thread and end on others. */
struct Addresses {
    pthread_mutex_t lock;
    Entry *entries;
    int limit;
};

static const unsigned char MAPPED_PREFIX[12] = {[10] = 0xFF, [11] = 0xFF};

/* A socket that listens on "::" shows IPv4 clients in this form (RFC 4291, 2.5.5.2). */
static bool address_mapped(Address address) {
    return memcmp(address.bytes, MAPPED_PREFIX, sizeof MAPPED_PREFIX) == 0;
}

static Address address_mapped_from(const void *four_bytes) {
    Address address;
    memcpy(address.bytes, MAPPED_PREFIX, sizeof MAPPED_PREFIX);
    memcpy(address.bytes + sizeof MAPPED_PREFIX, four_bytes, 4);
    return address;
}

Address address_of(const struct sockaddr *socket_address) {
    if (socket_address->sa_family == AF_INET) {
        return address_mapped_from(&((const struct sockaddr_in *)socket_address)->sin_addr);
    }
    Address address = {0};
    if (socket_address->sa_family == AF_INET6) {
        memcpy(address.bytes, &((const struct sockaddr_in6 *)socket_address)->sin6_addr,
               sizeof address.bytes);
    }
    return address;
}

void address_write(Address address, char out[static ADDRESS_TEXT_SIZE]) {
    bool mapped = address_mapped(address);
    const void *bytes = mapped ? address.bytes + sizeof MAPPED_PREFIX : address.bytes;
    if (!inet_ntop(mapped ? AF_INET : AF_INET6, bytes, out, ADDRESS_TEXT_SIZE)) out[0] = '\0';
}

bool address_parse(Str text, Address *out) {
    char terminated[ADDRESS_TEXT_SIZE];
    if (!text.size || text.size >= sizeof terminated) return false;
    memcpy(terminated, text.data, text.size);
    terminated[text.size] = '\0';
    struct in_addr four;
    if (inet_pton(AF_INET, terminated, &four) == 1) {
        *out = address_mapped_from(&four);
        return true;
    }
    Address address;
    if (inet_pton(AF_INET6, terminated, address.bytes) != 1) return false;
    *out = address;
    return true;
}

bool address_equal(Address a, Address b) {
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

Addresses *addresses_new(int limit) {
    Addresses *addresses = calloc(1, sizeof *addresses);
    if (!addresses) abort();
    pthread_mutex_init(&addresses->lock, NULL);
    addresses->limit = limit;
    return addresses;
}

void addresses_free(Addresses *addresses) {
    if (!addresses) return;
    Entry *entry, *next;
    HASH_ITER(hh, addresses->entries, entry, next) {
        HASH_DEL(addresses->entries, entry);
        free(entry);
    }
    pthread_mutex_destroy(&addresses->lock);
    free(addresses);
}

static Entry *entry_add(Addresses *addresses, Address address) {
    Entry *entry = calloc(1, sizeof *entry);
    if (!entry) abort();
    entry->address = address;
    HASH_ADD(hh, addresses->entries, address, sizeof entry->address, entry);
    return entry;
}

bool addresses_enter(Addresses *addresses, Address address) {
    pthread_mutex_lock(&addresses->lock);
    Entry *entry;
    HASH_FIND(hh, addresses->entries, &address, sizeof address, entry);
    if (!entry) entry = entry_add(addresses, address);
    bool allowed = entry->count < addresses->limit;
    if (allowed) entry->count++;
    pthread_mutex_unlock(&addresses->lock);
    return allowed;
}

void addresses_leave(Addresses *addresses, Address address) {
    pthread_mutex_lock(&addresses->lock);
    Entry *entry;
    HASH_FIND(hh, addresses->entries, &address, sizeof address, entry);
    if (entry && --entry->count == 0) {
        HASH_DEL(addresses->entries, entry);
        free(entry);
    }
    pthread_mutex_unlock(&addresses->lock);
}

/* SPDX-License-Identifier: Apache-2.0 */

#define _GNU_SOURCE
#include "peer_credentials.h"

#include <stddef.h>
#include <sys/socket.h>

_Static_assert(sizeof(struct etalon_peer_credentials) == sizeof(struct ucred), "size of ucred");
_Static_assert(offsetof(struct etalon_peer_credentials, pid) == offsetof(struct ucred, pid), "place of pid");
_Static_assert(offsetof(struct etalon_peer_credentials, uid) == offsetof(struct ucred, uid), "place of uid");
_Static_assert(offsetof(struct etalon_peer_credentials, gid) == offsetof(struct ucred, gid), "place of gid");

const int32_t etalon_sol_socket = SOL_SOCKET;
const int32_t etalon_so_peercred = SO_PEERCRED;

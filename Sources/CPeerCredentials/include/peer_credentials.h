/* SPDX-License-Identifier: Apache-2.0 */

#ifndef ETALON_PEER_CREDENTIALS_H
#define ETALON_PEER_CREDENTIALS_H

#include <stdint.h>

/// Who is at the other end of a Unix socket, as the kernel noted it when the connection was made.
///
/// The same layout as Linux's `struct ucred`, which Swift cannot see without _GNU_SOURCE; the C file checks it.
struct etalon_peer_credentials {
    int32_t pid;
    uint32_t uid;
    uint32_t gid;
};

/// The value of SOL_SOCKET.
extern const int32_t etalon_sol_socket;
/// The value of SO_PEERCRED.
extern const int32_t etalon_so_peercred;

#endif

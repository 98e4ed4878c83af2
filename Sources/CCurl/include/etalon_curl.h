/* SPDX-License-Identifier: Apache-2.0 */

#ifndef ETALON_CURL_H
#define ETALON_CURL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/// One POST: no redirects, no proxy, no cookies, HTTP and HTTPS alone, certificates verified.
struct etalon_post {
    const char *url;
    /// Lines of the header, ended by a null pointer.
    const char *const *headers;
    const void *body;
    size_t body_length;
    long connect_milliseconds;
    long total_milliseconds;
    /// Bytes of an answer after which it is cut off.
    size_t longest_answer;
    /// File of certificates to trust, or null for those of the system.
    const char *ca_file;
    /// Whether a connection to an address may be made; asked for the very address that is connected to.
    int (*may_connect)(const struct sockaddr *address, void *context);
    void *context;
};

/// What came of it.
struct etalon_post_answer {
    /// Result of libcurl; 0: an answer was read.
    int result;
    /// Whether may_connect said no.
    int is_refused_address;
    /// Whether the answer was cut off.
    int is_cut;
    /// Status of the answer, 0 without one.
    long status;
    /// Seconds of Retry-After, 0 without it.
    int64_t retry_after;
    /// What went wrong, in words of libcurl.
    char error[256];
    /// Beginning of the answer's body.
    char body[1024];
    size_t body_length;
};

/// Prepares libcurl; once, before any other call. Returns 0, or a result of libcurl.
int etalon_curl_prepare(void);

/// Posts, on the calling thread.
void etalon_curl_post(const struct etalon_post *post, struct etalon_post_answer *answer);

#endif

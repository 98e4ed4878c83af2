/* SPDX-License-Identifier: Apache-2.0 */

#include "etalon_curl.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The options of libcurl take arguments of any type, which Swift cannot pass: so the whole call is made here. */

struct call {
    const struct etalon_post *post;
    struct etalon_post_answer *answer;
    size_t received;
};

int etalon_curl_prepare(void) { return (int)curl_global_init(CURL_GLOBAL_DEFAULT); }

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct call *call = context;
    (void)purpose;
    if (!call->post->may_connect(&address->addr, call->post->context)) {
        call->answer->is_refused_address = 1;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t receive(char *bytes, size_t size, size_t count, void *context)
{
    struct call *call = context;
    size_t length = size * count;
    size_t room = sizeof call->answer->body - call->answer->body_length;
    size_t kept = length < room ? length : room;
    memcpy(call->answer->body + call->answer->body_length, bytes, kept);
    call->answer->body_length += kept;
    call->received += length;
    if (call->received > call->post->longest_answer) {
        call->answer->is_cut = 1;
        return 0;
    }
    return length;
}

static size_t receive_header(char *bytes, size_t size, size_t count, void *context)
{
    struct call *call = context;
    (void)bytes;
    call->received += size * count;
    return call->received > call->post->longest_answer ? 0 : size * count;
}

void etalon_curl_post(const struct etalon_post *post, struct etalon_post_answer *answer)
{
    memset(answer, 0, sizeof *answer);
    struct call call = {.post = post, .answer = answer, .received = 0};
    CURL *curl = curl_easy_init();
    if (!curl) {
        answer->result = CURLE_OUT_OF_MEMORY;
        snprintf(answer->error, sizeof answer->error, "out of memory");
        return;
    }
    struct curl_slist *headers = NULL;
    for (const char *const *header = post->headers; *header; header++)
        headers = curl_slist_append(headers, *header);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, answer->error);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_URL, post->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (post->ca_file)
        curl_easy_setopt(curl, CURLOPT_CAINFO, post->ca_file);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, post->connect_milliseconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, post->total_milliseconds);
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &call);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &call);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, receive_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &call);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)post->body_length);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post->body);
    answer->result = (int)curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->status);
    curl_off_t pause = 0;
    if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &pause) == CURLE_OK)
        answer->retry_after = (int64_t)pause;
    if (answer->result != CURLE_OK && answer->error[0] == 0)
        snprintf(answer->error, sizeof answer->error, "%s", curl_easy_strerror((CURLcode)answer->result));
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
}

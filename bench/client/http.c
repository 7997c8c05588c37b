/* Requests of pages: cookies, redirects' addresses, the attempt's ticket and the server's "not before" are remembered. */
#define _GNU_SOURCE
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

char *filled(const struct actor *who, const char *pattern) {
    const struct { const char *name, *value; } known[] = {{"$location", who->location}, {"$ticket", who->ticket}};
    char *text = strdup(pattern);
    for (int i = 0; i < 2; i++) {
        char *at = strstr(text, known[i].name), *made;
        if (!at) continue;
        *at = 0;
        if (asprintf(&made, "%s%s%s", text, known[i].value ? known[i].value : "", at + strlen(known[i].name)) < 0) abort();
        free(text);
        text = made;
    }
    return text;
}

static void remember(char **place, const char *from, size_t size) {
    free(*place);
    *place = strndup(from, size);
}

void send_request(struct actor *who, const struct step *step) {
    char *path = filled(who, step->b), *body = filled(who, step->c), *request, token[80] = "", *csrf;
    if ((csrf = strstr(who->cookie, "csrftoken="))) sscanf(csrf, "csrftoken=%79[^;]", token);
    int size = asprintf(&request,
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\nAccept-Language: vi\r\nX-CSRFToken: %s\r\n"
        "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
        step->a, path, port, who->cookie, token,
        *body == '{' ? "application/json" : "application/x-www-form-urlencoded", strlen(body), body);
    if (size < 0) abort();
    if (who->line == SOCKET) close_line(who);
    if (who->line == BODY) who->line = HEAD;
    if (who->fd < 0) open_line(who);
    if (who->fd >= 0) send_bytes(who, request, size);
    free(request);
    free(path);
    free(body);
}

static void set_cookie(struct actor *who, const char *pair, size_t size) {
    const char *equals = memchr(pair, '=', size);
    if (!equals) return;
    size_t name = equals - pair + 1;
    char *kept = calloc(1, strlen(who->cookie) + size + 4), *all = strdup(who->cookie), *rest = all, *one;
    while ((one = strsep(&rest, ";"))) {
        one += strspn(one, " ");
        if (*one && strncmp(one, pair, name)) strcat(strcat(kept, one), "; ");
    }
    strncat(kept, pair, size);
    free(all);
    free(who->cookie);
    who->cookie = kept;
}

static void read_header(struct actor *who, const char *line, size_t size) {
    const char *colon = memchr(line, ':', size);
    if (!colon) return;
    size_t name = colon - line;
    const char *value = colon + 1 + strspn(colon + 1, " ");
    size_t left = line + size - value;
    if (name == 14 && !strncasecmp(line, "content-length", name)) who->length = atol(value);
    else if (name == 17 && !strncasecmp(line, "transfer-encoding", name)) who->chunked = 1;
    else if (name == 11 && !strncasecmp(line, "retry-after", name)) who->retry_after = atol(value);
    else if (name == 8 && !strncasecmp(line, "location", name)) remember(&who->location, value, left);
    else if (name == 10 && !strncasecmp(line, "set-cookie", name)) {
        const char *end = memchr(value, ';', left);
        set_cookie(who, value, end ? (size_t)(end - value) : left);
    } else if (name == 10 && !strncasecmp(line, "connection", name) && !strncasecmp(value, "close", 5))
        who->hangs_up = 1;
}

static void read_head(struct actor *who, char *bytes, size_t size) {
    who->status = size > 12 ? atoi(bytes + 9) : 0;
    who->length = -1;
    who->chunked = who->hangs_up = 0;
    who->retry_after = 0;
    for (char *line = bytes, *end; (end = memmem(line, bytes + size - line, "\r\n", 2)); line = end + 2)
        read_header(who, line, end - line);
    if (who->status == 204 || who->status == 304) who->length = 0;
}

/* The size of the body once it is whole, else -1. */
static long whole_body(const struct actor *who, const char *body, size_t size, int ended) {
    if (who->chunked) return size >= 5 && !memcmp(body + size - 5, "0\r\n\r\n", 5) ? (long)size : -1;
    if (who->length >= 0) return (long)size >= who->length ? who->length : -1;
    return ended ? (long)size : -1;
}

static void find_ticket(struct actor *who, const char *body, size_t size) {
    static const char mark[] = "data-ticket=\"";
    const char *at = memmem(body, size, mark, sizeof mark - 1), *end;
    if (!at) return;
    at += sizeof mark - 1;
    if ((end = memchr(at, '"', body + size - at))) remember(&who->ticket, at, end - at);
}

size_t take_http(struct actor *who, char *bytes, size_t size, int ended) {
    char *body = memmem(bytes, size, "\r\n\r\n", 4);
    if (!body) return 0;
    body += 4;
    read_head(who, bytes, body - bytes - 2);
    who->line = BODY;
    long length = whole_body(who, body, bytes + size - body, ended);
    if (length < 0) return 0;
    find_ticket(who, body, length);
    size_t used = body + length - bytes;
    const struct step *step = &steps[who->step];
    if (who->hangs_up) close_line(who);
    if (who->retry_after > 0 && who->status != 429) {
        retries++;
        wake(who, now() + who->retry_after * 1000000);
        return used;
    }
    came_back(step->label, who->status);
    took(step->label, now() - who->asked);
    next_step(who);
    return used;
}

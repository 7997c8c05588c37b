/* WebSockets, as far as a page uses them: text out, text in, pings answered. */
#define _GNU_SOURCE
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const unsigned char MASK[4] = {0x37, 0xfa, 0x21, 0x3d};

void send_upgrade(struct actor *who, const struct step *step) {
    char *request, *path = filled(who, step->a);
    int size = asprintf(&request,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n",
        path, port, port);
    if (size < 0) abort();
    if (who->fd >= 0) close_line(who);
    open_line(who);
    if (who->fd >= 0) send_bytes(who, request, size);
    free(request);
    free(path);
}

size_t take_upgrade(struct actor *who, char *bytes, size_t size) {
    char *end = memmem(bytes, size, "\r\n\r\n", 4);
    if (!end) return 0;
    if (size < 12 || memcmp(bytes + 9, "101", 3)) {
        close_line(who);
        broken(who, "the socket was refused");
        return size;
    }
    who->line = SOCKET;
    who->frames = 0;
    next_step(who);
    return end + 4 - bytes;
}

static void send_frame(struct actor *who, int opcode, const char *payload, size_t size) {
    unsigned char *frame = malloc(size + 14);
    size_t at = 0;
    frame[at++] = 0x80 | opcode;
    if (size < 126) frame[at++] = 0x80 | size;
    else {
        frame[at++] = 0x80 | 126;
        frame[at++] = size >> 8;
        frame[at++] = size & 255;
    }
    memcpy(frame + at, MASK, 4);
    at += 4;
    for (size_t i = 0; i < size; i++) frame[at + i] = payload[i] ^ MASK[i & 3];
    send_bytes(who, (char *)frame, at + size);
    free(frame);
}

void send_text(struct actor *who, const char *text) {
    char *whole = filled(who, text);
    send_frame(who, 1, whole, strlen(whole));
    free(whole);
}

static int says(const char *payload, size_t size, const char *word) { return memmem(payload, size, word, strlen(word)) != NULL; }

static void reply(struct actor *who, const char *payload, size_t size, int compressed) {
    const struct step *step = &steps[who->step];
    const char *after = "\"retry\":", *at;
    if (!compressed && (says(payload, size, "\"t\":\"pong\"") || says(payload, size, "\"t\":\"beat\""))) return;
    if (!compressed && says(payload, size, "\"t\":\"later\"")) {
        at = memmem(payload, size, after, strlen(after));
        retries++;
        wake(who, now() + (us)((at ? atof(at + strlen(after)) : 1) * 1e6));
        return;
    }
    came_back(step->label, compressed || says(payload, size, "\"t\":\"saved\"") ? 200 : 400);
    took(step->label, now() - who->asked);
    next_step(who);
}

static void message(struct actor *who, const char *payload, size_t size, int compressed) {
    switch (steps[who->step].kind) {
    case ASK:
        reply(who, payload, size, compressed);
        break;
    case JOIN:
        if (++who->frames < steps[who->step].number) break;
        took(steps[who->step].label, now() - who->asked);
        note_join();
        next_step(who);
        break;
    default:
        note_frame(payload, size, compressed);
    }
}

size_t take_frames(struct actor *who, char *bytes, size_t size) {
    const unsigned char *head = (unsigned char *)bytes;
    size_t at = 2, length;
    if (size < 2) return 0;
    length = head[1] & 127;
    if (length == 126) {
        if (size < 4) return 0;
        length = head[2] << 8 | head[3];
        at = 4;
    } else if (length == 127) {
        if (size < 10) return 0;
        for (length = 0; at < 10; at++) length = length << 8 | head[at];
    }
    if (size < at + length) return 0;
    int opcode = head[0] & 15, compressed = head[0] & 0x40;
    if (opcode == 9) send_frame(who, 10, bytes + at, length);
    else if (opcode == 8) {
        close_line(who);
        broken(who, "the server closed the socket");
    } else if (opcode != 10)
        message(who, bytes + at, length, compressed);
    return at + length;
}

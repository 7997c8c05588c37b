/* Lines to the server, on loopback and nowhere else. */
#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

int epoll, port;
static char block[1 << 18];
static const int SOURCES = 8; /* a contest's people come from many addresses */

static void listen_for(struct actor *who, int op, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = who};
    epoll_ctl(epoll, op, who->fd, &event);
}

void open_line(struct actor *who) {
    struct sockaddr_in from = {.sin_family = AF_INET}, to = {.sin_family = AF_INET, .sin_port = htons(port)};
    int one = 1;
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + (who - actors) % SOURCES);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    who->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (who->fd < 0) {
        broken(who, "no more sockets");
        return;
    }
    setsockopt(who->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(who->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    bind(who->fd, (struct sockaddr *)&from, sizeof from);
    who->line = CONNECTING;
    who->in_size = who->out_size = who->out_sent = 0;
    if (connect(who->fd, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS) {
        close_line(who);
        broken(who, "not connected");
        return;
    }
    listen_for(who, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

void close_line(struct actor *who) {
    if (who->fd >= 0) close(who->fd);
    who->fd = -1;
    who->lines++;
    who->line = NONE;
    who->in_size = who->out_size = who->out_sent = 0;
}

static int push(struct actor *who) {
    while (who->out_sent < who->out_size) {
        ssize_t sent = send(who->fd, who->out + who->out_sent, who->out_size - who->out_sent, MSG_NOSIGNAL);
        if (sent < 0) return errno == EAGAIN ? 0 : -1;
        who->out_sent += sent;
    }
    who->out_size = who->out_sent = 0;
    free(who->out);
    who->out = NULL;
    return 1;
}

void send_bytes(struct actor *who, const char *bytes, size_t size) {
    who->out = realloc(who->out, who->out_size + size);
    memcpy(who->out + who->out_size, bytes, size);
    who->out_size += size;
    if (who->line == CONNECTING) return;
    int state = push(who);
    if (state < 0) {
        close_line(who);
        broken(who, "the server took no more");
    } else if (!state)
        listen_for(who, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
}

static size_t take(struct actor *who, char *bytes, size_t size, int ended) {
    if (who->line == HEAD || who->line == BODY) return take_http(who, bytes, size, ended);
    if (who->line == UPGRADING) return take_upgrade(who, bytes, size);
    if (who->line == SOCKET) return take_frames(who, bytes, size);
    return size;
}

/* Everything that was read is offered until nothing more of it is whole; the rest waits for its other half. */
static void digest(struct actor *who, char *bytes, size_t size, int ended) {
    unsigned line = who->lines;
    size_t used = 0, more;
    while (used < size && who->lines == line && (more = take(who, bytes + used, size - used, ended))) used += more;
    if (who->lines != line) return;
    size_t left = size - used;
    if (left && bytes + used != who->in) {
        who->in = realloc(who->in, left + sizeof block);
        memmove(who->in, bytes + used, left);
    } else if (left)
        memmove(who->in, bytes + used, left);
    else {
        free(who->in);
        who->in = NULL;
    }
    who->in_size = left;
}

static void readable(struct actor *who) {
    unsigned line = who->lines;
    while (who->lines == line) {
        char *into = block;
        if (who->in_size) {
            who->in = realloc(who->in, who->in_size + sizeof block);
            into = who->in + who->in_size;
        }
        ssize_t got = recv(who->fd, into, sizeof block, 0);
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) {
            if (who->in_size && who->line == BODY) digest(who, who->in, who->in_size, 1);
            if (who->lines != line) return;
            close_line(who);
            broken(who, "the server hung up");
            return;
        }
        size_t whole = who->in_size + got;
        digest(who, who->in_size ? who->in : block, whole, 0);
        if ((size_t)got < sizeof block) return;
    }
}

void on_event(struct actor *who, uint32_t events) {
    if (who->fd < 0) return;
    if (who->line == CONNECTING) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(who->fd, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error) {
            close_line(who);
            broken(who, "not connected");
            return;
        }
        who->line = steps[who->step].kind == HTTP ? HEAD : UPGRADING;
        events |= EPOLLOUT;
    }
    if (events & EPOLLOUT) {
        int state = push(who);
        if (state < 0) {
            close_line(who);
            broken(who, "the server took no more");
            return;
        }
        if (state) listen_for(who, EPOLL_CTL_MOD, EPOLLIN);
    }
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) readable(who);
}

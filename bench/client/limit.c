/* limit PORT BYTES PAUSE_MS: how cheap it can be. One epoll loop that answers each request with BYTES bytes, and writes
 * a WebSocket frame of BYTES bytes to every socket each PAUSE_MS (0: never). Nothing is understood, nothing kept. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { MOST = 70000 };
static char is_socket[MOST];
static int sockets[MOST], count;
static char *frame, *page;
static size_t frame_size, page_size;

static void make_answers(size_t bytes) {
    frame = calloc(1, bytes + 10);
    frame[0] = (char)0x81;
    if (bytes < 126) frame[1] = (char)bytes, frame_size = 2 + bytes;
    else frame[1] = 126, frame[2] = (char)(bytes >> 8), frame[3] = (char)bytes, frame_size = 4 + bytes;
    memset(frame + frame_size - bytes, 'x', bytes);
    int head = asprintf(&page, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", bytes);
    page = realloc(page, head + bytes);
    memset(page + head, 'x', bytes);
    page_size = head + bytes;
}

static void forget(int fd) {
    if (is_socket[fd])
        for (int i = 0; i < count; i++)
            if (sockets[i] == fd) {
                sockets[i] = sockets[--count];
                break;
            }
    is_socket[fd] = 0;
    close(fd);
}

static void serve(int fd) {
    static const char yes[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    static char bytes[65536];
    ssize_t got = recv(fd, bytes, sizeof bytes - 1, 0);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN) forget(fd);
        return;
    }
    if (is_socket[fd]) return;
    bytes[got] = 0;
    if (strstr(bytes, "Upgrade: websocket")) {
        is_socket[fd] = 1;
        sockets[count++] = fd;
        if (send(fd, yes, sizeof yes - 1, MSG_NOSIGNAL) < 0) forget(fd);
    } else if (send(fd, page, page_size, MSG_NOSIGNAL) < 0)
        forget(fd);
}

static void welcome(int door, int epoll) {
    int fd, one = 1;
    while ((fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (fd >= MOST) {
            close(fd);
            continue;
        }
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

static void tell_all(int timer) {
    uint64_t times;
    if (read(timer, &times, sizeof times) < 0) return;
    for (int i = 0; i < count; i++)
        if (send(sockets[i], frame, frame_size, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) continue;
}

int main(int arguments, char **argument) {
    if (arguments != 4) return 2;
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    long pause = atol(argument[3]);
    make_answers(atol(argument[2]));
    int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1, epoll = epoll_create1(0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(atoi(argument[1]))};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(door, (void *)&here, sizeof here) || listen(door, 4096)) return perror("limit"), 1;
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct itimerspec beat = {{pause / 1000, pause % 1000 * 1000000}, {pause / 1000, pause % 1000 * 1000000}};
    timerfd_settime(timer, 0, &beat, NULL);
    struct epoll_event first = {.events = EPOLLIN, .data.fd = door}, second = {.events = EPOLLIN, .data.fd = timer};
    epoll_ctl(epoll, EPOLL_CTL_ADD, door, &first);
    epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &second);
    for (;;) {
        struct epoll_event events[256];
        int got = epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < got; i++) {
            int fd = events[i].data.fd;
            if (fd == door) welcome(door, epoll);
            else if (fd == timer) tell_all(timer);
            else serve(fd);
        }
    }
}

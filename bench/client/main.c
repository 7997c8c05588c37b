/* load HOST PORT PLAN: loopback only. Says "ready" when every actor with a barrier has come to it and waits for a line
 * on its input; says "done" when the plan's seconds are over, or nobody has anything left,
 * or ("settled") everybody only watches; waits again, then reports. */
#include "load.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

static const us DRAIN = 30 * 1000000ul;

static void say_and_wait(const char *word) {
    char line[64];
    printf("%s %.6f\n", word, now() / 1e6);
    fflush(stdout);
    if (!fgets(line, sizeof line, stdin)) exit(3); /* whoever started us is gone */
}

static void raise_limit(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static int with_barrier(const struct actor *who) {
    for (int i = who->first; i < who->last; i++)
        if (steps[i].kind == BARRIER) return 1;
    return 0;
}

static void turn(void) {
    struct epoll_event events[512];
    long wait = until_next(now());
    int got = epoll_wait(epoll, events, 512, wait < 0 || wait > 100 ? 100 : (int)wait);
    for (int i = 0; i < got; i++) on_event(events[i].data.ptr, events[i].events);
    struct actor *who;
    while ((who = awake(now()))) {
        if (who->step < who->last && (steps[who->step].kind == AT || steps[who->step].kind == SLEEP)) next_step(who);
        else start_step(who);
    }
    struct pollfd starter = {.fd = 0, .events = 0};
    if (poll(&starter, 1, 0) > 0 && starter.revents & (POLLHUP | POLLERR)) exit(3);
}

int main(int count, char **argument) {
    if (count != 4) return fprintf(stderr, "usage: load HOST PORT PLAN\n"), 2;
    struct in_addr host;
    if (!inet_aton(argument[1], &host) || ntohl(host.s_addr) >> 24 != 127)
        return fprintf(stderr, "%s is not this machine: the load client knows loopback only\n", argument[1]), 2;
    port = atoi(argument[2]);
    raise_limit();
    epoll = epoll_create1(0);
    read_plan(argument[3]);
    int walkers = 0;
    for (int i = 0; i < actor_count; i++) with_barrier(&actors[i]) ? barriers++ : walkers++;
    us start = now(), patience = start + 120 * 1000000ul;
    for (int i = 0; i < actor_count; i++)
        if (with_barrier(&actors[i])) wake(&actors[i], start + actors[i].due);
    while (barriers && at_barrier + finished < barriers && now() < patience) turn();
    printf("joined %lu %.6f\n", (unsigned long)joins, (now() - start) / 1e6);
    say_and_wait("ready");
    go_at = now();
    for (int i = 0; i < actor_count; i++)
        if (!with_barrier(&actors[i])) wake(&actors[i], go_at + actors[i].due);
    go_all();
    us end = go_at + (us)(seconds * 1e6);
    while (finished + until_settled * settled < actor_count && now() < end) turn();
    say_and_wait("done");
    over = 1;
    us last = now() + DRAIN;
    while (finished + settled < actor_count && now() < last) turn(); /* what is on its way is neither lost nor saved yet */
    report();
    return 0;
}

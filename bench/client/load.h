/* The load client: actors that follow a plan over loopback sockets, in one epoll loop. How plans look: bench/plan.py. */
#ifndef LOAD_H
#define LOAD_H

#include <stddef.h>
#include <stdint.h>

typedef uint64_t us; /* microseconds */

enum kind { HTTP, OPEN, SAY, ASK, JOIN, WATCH, BARRIER, AT, SLEEP, CLOSE, LOOP };

struct step {
    enum kind kind;
    int label;       /* where its figures go */
    long number;     /* id of an answer, milliseconds, frames of a join, steps to go back */
    const char *a, *b, *c; /* method, path, body; or text */
};

enum line { NONE, CONNECTING, HEAD, BODY, UPGRADING, SOCKET };

struct actor {
    int fd, first, step, last;   /* steps[first..last) */
    int opened, resume;          /* the step that opened the socket; where to go on after a reconnect */
    int tries, frames, noted;
    enum line line;
    int slot, waiting_for_go, done, settled, status, chunked, hangs_up;
    unsigned lines;              /* opened so far: tells an old line from a new one with the same number */
    long length, retry_after;
    us due, asked, begin;        /* begin: the moment that the plan meant */
    char *in, *out, *cookie, *location, *ticket;
    size_t in_size, out_size, out_sent;
};

/* plan.c */
extern struct step *steps;
extern struct actor *actors;
extern int actor_count, join_slots, until_settled;
extern double seconds;
extern const char *sent_file;
void read_plan(const char *path);

/* actors.c */
void start_step(struct actor *);
void next_step(struct actor *);
void broken(struct actor *, const char *why);
void go_all(void);
extern int at_barrier, barriers, finished, settled, over; /* over: the measuring is, loops end */

/* net.c */
extern int epoll, port;
void open_line(struct actor *);
void close_line(struct actor *);
void send_bytes(struct actor *, const char *bytes, size_t size);
void on_event(struct actor *, uint32_t events);

/* http.c and socket.c */
void send_request(struct actor *, const struct step *);
void send_upgrade(struct actor *, const struct step *);
size_t take_http(struct actor *, char *bytes, size_t size, int ended);
size_t take_upgrade(struct actor *, char *bytes, size_t size);
void send_text(struct actor *, const char *text);
size_t take_frames(struct actor *, char *bytes, size_t size);
char *filled(const struct actor *, const char *pattern); /* $location, $ticket in their places; to be freed */

/* timers.c */
us now(void);      /* since the epoch */
void wake(struct actor *, us when);
struct actor *awake(us when);
long until_next(us when); /* ms, -1: nobody sleeps */

/* stats.c */
extern us go_at; /* 0 before the go */
extern uint64_t retries, reconnects, errors, joins;
int label_of(const char *name);
void took(int label, us time);
void came_back(int label, int status);
void note_sent(long id);
void note_frame(const char *payload, size_t size, int compressed);
void note_join(void);
void report(void);

#endif

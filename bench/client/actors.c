/* What an actor does next. A broken line is opened again and the last message repeated: the product promises that
 * repeats do no harm, and what is counted in the end is the database. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TRIES = 20 };
static const us PAUSE = 200000;

int at_barrier, barriers, finished, settled, over;
static int slots_taken;
static struct actor **queue;
static int queue_size, queue_first;

static struct step *step_of(struct actor *who) { return &steps[who->step]; }

static void give_slot(struct actor *who) {
    if (!who->slot) return;
    who->slot = 0;
    slots_taken--;
    if (queue_first < queue_size) {
        struct actor *next = queue[queue_first++];
        next->slot = 1;
        slots_taken++;
        wake(next, now());
    }
}

static int has_slot(struct actor *who) {
    if (who->slot) return 1;
    if (slots_taken < join_slots) {
        slots_taken++;
        return who->slot = 1;
    }
    if (!queue) queue = calloc(actor_count * (MOST_TRIES + 1), sizeof *queue);
    if (queue_size < actor_count * (MOST_TRIES + 1)) queue[queue_size++] = who;
    return 0;
}

static void finish(struct actor *who) {
    give_slot(who);
    close_line(who);
    settled -= who->settled;
    who->settled = 0;
    who->done = 1;
    finished++;
}

/* After a reconnect: what the socket must hear first is said again, then the actor goes on where it was. */
static void resume(struct actor *who) {
    if (who->resume < 0 || step_of(who)->kind == SAY) return;
    if (who->resume > who->step) who->step = who->resume;
    who->resume = -1;
}

/* Asked from the moment that the plan meant, so that a slow server can't hide behind a client that waits for it. */
static us asked_at(struct actor *who) {
    us meant = who->begin;
    who->begin = 0;
    return meant ? meant : now();
}

void start_step(struct actor *who) {
    if (who->done) return;
    if (who->step >= who->last) {
        finish(who);
        return;
    }
    struct step *step = step_of(who);
    switch (step->kind) {
    case HTTP:
        if (!who->asked) who->asked = asked_at(who);
        send_request(who, step);
        break;
    case OPEN:
        if (!has_slot(who)) return;
        who->opened = who->step;
        if (!who->asked) who->asked = now();
        send_upgrade(who, step);
        break;
    case SAY:
        send_text(who, step->a);
        if (who->line == SOCKET) next_step(who);
        break;
    case ASK:
        if (who->line != SOCKET) {
            broken(who, "no socket");
            break;
        }
        if (!who->asked) who->asked = asked_at(who);
        if (who->noted != who->step) note_sent(step->number);
        who->noted = who->step;
        send_text(who, step->a);
        break;
    case BARRIER:
        who->waiting_for_go = !go_at;
        if (go_at) next_step(who);
        else at_barrier++;
        break;
    case AT:
        who->begin = (go_at ? go_at : now()) + (us)step->number * 1000;
        wake(who, who->begin);
        break;
    case SLEEP:
        wake(who, now() + (us)step->number * 1000);
        break;
    case CLOSE:
        close_line(who);
        who->opened = -1;
        next_step(who);
        break;
    case LOOP:
        if (over) {
            finish(who);
            break;
        }
        who->step -= step->number + 1;
        next_step(who);
        break;
    case WATCH:
        settled += !who->settled;
        who->settled = 1;
        break;
    case JOIN:
        break; /* frames come by themselves */
    }
}

void next_step(struct actor *who) {
    enum kind kind = who->step >= who->first && who->step < who->last ? step_of(who)->kind : CLOSE;
    if (kind != OPEN && kind != SAY) who->asked = 0;
    who->tries = kind == OPEN || kind == SAY ? who->tries : 0;
    who->step++;
    if (who->step < who->last) {
        if (step_of(who)->kind == ASK && who->resume < 0) who->asked = 0;
        resume(who);
        if (step_of(who)->kind != SAY && step_of(who)->kind != JOIN) give_slot(who);
    }
    start_step(who);
}

void broken(struct actor *who, const char *why) {
    if (who->done || who->step >= who->last) return;
    enum kind kind = step_of(who)->kind;
    if (who->opened < 0 && (kind == AT || kind == SLEEP || kind == BARRIER)) return; /* the next request opens a line */
    reconnects++;
    if (++who->tries > MOST_TRIES) {
        errors++;
        if (errors <= 3) fprintf(stderr, "an actor gave up: %s\n", why);
        finish(who);
        return;
    }
    if (kind != HTTP && who->opened >= 0) {
        if (who->step != who->opened && who->resume < 0) who->resume = who->step;
        if (who->waiting_for_go) at_barrier--;
        who->waiting_for_go = 0;
        who->step = who->opened;
    }
    wake(who, now() + PAUSE + (us)(rand() % 200000));
}

void go_all(void) {
    for (int i = 0; i < actor_count; i++)
        if (actors[i].waiting_for_go) {
            actors[i].waiting_for_go = 0;
            next_step(&actors[i]);
        }
}

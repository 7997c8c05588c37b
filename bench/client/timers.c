/* Who sleeps until when: a binary heap. An actor that was set anew leaves its older entry behind, which is skipped. */
#include "load.h"

#include <stdlib.h>
#include <time.h>

struct entry { us when; struct actor *who; };
static struct entry *heap;
static size_t count, room;

us now(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (us)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void wake(struct actor *who, us when) {
    if (count == room) heap = realloc(heap, (room = room * 2 + 1024) * sizeof *heap);
    size_t at = count++;
    who->due = when;
    for (; at && heap[(at - 1) / 2].when > when; at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
    heap[at] = (struct entry){when, who};
}

static struct entry pop(void) {
    struct entry first = heap[0], last = heap[--count];
    size_t at = 0, child;
    while ((child = at * 2 + 1) < count) {
        if (child + 1 < count && heap[child + 1].when < heap[child].when) child++;
        if (heap[child].when >= last.when) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = last;
    return first;
}

struct actor *awake(us when) {
    while (count && heap[0].when <= when) {
        struct entry first = pop();
        if (first.who->due == first.when) {
            first.who->due = 0;
            return first.who;
        }
    }
    return NULL;
}

long until_next(us when) {
    if (!count) return -1;
    return heap[0].when <= when ? 0 : (long)((heap[0].when - when + 999) / 1000);
}

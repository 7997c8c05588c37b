/* Figures: times by label, statuses, and of every different frame when it first arrived and how much later elsewhere. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABELS = 32, STATUSES = 600, FRAMES = 1 << 16, MOST_KEPT = 40000, BUCKETS = 800, BUCKET = 5000 };

us go_at;
uint64_t retries, reconnects, errors, joins;

static struct { const char *name; uint32_t *times; size_t count, room; uint64_t statuses[STATUSES]; } labels[LABELS];
static int label_count;

struct frame { uint64_t hash, count; us first; char *payload; size_t size; int compressed; uint32_t *later; };
static struct frame frames[FRAMES];
static uint64_t frame_count, frame_bytes, kept;
static FILE *sent;

int label_of(const char *name) {
    for (int i = 0; i < label_count; i++)
        if (!strcmp(labels[i].name, name)) return i;
    if (label_count == LABELS) exit(2);
    labels[label_count].name = strdup(name);
    return label_count++;
}

void took(int label, us time) {
    if (labels[label].count == labels[label].room)
        labels[label].times = realloc(labels[label].times, (labels[label].room = labels[label].room * 2 + 1024) * 4);
    labels[label].times[labels[label].count++] = time > UINT32_MAX ? UINT32_MAX : (uint32_t)time;
}

void came_back(int label, int status) { labels[label].statuses[status < STATUSES && status > 0 ? status : 0]++; }

void note_sent(long id) {
    if (!sent && sent_file) sent = fopen(sent_file, "w");
    if (sent) fprintf(sent, "%ld\n", id);
}

void note_join(void) { joins++; }

static uint64_t hash_of(const char *bytes, size_t size) {
    uint64_t hash = size, word;
    for (size_t at = 0; at < size; at += 8) {
        word = 0;
        memcpy(&word, bytes + at, size - at < 8 ? size - at : 8);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return hash ? hash : 1;
}

static void keep(struct frame *one, uint64_t hash, const char *payload, size_t size, int compressed, us at) {
    one->hash = hash;
    one->first = at;
    one->compressed = compressed != 0;
    one->size = size;
    one->payload = malloc(size + 1);
    memcpy(one->payload, payload, size);
    kept++;
}

void note_frame(const char *payload, size_t size, int compressed) {
    if (!go_at || over) return;
    uint64_t hash = hash_of(payload, size);
    us at = now();
    frame_count++;
    frame_bytes += size + (size < 126 ? 2 : 4);
    struct frame *one = &frames[hash % FRAMES];
    while (one->hash && one->hash != hash) one = one + 1 == frames + FRAMES ? frames : one + 1;
    if (!one->hash) {
        if (kept == MOST_KEPT) return;
        keep(one, hash, payload, size, compressed, at);
    }
    one->count++;
    if (!one->later) one->later = calloc(BUCKETS, sizeof *one->later);
    size_t bucket = (at - one->first) / BUCKET;
    one->later[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
}

static int ascending(const void *a, const void *b) {
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return one < other ? -1 : one > other;
}

static void report_label(int i) {
    size_t n = labels[i].count;
    uint32_t *t = labels[i].times;
    qsort(t, n, sizeof *t, ascending);
    printf("times %s %zu", labels[i].name, n);
    if (n) printf(" %u %u %u %u", t[n / 2], t[n * 95 / 100], t[n * 99 / 100], t[n - 1]);
    printf("\n");
    for (int s = 0; s < STATUSES; s++)
        if (labels[i].statuses[s]) printf("status %s %d %lu\n", labels[i].name, s, (unsigned long)labels[i].statuses[s]);
}

static void report_frame(const struct frame *one) {
    printf("frame %lu %lu %d ", (unsigned long)one->first, (unsigned long)one->count, one->compressed);
    for (size_t i = 0; i < one->size; i++) printf("%02x", (unsigned char)one->payload[i]);
    for (int i = 0; i < BUCKETS; i++)
        if (one->later[i]) printf(" %d:%u", i * BUCKET / 1000, one->later[i]);
    printf("\n");
}

void report(void) {
    if (sent) fclose(sent);
    for (int i = 0; i < label_count; i++) report_label(i);
    printf("count frames %lu\ncount frame_bytes %lu\n", (unsigned long)frame_count, (unsigned long)frame_bytes);
    printf("count retries %lu\ncount reconnects %lu\ncount errors %lu\ncount joins %lu\n", (unsigned long)retries,
        (unsigned long)reconnects, (unsigned long)errors, (unsigned long)joins);
    for (int i = 0; i < FRAMES; i++)
        if (frames[i].hash && (frames[i].size > 90 || frames[i].count > 1)) report_frame(&frames[i]);
    fflush(stdout);
}

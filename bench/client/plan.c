/* Reading a plan: one line a step, fields between tabs. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct step *steps;
struct actor *actors;
int actor_count, join_slots = 256, until_settled;
double seconds = 10;
const char *sent_file;

static int step_count, step_room, actor_room;

static const struct { const char *word; enum kind kind; } words[] = {
    {"http", HTTP}, {"open", OPEN}, {"say", SAY}, {"ask", ASK}, {"join", JOIN}, {"watch", WATCH},
    {"barrier", BARRIER}, {"at", AT}, {"sleep", SLEEP}, {"close", CLOSE}, {"loop", LOOP},
};

static void refuse(const char *line) {
    fprintf(stderr, "the plan has a line that nobody understands: %s\n", line);
    exit(2);
}

static void add_actor(char **field, int fields) {
    if (actor_count == actor_room) actors = realloc(actors, (actor_room = actor_room * 2 + 64) * sizeof *actors);
    struct actor *one = &actors[actor_count++];
    memset(one, 0, sizeof *one);
    one->fd = -1;
    one->resume = one->opened = one->noted = -1;
    one->first = one->step = one->last = step_count;
    one->due = (us)(atof(field[1]) * 1000);
    one->cookie = strdup(fields > 2 ? field[2] : "");
}

static void add_step(char **field, int fields, const char *line) {
    if (!actor_count) refuse(line);
    if (step_count == step_room) steps = realloc(steps, (step_room = step_room * 2 + 256) * sizeof *steps);
    struct step *one = &steps[step_count];
    memset(one, 0, sizeof *one);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i].word, field[0])) {
            one->kind = words[i].kind;
            actors[actor_count - 1].last = ++step_count;
            if (one->kind == HTTP && fields == 5)
                one->label = label_of(field[1]), one->a = field[2], one->b = field[3], one->c = field[4];
            else if (one->kind == ASK && fields == 4)
                one->label = label_of(field[1]), one->number = atol(field[2]), one->a = field[3];
            else if (one->kind == JOIN && fields == 3)
                one->label = label_of(field[1]), one->number = atol(field[2]);
            else if ((one->kind == OPEN || one->kind == SAY) && fields == 2)
                one->a = field[1];
            else if ((one->kind == AT || one->kind == SLEEP || one->kind == LOOP) && fields == 2)
                one->number = atol(field[1]);
            else if (fields != 1)
                refuse(line);
            return;
        }
    refuse(line);
}

static void take_line(char *line) {
    char *field[6], *rest = line, *whole = strdup(line);
    int fields = 0;
    while (rest && fields < 6) field[fields++] = strsep(&rest, "\t");
    if (rest) refuse(whole);
    if (!strcmp(field[0], "seconds") && fields == 2) seconds = atof(field[1]);
    else if (!strcmp(field[0], "joins") && fields == 2) join_slots = atoi(field[1]);
    else if (!strcmp(field[0], "settled") && fields == 1) until_settled = 1;
    else if (!strcmp(field[0], "sent") && fields == 2) sent_file = field[1];
    else if (!strcmp(field[0], "actor") && fields >= 2) add_actor(field, fields);
    else add_step(field, fields, whole);
    free(whole);
}

void read_plan(const char *path) {
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    if (!file) perror(path), exit(2);
    while (getline(&line, &room, file) > 0) {
        line[strcspn(line, "\n")] = 0;
        if (*line) take_line(strdup(line)); /* kept: steps point into it */
    }
    free(line);
    fclose(file);
}

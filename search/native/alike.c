/* Near-copies among the articles that match (see search.engines.local.codec.variants). */

#include "rank.h"

enum { AWAY, MATCHES, COPY };

/* Mark those of the articles of which a document is found. */
static int mark_matches(Alike *alike, const Query *query)
{
    size_t at = 0;
    for (size_t nth = 0; nth < alike->count; nth++) {
        const i64 title = alike->titles[nth];
        if ((u64)alike->places[nth] >= alike->count) {
            PyErr_SetString(PyExc_ValueError, "expected places of near-copies");
            return -1;
        }
        at = gallop(query->found, query->count, at, title);
        if (at < query->count && title_of(query, query->found[at]) == title)
            alike->states[alike->places[nth]] = MATCHES;
    }
    return 0;
}

int find_copies(Alike *alike, const Query *query)
{
    size_t first = alike->count;
    alike->copies = 0;
    if (!alike->count)
        return 0;
    if (!(alike->states = calloc(alike->count, 1))) {
        PyErr_NoMemory();
        return -1;
    }
    if (mark_matches(alike, query))
        return -1;
    for (size_t place = 0; place < alike->count; place++) {
        if (!alike->states[place])
            continue;
        if (first < place && alike->groups[first] == alike->groups[place]) {
            alike->states[place] = COPY;
            alike->copies++;
        } else {
            first = place;
        }
    }
    return 0;
}

/* The place of an article; their count if it has no near-copies. */
static size_t place_of(Alike *alike, i64 title)
{
    alike->at = gallop(alike->titles, alike->count, alike->at, title);
    if (alike->at < alike->count && alike->titles[alike->at] == title)
        return (size_t)alike->places[alike->at];
    return alike->count;
}

int is_copy(Alike *alike, i64 title)
{
    size_t place;
    if (!alike->copies)
        return 0;
    place = place_of(alike, title);
    return place < alike->count && alike->states[place] == COPY;
}

PyObject *copies_of(Alike *alike, i64 title)
{
    PyObject *found = PyList_New(0);
    const size_t first = alike->copies ? place_of(alike, title) : alike->count;
    for (size_t place = first + 1; found && place < alike->count; place++) {
        PyObject *copy;
        if (alike->groups[place] != alike->groups[first])
            break;
        if (alike->states[place] == AWAY)
            continue;
        copy = PyLong_FromLongLong((long long)alike->members[place]);
        if (!copy || PyList_Append(found, copy) < 0)
            Py_CLEAR(found);
        Py_XDECREF(copy);
    }
    return found;
}

/* Ranking: what Python sees of it (see score.c, alike.c and best.c). */

#include "rank.h"

static int open_leaf(Leaf *leaf, Py_buffer views[2], int *held, PyObject *given)
{
    PyObject *documents, *scores;
    size_t count;
    if (!PyArg_ParseTuple(given, "OOp", &documents, &scores, &leaf->in_title))
        return -1;
    leaf->documents = numbers_of(documents, &views[0], 8, &leaf->count);
    if (!leaf->documents)
        return -1;
    *held = 1;
    leaf->scores = numbers_of(scores, &views[1], 8, &count);
    if (!leaf->scores)
        return -1;
    *held = 2;
    if (count != leaf->count) {
        PyErr_SetString(PyExc_ValueError, "expected a score for each document");
        return -1;
    }
    return 0;
}

enum { FOUND, NUMBERS, TITLES, PLACES, MEMBERS, GROUPS, COLUMNS };

typedef struct {
    Py_buffer columns[COLUMNS], (*leaves)[2];
    int *held, opened[COLUMNS];
} Views;

static void close_views(Views *views, Py_ssize_t many)
{
    for (Py_ssize_t nth = 0; views->held && nth < many; nth++)
        for (int view = 0; view < views->held[nth]; view++)
            PyBuffer_Release(&views->leaves[nth][view]);
    for (int column = 0; column < COLUMNS; column++)
        if (views->opened[column])
            PyBuffer_Release(&views->columns[column]);
    free(views->leaves);
    free(views->held);
}

/* The numbers of documents in their articles, as narrow as they are. */
static int open_numbers(PyObject *given, Views *views, Column *numbers)
{
    Py_buffer *view = &views->columns[NUMBERS];
    if (PyObject_GetBuffer(given, view, PyBUF_C_CONTIGUOUS) < 0)
        return -1;
    if ((view->itemsize != 1 && view->itemsize != 2 && view->itemsize != 4 && view->itemsize != 8) ||
        (uintptr_t)view->buf % (size_t)view->itemsize) {
        PyErr_Format(PyExc_TypeError, "expected numbers of 1, 2, 4 or 8 bytes, found some of %zd", view->itemsize);
        PyBuffer_Release(view);
        return -1;
    }
    views->opened[NUMBERS] = 1;
    *numbers = (Column){view->buf, (size_t)(view->len / view->itemsize), view->itemsize};
    return 0;
}

/* Open a column of documents or the like, if it is there. */
static int open_column(PyObject *given, Views *views, int which, const i64 **numbers, size_t *count)
{
    if (given == Py_None)
        return 0;
    *numbers = numbers_of(given, &views->columns[which], 8, count);
    views->opened[which] = *numbers != NULL;
    return *numbers ? 0 : -1;
}

static int open_alike(PyObject *given, Views *views, Alike *alike)
{
    PyObject *titles, *places, *members, *groups;
    size_t counts[3];
    if (given == Py_None)
        return 0;
    if (!PyArg_ParseTuple(given, "OOOO", &titles, &places, &members, &groups) ||
        open_column(titles, views, TITLES, &alike->titles, &alike->count) ||
        open_column(places, views, PLACES, &alike->places, &counts[0]) ||
        open_column(members, views, MEMBERS, &alike->members, &counts[1]) ||
        open_column(groups, views, GROUPS, &alike->groups, &counts[2]))
        return -1;
    for (int column = 0; column < 3; column++)
        if (counts[column] != alike->count) {
            PyErr_SetString(PyExc_ValueError, "expected columns of one length");
            return -1;
        }
    return 0;
}

static int open_leaves(Views *views, PyObject *given, Query *query)
{
    for (size_t nth = 0; nth < query->many; nth++) {
        Leaf *leaf = &query->leaves[nth];
        if (open_leaf(leaf, views->leaves[nth], &views->held[nth], PyList_GetItem(given, (Py_ssize_t)nth)))
            return -1;
    }
    return 0;
}

/* Room that is kept from one query to the next. Who uses it takes it away: making Python objects may run the garbage
   collector (up to 3.11), and with it any Python code, other threads and other queries. */
static Row kept_articles, kept_texts, kept_found;

static Row taken(Row *kept)
{
    const Row row = *kept;
    memset(kept, 0, sizeof *kept);
    return row;
}

static void put_back(Row *kept, Row row)
{
    row_free(kept);
    *kept = row;
}

static PyObject *ranked_in(Query *query, size_t limit, i64 *listed, double *texts, Article *articles)
{
    PyObject *rows;
    const Py_ssize_t count = score_all(query, listed, texts, articles);
    if (count < 0) {
        PyErr_SetString(PyExc_ValueError, "expected documents of the index");
        return NULL;
    }
    if (find_copies(&query->alike, query))
        return NULL;
    rows = best_of(query, texts, articles, (size_t)count, limit);
    return rows ? Py_BuildValue("(nnnN)", count, (Py_ssize_t)query->count, query->alike.copies, rows) : NULL;
}

static PyObject *ranked(Query *query, size_t limit)
{
    Row for_texts = taken(&kept_texts), for_articles = taken(&kept_articles), for_found = taken(&kept_found);
    size_t most = query->found ? query->count : 0;
    double *texts;
    Article *articles;
    i64 *listed = NULL;
    PyObject *found = NULL;
    for (size_t nth = 0; !query->found && nth < query->many; nth++)
        most += query->leaves[nth].count;
    texts = (double *)row_room(&for_texts, most * sizeof *texts);
    articles = (Article *)row_room(&for_articles, most * sizeof *articles);
    if (!query->found)
        listed = (i64 *)row_room(&for_found, (most + AT_ONCE) * sizeof *listed);
    if (texts && articles && (listed || query->found))
        found = ranked_in(query, limit, listed, texts, articles);
    else
        PyErr_NoMemory();
    put_back(&kept_texts, for_texts);
    put_back(&kept_articles, for_articles);
    put_back(&kept_found, for_found);
    return found;
}

PyObject *rank_articles(PyObject *module, PyObject *args)
{
    PyObject *found, *leaves, *numbers, *alike, *result = NULL;
    Py_ssize_t limit, many;
    Views views = {0};
    Query query = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!OOdn", &found, &PyList_Type, &leaves, &numbers, &alike, &query.share, &limit))
        return NULL;
    many = PyList_Size(leaves);
    query.many = (size_t)many;
    query.leaves = calloc(query.many + 1, sizeof *query.leaves);
    views.leaves = calloc(query.many + 1, sizeof *views.leaves);
    views.held = calloc(query.many + 1, sizeof *views.held);
    if (!query.leaves || !views.leaves || !views.held)
        PyErr_NoMemory();
    else if (!open_column(found, &views, FOUND, &query.found, &query.count) &&
             !open_numbers(numbers, &views, &query.numbers) && !open_alike(alike, &views, &query.alike) &&
             !open_leaves(&views, leaves, &query))
        result = ranked(&query, limit < 1 ? 1 : (size_t)limit);
    close_views(&views, many);
    free(query.leaves);
    free(query.alike.states);
    return result;
}

/* Ranking: from the documents that match and the postings of a query's words to the best articles, as
   search.engines.local.scoring has it. Documents are ascending, each once. */

#include "native.h"

typedef struct {
    const i64 *documents;
    const double *scores;
    size_t count, at;
    int in_title;       /* whether it counts in titles only */
    int is_sparse;      /* whether most of its documents are not asked for */
} Leaf;

/* A column of numbers of 1, 2, 4 or 8 bytes. */
typedef struct {
    const void *data;
    size_t count;
    Py_ssize_t width;
} Column;

typedef struct {
    double ranked;
    size_t first;       /* of its documents, among those that match; the next article's is behind its last */
} Article;

static i64 number_at(const Column *column, i64 place)
{
    switch (column->width) {
    case 1:
        return ((const u8 *)column->data)[place];
    case 2:
        return ((const uint16_t *)column->data)[place];
    case 4:
        return (i64)((const u32 *)column->data)[place];
    default:
        return ((const i64 *)column->data)[place];
    }
}

/* The score of a document; asked for in ascending order, each once. The additions are in the order of the leaves. What
   does not hit adds 0.0, which changes no sum: that is faster than a branch that nobody can foresee. */
static double score(Leaf *leaves, size_t count, i64 document, int is_title)
{
    double total = 0.0;
    for (size_t nth = 0; nth < count; nth++) {
        Leaf *leaf = &leaves[nth];
        size_t at = leaf->at;
        int hits;
        if (leaf->in_title && !is_title)
            continue;
        if (leaf->is_sparse)
            at = gallop(leaf->documents, leaf->count, at, document);
        while (at < leaf->count && leaf->documents[at] < document)
            at++;
        if (at < leaf->count) {
            hits = leaf->documents[at] == document;
            total += hits ? leaf->scores[at] : 0.0;
            at += (size_t)hits;
        }
        leaf->at = at;
    }
    return total;
}

/* Add up the scores of a leaf in a place for each document; -1 where one is none of the index. */
static int add_leaf(const Leaf *leaf, const Column *numbers, double *totals)
{
    const i64 *documents = leaf->documents;
    const double *scores = leaf->scores;
    const size_t count = leaf->count, most = numbers->count;
    for (size_t at = 0; at < count; at++) {
        if ((u64)documents[at] >= most)
            return -1;
        if (!leaf->in_title || !number_at(numbers, documents[at]))
            totals[documents[at]] += scores[at];
    }
    return 0;
}

static int add_up(const Leaf *leaves, size_t count, const Column *numbers, double *totals)
{
    for (size_t nth = 0; nth < count; nth++)
        if (add_leaf(&leaves[nth], numbers, totals))
            return -1;
    return 0;
}

static void clear(const Leaf *leaves, size_t count, size_t most, double *totals)
{
    for (size_t nth = 0; nth < count; nth++)
        for (size_t at = 0; at < leaves[nth].count; at++)
            if ((u64)leaves[nth].documents[at] < most)
                totals[leaves[nth].documents[at]] = 0.0;
}

typedef struct {
    const i64 *found;
    size_t count;
    Leaf *leaves;
    size_t many;
    Column numbers;
    double share;
    double *totals;     /* the sums of all scores, or NULL */
} Input;

static i64 title_of(const Input *in, i64 document)
{
    return document - number_at(&in->numbers, document);
}

/* Score the texts, and put together the articles that they belong to: how many there are; -1 where a document is none
   of the index. There is room for as many articles as texts. */
static Py_ssize_t score_all(const Input *in, double *texts, Article *articles)
{
    const i64 *found = in->found;
    const u8 *small = in->numbers.width == 1 ? in->numbers.data : NULL; /* as they mostly are */
    const double *totals = in->totals, share = in->share;
    const size_t count = in->count, most = in->numbers.count;
    Article *article = articles;
    size_t nth = 0;
    while (nth < count) {
        double of_title, best = 0.0;
        i64 title;
        if ((u64)found[nth] >= most || (title = title_of(in, found[nth])) < 0 || title > found[nth])
            return -1;
        of_title = totals ? totals[title] : score(in->leaves, in->many, title, 1);
        article->first = nth;
        if (found[nth] == title)
            texts[nth++] = of_title;
        for (; nth < count; nth++) {
            const i64 document = found[nth];
            double of_text;
            if ((u64)document >= most || document - (small ? small[document] : number_at(&in->numbers, document)) != title)
                break;
            of_text = totals ? totals[document] : score(in->leaves, in->many, document, 0);
            texts[nth] = of_text;
            best = of_text > best ? of_text : best;
        }
        article++->ranked = best + share * of_title;
    }
    return article - articles;
}

/* Put a score into a heap of the largest, the least of which is first. */
static void keep(double *heap, size_t size, double value)
{
    size_t at = 0, child;
    while ((child = 2 * at + 1) < size) {
        if (child + 1 < size && heap[child + 1] < heap[child])
            child++;
        if (value <= heap[child])
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = value;
}

typedef struct {
    const i64 *titles;
    size_t count, at;
} Skipped;

/* Whether an article is skipped; asked for in ascending order. */
static int is_skipped(Skipped *skipped, i64 title)
{
    if (skipped->at == skipped->count)
        return 0;
    skipped->at = gallop(skipped->titles, skipped->count, skipped->at, title);
    return skipped->at < skipped->count && skipped->titles[skipped->at] == title;
}

/* The least score of the `limit` best articles but those skipped; -1 if there are no more than these. */
static double least_of_best(const Input *in, const Article *articles, size_t count, Skipped skipped, size_t limit)
{
    double *heap, least;
    size_t held = 0;
    if (count <= limit || !(heap = malloc(limit * sizeof *heap)))
        return -1.0;
    for (size_t nth = 0; nth < count; nth++) {
        const double ranked = articles[nth].ranked;
        if (held == limit && ranked <= heap[0])
            continue;
        if (is_skipped(&skipped, title_of(in, in->found[articles[nth].first])))
            continue;
        if (held < limit) {
            size_t at = held++;
            for (; at && ranked < heap[(at - 1) / 2]; at = (at - 1) / 2)
                heap[at] = heap[(at - 1) / 2];
            heap[at] = ranked;
        } else {
            keep(heap, limit, ranked);
        }
    }
    least = held < limit ? -1.0 : heap[0];
    free(heap);
    return least;
}

/* The scores of an article's documents, by document. */
static PyObject *texts_of(const Input *in, const double *texts, size_t first, size_t end)
{
    PyObject *found = PyDict_New();
    for (size_t nth = first; found && nth < end; nth++) {
        PyObject *document = PyLong_FromLongLong((long long)in->found[nth]), *of_text = PyFloat_FromDouble(texts[nth]);
        if (!document || !of_text || PyDict_SetItem(found, document, of_text) < 0)
            Py_CLEAR(found);
        Py_XDECREF(document);
        Py_XDECREF(of_text);
    }
    return found;
}

/* The articles that may be among the best: all that score no less than the last of these. */
static PyObject *chosen(const Input *in, const double *texts, const Article *articles, size_t count, Skipped skipped,
                        size_t limit)
{
    const double least = least_of_best(in, articles, count, skipped, limit);
    PyObject *found = PyList_New(0);
    for (size_t nth = 0; found && nth < count; nth++) {
        const size_t first = articles[nth].first, end = nth + 1 < count ? articles[nth + 1].first : in->count;
        PyObject *row, *of_texts;
        i64 title;
        if (articles[nth].ranked < least)
            continue;
        title = title_of(in, in->found[first]);
        if (is_skipped(&skipped, title))
            continue;
        of_texts = texts_of(in, texts, first, end);
        row = of_texts ? Py_BuildValue("(dLN)", articles[nth].ranked, (long long)title, of_texts) : NULL;
        if (!row || PyList_Append(found, row) < 0)
            Py_CLEAR(found);
        Py_XDECREF(row);
    }
    return found;
}

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

enum { FOUND, SKIPPED, NUMBERS, TOTALS, COLUMNS };

typedef struct {
    Py_buffer columns[COLUMNS], (*leaves)[2];
    int *held, all;
} Views;

static void close_views(Views *views, Py_ssize_t many)
{
    for (Py_ssize_t nth = 0; views->held && nth < many; nth++)
        for (int view = 0; view < views->held[nth]; view++)
            PyBuffer_Release(&views->leaves[nth][view]);
    while (views->all)
        PyBuffer_Release(&views->columns[--views->all]);
    free(views->leaves);
    free(views->held);
}

/* The numbers of documents in their articles, as narrow as they are. */
static int open_numbers(PyObject *given, Py_buffer *view, Column *numbers)
{
    if (PyObject_GetBuffer(given, view, PyBUF_C_CONTIGUOUS) < 0)
        return -1;
    if ((view->itemsize != 1 && view->itemsize != 2 && view->itemsize != 4 && view->itemsize != 8) ||
        (uintptr_t)view->buf % (size_t)view->itemsize) {
        PyErr_Format(PyExc_TypeError, "expected numbers of 1, 2, 4 or 8 bytes, found some of %zd", view->itemsize);
        PyBuffer_Release(view);
        return -1;
    }
    *numbers = (Column){view->buf, (size_t)(view->len / view->itemsize), view->itemsize};
    return 0;
}

/* Open the columns; `room` is how many totals there may be. */
static int open_columns(Views *views, PyObject *given[COLUMNS], Input *in, Skipped *skipped, size_t *room)
{
    if (!(in->found = numbers_of(given[FOUND], &views->columns[FOUND], 8, &in->count)))
        return -1;
    views->all++;
    if (!(skipped->titles = numbers_of(given[SKIPPED], &views->columns[SKIPPED], 8, &skipped->count)))
        return -1;
    views->all++;
    if (open_numbers(given[NUMBERS], &views->columns[NUMBERS], &in->numbers))
        return -1;
    views->all++;
    if (!(in->totals = (double *)numbers_of(given[TOTALS], &views->columns[TOTALS], 8, room)))
        return -1;
    views->all++;
    return 0;
}

static int open_leaves(Views *views, PyObject *given, Input *in)
{
    for (size_t nth = 0; nth < in->many; nth++) {
        Leaf *leaf = &in->leaves[nth];
        if (open_leaf(leaf, views->leaves[nth], &views->held[nth], PyList_GetItem(given, (Py_ssize_t)nth)))
            return -1;
    }
    return 0;
}

/* To look a document up takes so many times as long as to add up a score; and to do so in more leaves than these, longer
   than to add all up in a place for each document. */
enum { COSTS = 4, MERGED = 2 };

/* Room that is kept from one query to the next. Who uses it takes it away: making Python objects may run the garbage
   collector (up to 3.11), and with it any Python code, other threads and other queries. */
static Row kept_articles, kept_texts;

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

static PyObject *ranked_in(Input *in, Skipped skipped, size_t room, size_t limit, double *texts, Article *articles)
{
    PyObject *rows;
    size_t size = 0;
    Py_ssize_t count = -1;
    int failed = 0;
    for (size_t nth = 0; nth < in->many; nth++) {
        size += in->leaves[nth].count;
        in->leaves[nth].is_sparse = in->leaves[nth].count >= COSTS * in->count;
    }
    if (room != in->numbers.count || in->many <= MERGED || size >= COSTS * in->count * in->many)
        in->totals = NULL;
    if (in->totals)
        failed = add_up(in->leaves, in->many, &in->numbers, in->totals);
    if (!failed)
        count = score_all(in, texts, articles);
    if (in->totals)
        clear(in->leaves, in->many, in->numbers.count, in->totals);
    if (count < 0) {
        PyErr_SetString(PyExc_ValueError, "expected documents of the index");
        return NULL;
    }
    rows = chosen(in, texts, articles, (size_t)count, skipped, limit);
    return rows ? Py_BuildValue("(nN)", count, rows) : NULL;
}

static PyObject *ranked(Input *in, Skipped skipped, size_t room, size_t limit)
{
    Row for_texts = taken(&kept_texts), for_articles = taken(&kept_articles);
    double *texts = (double *)row_room(&for_texts, in->count * sizeof *texts);
    Article *articles = texts ? (Article *)row_room(&for_articles, in->count * sizeof *articles) : NULL;
    PyObject *found = articles ? ranked_in(in, skipped, room, limit, texts, articles) : PyErr_NoMemory();
    put_back(&kept_texts, for_texts);
    put_back(&kept_articles, for_articles);
    return found;
}

PyObject *rank_articles(PyObject *module, PyObject *args)
{
    PyObject *given[COLUMNS], *leaves, *result = NULL;
    Py_ssize_t limit, many;
    size_t room;
    Skipped skipped = {0};
    Views views = {0};
    Input in = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!OOOdn", &given[FOUND], &PyList_Type, &leaves, &given[NUMBERS], &given[SKIPPED],
                          &given[TOTALS], &in.share, &limit))
        return NULL;
    many = PyList_Size(leaves);
    in.many = (size_t)many;
    in.leaves = calloc(in.many + 1, sizeof *in.leaves);
    views.leaves = calloc(in.many + 1, sizeof *views.leaves);
    views.held = calloc(in.many + 1, sizeof *views.held);
    if (!in.leaves || !views.leaves || !views.held)
        PyErr_NoMemory();
    else if (!open_columns(&views, given, &in, &skipped, &room) && !open_leaves(&views, leaves, &in))
        result = ranked(&in, skipped, room, limit < 1 ? 1 : (size_t)limit);
    close_views(&views, many);
    free(in.leaves);
    return result;
}

PyObject *matched_articles(PyObject *module, PyObject *args)
{
    PyObject *given[3], *result = NULL;
    Py_buffer views[3];
    const i64 *columns[2];
    size_t counts[2], at = 0;
    Row places = {0};
    Column numbers;
    int held = 0, failed = 0;
    (void)module;
    if (!PyArg_ParseTuple(args, "OOO", &given[0], &given[1], &given[2]))
        return NULL;
    for (; held < 2; held++)
        if (!(columns[held] = numbers_of(given[held], &views[held], 8, &counts[held])))
            goto end;
    if (open_numbers(given[2], &views[2], &numbers))
        goto end;
    held++;
    for (size_t nth = 0; nth < counts[0] && !failed; nth++) {
        const i64 title = columns[0][nth], place = (i64)nth;
        at = gallop(columns[1], counts[1], at, title);
        if (at == counts[1])
            break;
        if ((u64)columns[1][at] < numbers.count && columns[1][at] - number_at(&numbers, columns[1][at]) == title)
            failed = row_add(&places, &place, sizeof place);
    }
    if (!failed)
        result = PyBytes_FromStringAndSize(places.data ? places.data : "", (Py_ssize_t)places.used);
end:
    while (held)
        PyBuffer_Release(&views[--held]);
    row_free(&places);
    return result ? result : failed_for_memory();
}

/* The best of the articles that match. */

#include "rank.h"

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

/* Add a score to such a heap. */
static void add(double *heap, size_t size, double value)
{
    size_t at = size;
    for (; at && value < heap[(at - 1) / 2]; at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = value;
}

/* The least score of the `limit` best articles but copies; -1 if there are no more than these. */
static double least_of_best(const Query *query, const Article *articles, size_t count, size_t limit)
{
    Alike alike = query->alike;
    double *heap, least;
    size_t held = 0;
    if (count <= limit || !(heap = malloc(limit * sizeof *heap)))
        return -1.0;
    for (size_t nth = 0; nth < count; nth++) {
        const double ranked = articles[nth].ranked;
        if (held == limit && ranked <= heap[0])
            continue;
        if (is_copy(&alike, title_of(query, query->found[articles[nth].end - 1])))
            continue;
        if (held < limit)
            add(heap, held++, ranked);
        else
            keep(heap, limit, ranked);
    }
    least = held < limit ? -1.0 : heap[0];
    free(heap);
    return least;
}

/* The scores of an article's documents, by document. */
static PyObject *texts_of(const Query *query, const double *texts, size_t first, size_t end)
{
    PyObject *found = PyDict_New();
    for (size_t nth = first; found && nth < end; nth++) {
        PyObject *document = PyLong_FromLongLong((long long)query->found[nth]);
        PyObject *of_text = PyFloat_FromDouble(texts[nth]);
        if (!document || !of_text || PyDict_SetItem(found, document, of_text) < 0)
            Py_CLEAR(found);
        Py_XDECREF(document);
        Py_XDECREF(of_text);
    }
    return found;
}

PyObject *best_of(const Query *query, const double *texts, const Article *articles, size_t count, size_t limit)
{
    const double least = least_of_best(query, articles, count, limit);
    Alike alike = query->alike;
    PyObject *found = PyList_New(0);
    for (size_t nth = 0; found && nth < count; nth++) {
        const size_t first = nth ? articles[nth - 1].end : 0, end = articles[nth].end;
        PyObject *row, *of_texts, *copies;
        i64 title;
        if (articles[nth].ranked < least)
            continue;
        title = title_of(query, query->found[first]);
        if (is_copy(&alike, title))
            continue;
        of_texts = texts_of(query, texts, first, end);
        copies = of_texts ? copies_of(&alike, title) : NULL;
        row = copies ? Py_BuildValue("(dLOO)", articles[nth].ranked, (long long)title, of_texts, copies) : NULL;
        if (!row || PyList_Append(found, row) < 0)
            Py_CLEAR(found);
        Py_XDECREF(row);
        Py_XDECREF(of_texts);
        Py_XDECREF(copies);
    }
    return found;
}

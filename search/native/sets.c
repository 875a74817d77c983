/* Sets of documents, as ascending lists (i64), each document once. */

#include "native.h"
#include "bits.h"

/* The first place from `at` on whose document is not less than the one wanted: in steps that double, then by halves
   (J. Bentley, A. Yao, An almost optimal algorithm for unbounded searching, 1976). */
size_t gallop(const i64 *documents, size_t count, size_t at, i64 wanted)
{
    size_t step = 1, high;
    if (at >= count || documents[at] >= wanted)
        return at;
    while (at + step < count && documents[at + step] < wanted) {
        at += step;
        step *= 2;
    }
    high = at + step < count ? at + step : count;
    while (at + 1 < high) {
        const size_t middle = at + (high - at) / 2;
        if (documents[middle] < wanted)
            at = middle;
        else
            high = middle;
    }
    return high;
}

typedef struct {
    Py_buffer view;
    const i64 *documents;
    size_t count, at;
} List;

static int open_lists(PyObject *given, List *lists, Py_ssize_t *opened)
{
    for (Py_ssize_t nth = 0; nth < PyList_Size(given); nth++) {
        List *one = &lists[nth];
        one->documents = numbers_of(PyList_GetItem(given, nth), &one->view, 8, &one->count);
        if (!one->documents)
            return -1;
        *opened = nth + 1;
    }
    return 0;
}

/* All documents of two lists. */
static size_t unite_two(const i64 *one, size_t first, const i64 *two, size_t second, i64 *out)
{
    size_t here = 0, there = 0, made = 0;
    while (here < first && there < second) {
        const i64 least = one[here] <= two[there] ? one[here] : two[there];
        here += one[here] == least;
        there += two[there] == least;
        out[made++] = least;
    }
    memcpy(out + made, one + here, (first - here) * sizeof *out);
    made += first - here;
    memcpy(out + made, two + there, (second - there) * sizeof *out);
    return made + second - there;
}

/* The documents that are in both lists. */
static size_t common_to_two(const i64 *one, size_t first, const i64 *two, size_t second, i64 *out)
{
    size_t there = 0, made = 0;
    for (size_t here = 0; here < first; here++) {
        there = gallop(two, second, there, one[here]);
        if (there < second && two[there] == one[here])
            out[made++] = one[here];
    }
    return made;
}

/* Set a bit for each document, none of which is above `most`; -1 where one is. */
static int set_bits(const List *lists, Py_ssize_t many, size_t most, u64 *bits)
{
    for (Py_ssize_t nth = 0; nth < many; nth++) {
        const i64 *documents = lists[nth].documents;
        for (size_t at = 0, count = lists[nth].count; at < count; at++) {
            if ((u64)documents[at] > most)
                return -1;
            bits[documents[at] >> 6] |= (u64)1 << (documents[at] & 63);
        }
    }
    return 0;
}

/* All documents of some lists: a bit for each, and then these in order. NULL, without an error, where they do not
   ascend, or where there is no room. */
static PyObject *united_by_bits(const List *lists, Py_ssize_t many, size_t most)
{
    const size_t words = most / 64 + 1;
    u64 *bits = calloc(words, sizeof *bits);
    PyObject *found = NULL;
    size_t count = 0;
    if (bits && !set_bits(lists, many, most, bits)) {
        for (size_t word = 0; word < words; word++)
            count += (size_t)count_bits(bits[word]);
        found = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(count * sizeof(i64)));
        PyErr_Clear();
    }
    if (found) {
        i64 *out = (i64 *)PyBytes_AsString(found);
        for (size_t word = 0; word < words; word++)
            for (u64 left = bits[word]; left; left &= left - 1)
                *out++ = (i64)(64 * word) + lowest_bit(left);
    }
    free(bits);
    return found;
}

/* Bits are used unless there is less than one document in so many that there may be. */
enum { SPARSE = 256 };

static PyObject *joined(PyObject *given, int common)
{
    const Py_ssize_t many = PyList_Size(given);
    List *lists = many < 0 ? NULL : calloc((size_t)many + 1, sizeof *lists);
    Py_ssize_t opened = 0;
    i64 *made = NULL, *next = NULL;
    size_t count = 0, most = 0, last = 0;
    PyObject *found = NULL;
    if (many < 0)
        return NULL;
    if (!lists) {
        PyErr_NoMemory();
        goto end;
    }
    if (open_lists(given, lists, &opened))
        goto end;
    for (Py_ssize_t nth = 0; nth < many; nth++) {
        most += lists[nth].count;
        if (lists[nth].count && (size_t)lists[nth].documents[lists[nth].count - 1] > last)
            last = (size_t)lists[nth].documents[lists[nth].count - 1];
    }
    if (!common && most > last / SPARSE && (found = united_by_bits(lists, many, last)))
        goto end;
    made = malloc((most + 1) * sizeof *made);
    next = malloc((most + 1) * sizeof *next);
    if (!made || !next) {
        PyErr_NoMemory();
        goto end;
    }
    for (Py_ssize_t nth = 0; nth < many; nth++) {
        const List *one = &lists[nth];
        i64 *swapped = made;
        if (!nth) {
            memcpy(made, one->documents, one->count * sizeof *made);
            count = one->count;
            continue;
        }
        count = common ? common_to_two(made, count, one->documents, one->count, next)
                       : unite_two(made, count, one->documents, one->count, next);
        made = next;
        next = swapped;
    }
    found = PyBytes_FromStringAndSize((const char *)made, (Py_ssize_t)(count * sizeof *made));
end:
    for (Py_ssize_t nth = 0; nth < opened; nth++)
        PyBuffer_Release(&lists[nth].view);
    free(lists);
    free(made);
    free(next);
    return found;
}

PyObject *union_of(PyObject *module, PyObject *lists)
{
    (void)module;
    return joined(lists, 0);
}

PyObject *common_of(PyObject *module, PyObject *lists)
{
    (void)module;
    return joined(lists, 1);
}
